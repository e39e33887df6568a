"""What a translation says otherwise than the sentence that it cites (part of GR2): compared by what both languages share."""

from collections.abc import Iterator

from guardrails.denied_across import denied_across
from guardrails.kinds_across import added_across, exchanged_across
from guardrails.model import Finding, Segment
from guardrails.order_across import arms_turned, values_exchanged
from guardrails.packs import Rule
from guardrails.translations import names_left_out, says_more, too_much_for_too_little, turned_in_translation

_TURNED = {
    "denial": ("what is denied", "ce qui est nié"),
    "change": ("which way a measure goes", "le sens d'une évolution"),
    "limit": ("a limit (at least, at most)", "une limite (au moins, au plus)"),
    "time": ("an order in time (before, during, after)", "un ordre dans le temps (avant, pendant, après)"),
    "doubt": ("a doubt into a certainty", "un doute en certitude"),
}


def told_otherwise_across(rule: Rule, segment: Segment, *, compares_alike: bool) -> Iterator[Finding]:
    """Each finding on a statement in another language than its quotes. Two arms may be compared from either side."""
    turned = list(_turned(segment, compares_alike=compares_alike))
    for what, quoted in turned:
        told, told_fr = _TURNED[what]
        yield rule.finding(segment.id, "in_translation", what=told, what_fr=told_fr, quoted=quoted)
    if "denial" not in {what for what, _ in turned}:
        yield from _denied(rule, segment)
    for word, other in too_much_for_too_little(segment):
        yield rule.finding(segment.id, "opposite_word", word=word, other=other)
    for exchanged in exchanged_across(segment):
        yield rule.finding(segment.id, "other_thing", word=exchanged.said, other=[exchanged.quoted])
    yield from _arms_and_values(rule, segment)
    yield from _more_or_less(rule, segment)


def _turned(segment: Segment, *, compares_alike: bool) -> Iterator[tuple[str, str]]:
    counted = ((t.what, t.quoted) for t in turned_in_translation(segment))
    yield from ((what, quoted) for what, quoted in counted if what != "change" or not compares_alike)


def _denied(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """What one language denies of a predicate and the other says: a free translation denies in other words, so a reviewer decides."""
    told, told_fr = _TURNED["denial"]
    for _, quoted in denied_across(segment):
        yield rule.finding(
            segment.id, "in_translation", "needs_review", what=told, what_fr=told_fr, quoted=quoted
        )


def _arms_and_values(rule: Rule, segment: Segment) -> Iterator[Finding]:
    for names in arms_turned(segment):
        yield rule.finding(segment.id, "turned", names=names)
    for numbers in values_exchanged(segment):
        yield rule.finding(segment.id, "swapped", "needs_review", numbers=numbers)


def _more_or_less(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """What the translation puts in or leaves out."""
    if says_more(segment):
        yield rule.finding(segment.id, "says_more", "needs_review")
    for word in added_across(segment):
        yield rule.finding(segment.id, "put_in", word=word)
    for name in names_left_out(segment):
        yield rule.finding(segment.id, "name_lost", name=name)
