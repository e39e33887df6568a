"""Which value a sentence gives to which arm or study, and which rank to which endpoint."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from guardrails.numbers import Quantity, extract
from guardrails.numbers.patterns import DOSES, TIME_UNITS
from guardrails.relations.arms import Known, Mention, by_pattern, mentions, studies, with_company, with_doses
from guardrails.relations.model import Contradiction, Sentence, sentences
from guardrails.relations.owners import IN_ORDER, by_words, of_kind, owner_groups
from guardrails.relations.patterns import patterns
from guardrails.table_rows import Column
from guardrails.tables import table

_IN_TURN = re.compile(r"\b(?:respectively|respectivement)\b")
_JOINED = re.compile(r"\s*(?:,|and|or|et|ou|,\s*and)\s*(?:(?:in|with|of|the|le|la|les|dans|avec|l')\s*)*")
_AGAINST = re.compile(r"\s*(?:versus|vs?\.?|against|contre|compared with)\s*")
_EFFECT = re.compile(
    r"(?:\b(?:ratio|hr|rr|nnt|difference|odds|rapport (?:des?|du) \w+|\b(?:ci|ic)\b(?: a)?(?:\s*9\d\s?%)?)\s*(?:of|de|was|est|:|=|;|,)*\s*)$"
)
_INTERVAL = re.compile(r"\s*(?:ci|cri|confidence|credible)\b")
_APART = re.compile(r"\s*;\s*")
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Bound:
    """A thing that belongs to another."""

    what: Hashable
    kind: Hashable
    """Things of one kind may be taken for each other."""
    to: str
    written: str
    owner: str


@dataclass(frozen=True, slots=True)
class _Token:
    at: int
    end: int
    owner: Mention | None
    value: tuple[Hashable, str] | None


def misattributed(
    said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known, rows: Sequence[Column] = ()
) -> Iterator[Contradiction]:
    """Values and ranks that the quotes give to another arm, study or endpoint. `rows`: the cells of quoted rows."""
    doses = _told_by_dose(quoted, known)
    company = _told_by_company(quoted, known)
    for of in (
        lambda s: _arms(s, known, doses, company),
        lambda s: studies(s, known),
        *IN_ORDER,
        *owner_groups(said, quoted),
    ):
        if told := _of_values(said, of):
            yield from _moved(told, [*_of_values(quoted, of), *_of_cells(rows, of)], "attributed")
    yield from _moved(_of_times(said), _of_times(quoted), "attributed")
    yield from _moved(_of_ranks(said), _of_ranks(quoted), "rank_of")
    yield from _moved(_of_frequencies(said), _of_frequencies(quoted), "attributed")


def _moved(said: list[Bound], quoted: list[Bound], variant: str) -> Iterator[Contradiction]:
    """Speaks only where the quotes give this value to others only, and another value of its kind to this owner."""
    for bound in said:
        owners = {q.to: q.owner for q in quoted if q.what == bound.what and q.kind == bound.kind}
        others = any(q.to == bound.to and q.kind == bound.kind and q.what != bound.what for q in quoted)
        if owners and bound.to not in owners and others:
            yield Contradiction(
                variant, {"value": bound.written, "name": bound.owner, "other": sorted(owners.values())}
            )


def arm_values(sentence: Sentence, known: Known) -> list[Bound]:
    """The values that a sentence gives to its arms."""
    return _of_values([sentence], lambda s: mentions(s, known))


def _arms(sentence: Sentence, known: Known, doses: bool, company: bool) -> list[Mention]:
    found = mentions(sentence, known)
    if company:
        return with_company(found, sentence)
    return with_doses(found, sentence) if doses else found


def _told_by_company(quoted: Sequence[Sentence], known: Known) -> bool:
    """Whether the quotes set a medicine alone beside the same one with another."""
    keys = {m.key for s in quoted for m in with_company(mentions(s, known), s)}
    joined = {name for key in keys if " + " in key for name in key.split(" + ")}
    return any(key.removesuffix(" alone") in joined for key in keys)


def _told_by_dose(quoted: Sequence[Sentence], known: Known) -> bool:
    """Whether one medicine is told apart by its doses in the quotes."""
    plain = {m.key for s in quoted for m in mentions(s, known)}
    dosed = {m.key for s in quoted for m in with_doses(mentions(s, known), s)}
    return len(dosed) > len(plain)


def _of_values(parts: Iterable[Sentence], of: Callable[[Sentence], list[Mention]]) -> list[Bound]:
    found: list[Bound] = []
    for sentence in parts:
        owners = of(sentence)
        if not owners:
            continue
        by_kind: dict[Hashable, list[Quantity]] = {}
        for quantity in told_values(sentence):
            if not (_is_part(quantity, owners, sentence) or _is_given(quantity, owners)):
                by_kind.setdefault((quantity.kind == "fraction", quantity.unit), []).append(quantity)
        for kind, quantities in by_kind.items():
            values = [((q.value, q.upper), q.text.strip(), q.start, q.end) for q in quantities]
            found += _bind(sentence, owners, kind, values)
    return found


def _of_times(parts: Iterable[Sentence]) -> list[Bound]:
    """Times of whatever unit, and what sets in, lasts or is over then."""
    found: list[Bound] = []
    for sentence in parts:
        owners = by_words("courses")(sentence)
        times = [q for q in told_values(sentence) if q.unit in TIME_UNITS] if owners else []
        values = [((q.value, q.upper, q.unit), q.text.strip(), q.start, q.end) for q in times]
        found += _bind(sentence, owners, "time", values)
    return found


def told_values(sentence: Sentence) -> Iterator[Quantity]:
    """The quantities that may belong to one arm or group."""
    for quantity in sentence.quantities:
        if (
            quantity.kind in {"number", "range", "fraction"}
            and (not quantity.weak or quantity.unit in TIME_UNITS)
            and not _of_effect(quantity, sentence)
        ):
            yield quantity


def _of_effect(quantity: Quantity, sentence: Sentence) -> bool:
    """A ratio or a difference belongs to both arms, the 95 % of an interval to none."""
    before, after = sentence.plain[: quantity.start], sentence.plain[quantity.end :]
    return bool(_EFFECT.search(before) or _INTERVAL.match(after))


def _of_cells(rows: Iterable[Column], of: Callable[[Sentence], list[Mention]]) -> Iterator[Bound]:
    """A cell's values belong to what its head names."""
    for column in rows:
        owners = [owner for part in sentences(column.head, column.language) for owner in of(part)]
        if len({owner.key for owner in owners}) == 1:
            for value in extract(column.value, column.language):
                kind = (value.kind == "fraction", value.unit)
                yield Bound(
                    (value.value, value.upper), kind, owners[0].key, value.text.strip(), owners[0].written
                )


def _is_part(quantity: Quantity, owners: list[Mention], sentence: Sentence) -> bool:
    """A dose that belongs to the arm's name."""
    return quantity.unit in DOSES and any(
        quantity.start == owner.start
        or (
            quantity.start - owner.end in range(_PAIR + 1)
            and not sentence.text[owner.end : quantity.start].strip(" (-")
        )
        for owner in owners
    )


def _is_given(quantity: Quantity, owners: Sequence[Mention]) -> bool:
    """A dose is no value of what is measured after it: "after 200 mg the peak is reached"."""
    return quantity.unit in DOSES and all(owner.key in patterns("measures") for owner in owners)


def _of_ranks(parts: Iterable[Sentence]) -> list[Bound]:
    found: list[Bound] = []
    for sentence in parts:
        found += _bind(sentence, by_words("endpoints")(sentence), "rank", _found_by("ranks", sentence))
    return found


def _of_frequencies(parts: Iterable[Sentence]) -> list[Bound]:
    found: list[Bound] = []
    for part in (piece for sentence in parts for piece in sentence.parts(_APART)):
        owners = of_kind("condition")(part)
        if owners:
            found += _bind(part, owners, "frequency", _found_by("frequencies", part))
    return found


def _found_by(group: str, sentence: Sentence) -> list[tuple[Hashable, str, int, int]]:
    return [(m.key, m.written, m.start, m.end) for m in by_pattern(sentence, group)]


def _bind(
    sentence: Sentence,
    owners: Sequence[Mention],
    kind: Hashable,
    values: Sequence[tuple[Hashable, str, int, int]],
) -> Iterator[Bound]:
    tokens = [_Token(m.start, m.end, m, None) for m in owners]
    tokens += [_Token(start, end, None, (what, written)) for what, written, start, end in values]
    tokens.sort(key=lambda t: t.at)
    holders, held = [t for t in tokens if t.owner], [t for t in tokens if t.value]
    if len(holders) == len(held) and (_in_step(tokens) or _in_turn(tokens, sentence)):
        pairs = list(zip(held, holders, strict=True))
    elif (
        len(held) == 1 and len(holders) > 1 and _joined(holders, sentence) and not _of_both(holders, sentence)
    ):
        pairs = [(held[0], holder) for holder in holders]
    else:
        pairs = []
    for value, holder in pairs:
        assert value.value
        assert holder.owner
        yield Bound(value.value[0], kind, holder.owner.key, value.value[1], holder.owner.written)


def _in_step(tokens: list[_Token]) -> bool:
    """Owners and values come in turns: A v B v, v A v B, A v v B."""
    ahead = 0
    for token in tokens:
        ahead += 1 if token.owner else -1
        if abs(ahead) > 1:
            return False
    return True


def _in_turn(tokens: list[_Token], sentence: Sentence) -> bool:
    """Told in the same order: "A and B: v and w, respectively", "A than B (v versus w)"."""
    if _IN_TURN.search(sentence.plain):
        return True
    held = [t for t in tokens if t.value]
    apart = len(held) == _PAIR and all(t.owner for t in tokens[:_PAIR])
    return apart and _AGAINST.fullmatch(sentence.plain, held[0].end, held[1].at) is not None


def _joined(holders: list[_Token], sentence: Sentence) -> bool:
    return all(_JOINED.fullmatch(sentence.plain, one.end, after.at) for one, after in pairwise(holders))


def _of_both(holders: Sequence[_Token], sentence: Sentence) -> bool:
    """Whether the value is of a difference between them: it belongs to neither alone."""
    return bool(_between().search(sentence.plain[: holders[0].at]))


@cache
def _between() -> re.Pattern[str]:
    return re.compile(table("relations.yaml")["difference"] + "$")
