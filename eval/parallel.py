"""The sample's sentences in both languages, beside each other: its label and its paper were written in both."""

from collections.abc import Iterator

from eval.sample.labels import text as label
from eval.sample.paper import content as paper
from guardrails.model import Language
from ingestion.sentences import split

SHORTEST, LONGEST = 40, 400
"""Characters of a sentence that is taken."""


def parallel_sentences() -> list[dict[Language, str]]:
    """Each sentence of prose with its translation; paragraphs that one language cuts otherwise are left out."""
    found: dict[str, dict[Language, str]] = {}
    for english, french in (*_of_label(), *_of_paper()):
        told = _sentences(english), _sentences(french)
        if len(told[0]) == len(told[1]):
            for en, fr in zip(*told, strict=True):
                if all(SHORTEST < len(sentence) < LONGEST for sentence in (en, fr)):
                    found.setdefault(en, {"en": en, "fr": fr})
    return list(found.values())


def _of_label() -> Iterator[tuple[str, str]]:
    versions = (label.blocks_of(label.load(language), 1) for language in ("en", "fr"))
    for english, french in zip(*versions, strict=True):
        if english.kind in {"paragraph", "bullet"}:
            yield english.text, french.text


def _of_paper() -> Iterator[tuple[str, str]]:
    english, french = paper.load("en"), paper.load("fr")
    for one, other in zip(english.front["abstract"], french.front["abstract"], strict=True):
        yield one["text"], other["text"]
    for block, same in zip(english.body, french.body, strict=True):
        if block.kind == "paragraph":
            yield block.text, same.text


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]
