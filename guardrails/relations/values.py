"""Which value a sentence gives to which arm or study, and which rank to which endpoint."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from guardrails.numbers import Quantity
from guardrails.numbers.patterns import TIME_UNITS
from guardrails.relations.arms import Known, Mention, mentions, studies, with_doses
from guardrails.relations.model import Contradiction, Sentence
from guardrails.tables import table

_IN_TURN = re.compile(r"\b(?:respectively|respectivement)\b")
_JOINED = re.compile(r"\s*(?:,|and|or|et|ou|,\s*and)\s*(?:(?:in|with|of|the|le|la|les|dans|avec|l')\s*)*")
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
    said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known
) -> Iterator[Contradiction]:
    """Values and ranks that the quotes give to another arm, study or endpoint."""
    doses = _told_by_dose(quoted, known)
    for of in (lambda s: _arms(s, known, doses), lambda s: studies(s, known), _sides):
        yield from _moved(_of_values(said, of), _of_values(quoted, of), "attributed")
    yield from _moved(_of_ranks(said), _of_ranks(quoted), "rank_of")


def _moved(said: list[Bound], quoted: list[Bound], variant: str) -> Iterator[Contradiction]:
    """Speaks only where the quotes give this value to others only, and another value of its kind to this owner."""
    for bound in said:
        owners = {q.to: q.owner for q in quoted if q.what == bound.what and q.kind == bound.kind}
        others = any(q.to == bound.to and q.kind == bound.kind and q.what != bound.what for q in quoted)
        if owners and bound.to not in owners and others:
            yield Contradiction(
                variant, {"value": bound.written, "name": bound.owner, "other": sorted(owners.values())}
            )


def _sides(sentence: Sentence) -> list[Mention]:
    """Before and after: of a meal, a dose, an operation."""
    return sorted(
        (Mention(k, a, b, sentence.text[a:b]) for k, a, b in _all("sides", sentence)), key=lambda m: m.start
    )


def _arms(sentence: Sentence, known: Known, doses: bool) -> list[Mention]:
    found = mentions(sentence, known)
    return with_doses(found, sentence) if doses else found


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
        kinds: dict[Hashable, list[Quantity]] = {}
        for quantity in sentence.quantities:
            if (
                quantity.kind in {"number", "fraction"}
                and (not quantity.weak or quantity.unit in TIME_UNITS)
                and not _is_part(quantity, owners)
            ):
                kinds.setdefault((quantity.kind, quantity.unit), []).append(quantity)
        for kind, quantities in kinds.items():
            values = [((q.value, q.upper), q.text.strip(), q.start, q.end) for q in quantities]
            found += _bind(sentence, owners, kind, values)
    return found


def _is_part(quantity: Quantity, owners: list[Mention]) -> bool:
    """A dose that belongs to the arm's name."""
    return any(0 < quantity.start - owner.end <= _PAIR for owner in owners) and quantity.unit in {
        "mg", "ug", "g", "mL", "IU"
    }  # fmt: skip


def _of_ranks(parts: Iterable[Sentence]) -> list[Bound]:
    found: list[Bound] = []
    for sentence in parts:
        owners = [Mention(k, a, b, sentence.text[a:b]) for k, a, b in _all("endpoints", sentence)]
        ranks = [(k, sentence.text[a:b], a, b) for k, a, b in _all("ranks", sentence)]
        found += _bind(sentence, sorted(owners, key=lambda m: m.start), "rank", ranks)
    return found


def _all(group: str, sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    for key, pattern in _patterns(group).items():
        for match in pattern.finditer(sentence.plain):
            yield key, match.start(), match.end()


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
    if len(holders) == len(held) and (_in_step(tokens) or _IN_TURN.search(sentence.plain)):
        pairs = list(zip(held, holders, strict=True))
    elif len(held) == 1 and len(holders) > 1 and _joined(holders, sentence):
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


def _joined(holders: list[_Token], sentence: Sentence) -> bool:
    return all(_JOINED.fullmatch(sentence.plain, one.end, after.at) for one, after in pairwise(holders))


@cache
def _patterns(group: str) -> dict[str, re.Pattern[str]]:
    return {key: re.compile(pattern) for key, pattern in table("relations.yaml")[group].items()}
