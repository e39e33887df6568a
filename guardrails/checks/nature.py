"""What a piece is can be seen in it: advertising is called so, and what only answers neither calls itself so nor praises (FR36)."""

import re
from collections.abc import Iterator

from guardrails.checks.length import is_readable
from guardrails.checks.lexicon import is_label_wording
from guardrails.lexicon import find
from guardrails.model import CheckContext, Document, Finding
from guardrails.packs import Rule

_ONLY_ANSWERS = "reactive_medical"
_DENIED = re.compile(
    r"\b(?:ne|n['’]\w+|non|pas|aucun\w*|jamais|sans|ni|nul\w*|dépourvue?s?|not?|never|without|neither|nor|isn['’]t)\b(?! (?:seulement|uniquement|que|only|just|merely)\b)(?:[\s'’-]+\w+){0,5}[\s'’-]*$",
    re.IGNORECASE,
)
"""A denial at most five words before, in one breath: "this is not", « n'est en aucun cas à »."""
_BREAK = re.compile(r"[.,;:!?()|•–—]|\s-\s")
_SHOWN_AS = frozenset({"structure", "fragment", "token"})
"""Where a piece says what it is itself: a statement tells of the medicine."""


def nature_said(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """A promotional piece is called advertising in its title or mentions; one that answers a question is not, and holds no word of praise.

    An e-mail's own rule asks for the word (EM1).
    """
    label = re.compile(rule.params["label"], re.IGNORECASE)
    called = next((s for s in document.segments if s.kind in _SHOWN_AS and calls_itself(label, s.text)), None)
    if context.qualification == "promotional":
        if called is None and document.kind != "email":
            yield rule.finding("piece")
        return
    if context.qualification != _ONLY_ANSWERS:
        return
    if called is not None:
        yield rule.finding(called.id, "called", "needs_review", words=called.text)
    for segment in document.segments:
        if not is_readable(segment) or is_label_wording(segment, context) or segment.role == "distractor":
            continue
        for hit in find(segment.text, segment.language, tuple(rule.params["lists"])):
            yield rule.finding(segment.id, "praises", "needs_review", words=hit.text)


def calls_itself(label: re.Pattern[str], text: str) -> bool:
    """Whether it says by a label what it is, and does not deny it: « ceci n'est pas un document publicitaire »."""
    return any(not _DENIED.search(_BREAK.split(text[: match.start()])[-1]) for match in label.finditer(text))
