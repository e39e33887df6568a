"""Plain text becomes segments: what states facts, what only greets and leads, what is a token or a legal line."""

import re
from collections.abc import Iterator

from guardrails.facts import claims, facts, is_call_to_action, is_greeting, is_mention
from guardrails.model import Language, Segment, SegmentKind
from ingestion.sentences import split

_TOKEN_LINE = re.compile(r"\{\{[^{}]*\}\}")
_MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|[-*•–]\s+|\d{1,2}[.)]\s+(?=\D))|\*\*|__")
_SUBJECT = re.compile(r"^\s*(?:subject|objet|sujet)\s*:\s*", re.IGNORECASE)
_STOP = re.compile(r"[.!?…:;»\")\]]\s*$")
_SHORT, _SHORTEST_SENTENCE = 12, 4
"""Words: a line without a full stop up to `_SHORT` words long is a heading."""


def segments_from_text(text: str, language: Language) -> tuple[Segment, ...]:
    """The segments of a plain text (or light Markdown), in order, with ids s1, s2 …

    Sentences that state facts are statements, still without citations. A sentence that nothing tells apart is
    a statement too: what is not known to be harmless must cite.
    """
    found = list(_pieces(text, language))
    return tuple(
        Segment(f"s{number}", kind, role, piece, language, wording="human" if kind == "statement" else None)
        for number, (kind, role, piece) in enumerate(found, 1)
    )


def _pieces(text: str, language: Language) -> Iterator[tuple[SegmentKind, str, str]]:
    first = True
    for block in _blocks(text):
        if _TOKEN_LINE.fullmatch(block):
            yield "token", "unsubscribe" if "unsubscribe" in block else "footer", block
            continue
        subject = _SUBJECT.match(block)
        if subject:
            yield "structure", "subject", block[subject.end() :]
            continue
        yield from _sentences(block, language, first=first)
        first = False


def _sentences(block: str, language: Language, *, first: bool) -> Iterator[tuple[SegmentKind, str, str]]:
    if _is_heading(block, language):
        yield "structure", "title" if first else "heading", block
        return
    if is_mention(block) and not any(True for _ in claims(block, language)):
        yield "structure", "mention", block
        return
    for start, end in split(block, language):
        sentence = block[start:end]
        kind, role = _judged(sentence, language)
        yield kind, role, sentence


def _judged(sentence: str, language: Language) -> tuple[SegmentKind, str]:
    if is_greeting(sentence, language) and not _states_facts(sentence, language):
        return "structure", "greeting"
    if is_mention(sentence):
        return "structure", "mention"
    if _states_facts(sentence, language):
        return "statement", "context"
    if is_call_to_action(sentence, language):
        return "structure", "call_to_action"
    question = sentence.rstrip().endswith("?")
    if question or len(sentence.split()) < _SHORTEST_SENTENCE:
        return "structure", "context"
    return "statement", "context"


def _is_heading(block: str, language: Language) -> bool:
    short = len(block.split()) <= _SHORT and not _STOP.search(block)
    return (
        short
        and not _states_facts(block, language)
        and not is_mention(block)
        and not is_greeting(block, language)
    )


def _states_facts(text: str, language: Language) -> bool:
    return any(True for _ in facts(text, language))


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, list items and headings: lines of one paragraph are joined, marks of Markdown dropped."""
    paragraph: list[str] = []
    for line in [*text.splitlines(), ""]:
        starts_own = bool(_MARKUP.match(line)) or _SUBJECT.match(line) or _TOKEN_LINE.fullmatch(line.strip())
        ended = paragraph and (not line.strip() or starts_own or _is_short_line(paragraph[-1]))
        if ended:
            yield " ".join(paragraph)
            paragraph = []
        if line.strip():
            paragraph.append(_MARKUP.sub("", line).strip())


def _is_short_line(line: str) -> bool:
    """A line that was ended on purpose: short, or ended by a stop, a comma of a greeting or a colon."""
    return len(line) < 60 or bool(re.search(r"[.!?:,]\s*$", line))  # noqa: PLR2004  a line of prose is longer
