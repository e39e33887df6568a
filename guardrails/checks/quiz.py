"""How a question is built (QZ1 to QZ4, QZ8): after the NBME-adapted list of item flaws."""

# ruff: noqa: ARG001  every check takes the same three arguments, whichever it looks at

from collections.abc import Iterator
from statistics import mean

from guardrails.checks.each import each_segment
from guardrails.lexicon import find
from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.packs import Rule
from ingestion.text import fold


@each_segment
def one_key(rule: Rule, segment: Segment, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Each question has exactly one key, `least` to `most` different options, and feedback that cites."""
    if not _is_question(segment):
        return
    options = _options(document, segment)
    keys = [option for option in options if option.role == "key"]
    if len(keys) != 1:
        yield rule.finding(segment.id, "keys", count=len(keys))
    if not rule.params["least"] <= len(options) <= rule.params["most"]:
        yield rule.finding(segment.id, "options", count=len(options))
    texts = [_plain(option.text) for option in options]
    for option in options:
        if texts.count(_plain(option.text)) > 1:
            yield rule.finding(option.id, "twice", text=option.text)
    group = document.group(segment.group)
    if not any(s.kind == "statement" and s.citations for s in group):
        yield rule.finding(segment.id, "unsupported")


@each_segment
def option_words(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """Options hold none of the words of the lists in `params.lists`."""
    if segment.kind == "option":
        for hit in find(segment.text, segment.language, tuple(rule.params["lists"])):
            yield rule.finding(segment.id, words=hit.text, start=hit.start, end=hit.end)


@each_segment
def key_length(rule: Rule, segment: Segment, document: Document, context: CheckContext) -> Iterator[Finding]:
    """The key is not given away by its length: at most `ratio` times the mean length of the options."""
    options = _options(document, segment) if _is_question(segment) else []
    lengths = [len(option.text) for option in options]
    for option in options:
        longest = len(option.text) == max(lengths)
        if option.role == "key" and longest and len(option.text) > rule.params["ratio"] * mean(lengths):
            yield rule.finding(option.id, length=len(option.text), mean=round(mean(lengths)))


@each_segment
def stem_words(rule: Rule, segment: Segment, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Questions hold none of the words of the lists in `params.lists`: no negative stem."""
    if _is_question(segment):
        for hit in find(segment.text, segment.language, tuple(rule.params["lists"])):
            yield rule.finding(segment.id, words=hit.text, start=hit.start, end=hit.end)


def _is_question(segment: Segment) -> bool:
    return segment.kind == "question" and segment.role == "question"


def _options(document: Document, question: Segment) -> list[Segment]:
    return [s for s in document.group(question.group) if s.kind == "option"]


def _plain(text: str) -> str:
    return fold(text).text.strip(" .").lower()
