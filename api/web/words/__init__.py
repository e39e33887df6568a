"""The users' words for what is stored as a code. Every value that can reach a screen stands here."""

from collections.abc import Iterable, Mapping

from api.web.audit_words import ACTIONS, FACTS
from api.web.language import catalogue
from api.web.words import cases, people, pieces, review, sources
from guardrails.markers import classes

WORDS: Mapping[str, Mapping[str, str]] = {
    "audit_action": ACTIONS,
    "audit_fact": FACTS,
    **sources.WORDS,
    **pieces.WORDS,
    **review.WORDS,
    **people.WORDS,
    **cases.WORDS,
}

TONES: Mapping[str, str] = {
    "approved": "good",
    "published": "good",
    "pass": "good",
    "active": "good",
    "done": "good",
    "good": "good",
    "pending": "warn",
    "needs_review": "warn",
    "doubtful": "warn",
    "suspended": "warn",
    "other_version": "warn",
    "missing": "warn",
    "refused": "bad",
    "requested": "busy",
    "tacit": "good",
    "granted": "good",
    "certified": "good",
    "submitted": "good",
    "changes_requested": "warn",
    "approved_with_changes": "warn",
    "warn": "warn",
    "expired": "bad",
    "withdrawn": "bad",
    "recalled": "bad",
    "rejected": "bad",
    "block": "bad",
    "frozen": "bad",
    "failed": "bad",
    "unreadable": "bad",
    "in_review": "busy",
    "claimed": "busy",
    "running": "busy",
    "open": "busy",
}
"""How a state looks; the shape differs with the tone, and the word always stands beside it."""


def kind_of_change(code: str, language: str) -> str:
    """The word for what a change touches; the checks' classes of words bring theirs in both languages."""
    labels = {known.name: known.labels for known in classes()}
    if code in WORDS["change_kind"] or code not in labels:
        return word("change_kind", code, language)
    return labels[code].get(language) or labels[code]["en"]


def word(group: str, code: str | None, language: str) -> str:
    """The user's word for a code; a code that nobody foresaw is shown with spaces rather than hidden.

    The group is the message's context, so that a French word agrees with what it is said of.
    """
    if not code:
        return "–"
    message = WORDS[group].get(code)
    if not message:
        return code.replace("_", " ")
    words = catalogue(language)
    in_group = str(words.pgettext(group, message))
    return in_group if in_group != message else words.gettext(message)


def markets_text(codes: Iterable[str], language: str) -> str:
    """Countries in the reader's words, in one line."""
    return ", ".join(word("market", code, language) for code in codes)


def judge_name(name: str, language: str) -> str:
    """Who ranked a statement: the embedded judge in words, whatever the version of its weights; a model by its own name."""
    return catalogue(language).gettext("the built-in judge") if name.startswith("signals@") else name


def tone(code: str | None) -> str:
    """good, warn, bad, busy or plain."""
    return TONES.get(code or "", "plain")
