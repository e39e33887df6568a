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
_FREE_OF = re.compile(
    r"\b(?:exempte?s? d|hors|libres? d|dénuée?s? d|loin d|free (?:of|from)|far from)(?:[\s'’]*\w+){0,3}[\s'’]*$",
    re.IGNORECASE,
)
_RULES_ON = re.compile(
    r"\b(?:lois?|articles?|décrets?|chartes?|règles?|réglementation|laws?|acts?|rules?|regulations?)\b(?:[^.;:]|\.(?=\d)){0,40}\b(?:sur|relati\w+ à|régissant|encadrant|concernant|on|governing|about)\s(?:la |the |l['’])?$",
    re.IGNORECASE,
)
_POINTED_AT = re.compile(r"\b(?:cette|cet|ces|ce|présente?s?|this|these) $", re.IGNORECASE)
"""It is what it is called, whatever is denied of it: « ne pas remettre au patient ce document promotionnel »."""
_FORBIDDEN = re.compile(
    r"\s(?:est|étant|is|being) (?:\w+ )?(?:exclu|interdit|prohib|proscri|forbidden|excluded|banned)",
    re.IGNORECASE,
)
_AND_THE_LIKE = re.compile(r"\s(?:ou|ni|or|nor) (?:autre|tout|de quelque|other|any|the like)", re.IGNORECASE)
"""Behind the last of what a denial lists: « aucune intention publicitaire, message promotionnel ou autre »."""
_PUT_IN = re.compile(
    r",\s*(?:plus généralement|en général|en particulier|notamment|bien entendu|bien sûr|more generally|in particular|of course)\s*,",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.,;:!?()|•–—]|\s-\s")
_LAST_COMMA = re.compile(r",(?=[^,]*$)")
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
    return any(_stands(text[: match.start()], text[match.end() :]) for match in label.finditer(text))


def _stands(before: str, after: str) -> bool:
    if _POINTED_AT.search(before):
        return True
    told = _PUT_IN.sub(" ", before)
    clause = _BREAK.split(told)[-1]
    denied = (
        _DENIED.search(clause) or _FREE_OF.search(clause) or _RULES_ON.search(told) or _FORBIDDEN.match(after)
    )
    listed = _AND_THE_LIKE.match(after) and _DENIED.search(_LAST_COMMA.sub(" ", told))
    return not (denied or listed)
