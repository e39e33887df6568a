"""What a translation says otherwise than the sentence that it cites (part of GR2): compared by what both languages share."""

from collections.abc import Iterator

from guardrails.denied_across import denied_across
from guardrails.kinds_across import added_across, exchanged_across
from guardrails.model import Finding, Segment
from guardrails.order_across import arms_turned, values_exchanged
from guardrails.packs import Rule
from guardrails.translations import (
    Translation,
    names_left_out,
    says_more,
    too_much_for_too_little,
    translation,
    turned_in_translation,
)

_TURNED = {
    "denial": ("what is denied", "ce qui est nié"),
    "change": ("which way a measure goes", "le sens d'une évolution"),
    "limit": ("a limit (at least, at most)", "une limite (au moins, au plus)"),
    "time": ("an order in time (before, during, after)", "un ordre dans le temps (avant, pendant, après)"),
    "doubt": ("a doubt into a certainty", "un doute en certitude"),
}


def told_otherwise_across(rule: Rule, segment: Segment, *, compares_alike: bool) -> Iterator[Finding]:
    """Each finding on a statement in another language than its quotes. Two arms may be compared from either side."""
    told = translation(segment)
    if told is None:
        return
    turned = [t for t in turned_in_translation(told) if t.what != "change" or not compares_alike]
    for one in turned:
        what, what_fr = _TURNED[one.what]
        yield rule.finding(segment.id, "in_translation", what=what, what_fr=what_fr, quoted=one.quoted)
    if all(one.what != "denial" for one in turned):
        yield from _denied(rule, told)
    for word, other in too_much_for_too_little(told):
        yield rule.finding(segment.id, "opposite_word", word=word, other=other)
    for exchanged in exchanged_across(told):
        yield rule.finding(segment.id, "other_thing", word=exchanged.said, other=[exchanged.quoted])
    yield from _arms_and_values(rule, told)
    yield from _more_or_less(rule, told)


def _denied(rule: Rule, told: Translation) -> Iterator[Finding]:
    """What one language denies of a predicate and the other says: a free translation denies in other words, so a reviewer decides."""
    what, what_fr = _TURNED["denial"]
    for _, quoted in denied_across(told):
        yield rule.finding(
            told.segment.id, "in_translation", "needs_review", what=what, what_fr=what_fr, quoted=quoted
        )


def _arms_and_values(rule: Rule, told: Translation) -> Iterator[Finding]:
    for names in arms_turned(told):
        yield rule.finding(told.segment.id, "turned", names=names)
    for numbers in values_exchanged(told):
        yield rule.finding(told.segment.id, "swapped", "needs_review", numbers=numbers)


def _more_or_less(rule: Rule, told: Translation) -> Iterator[Finding]:
    """What the translation puts in or leaves out."""
    if says_more(told):
        yield rule.finding(told.segment.id, "says_more", "needs_review")
    for word in added_across(told):
        yield rule.finding(told.segment.id, "put_in", word=word)
    for name in names_left_out(told):
        yield rule.finding(told.segment.id, "name_lost", name=name)
