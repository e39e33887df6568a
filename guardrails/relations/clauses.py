"""What each clause says of its one owner: a value or a finding that the quotes' clauses give to another one only."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guardrails.numbers.patterns import DOSES
from guardrails.relations.model import Contradiction, Sentence, sentences, stretches
from guardrails.relations.owners import Owners
from guardrails.relations.patterns import pattern, patterns
from guardrails.relations.values import told_values


@dataclass(frozen=True, slots=True)
class _Clause:
    parts: Sequence[Sentence]
    scope: Sequence[Sentence]
    """What opens its sentence and holds for a clause that names no owner itself."""
    values: Mapping[Hashable, str]
    even: bool
    """It says that something holds for its owner as for others: "no change is needed", "the same dose"."""

    def owners(self, of: Owners) -> dict[str, str]:
        """As written, by key."""
        own = {m.key: m.written for part in self.parts for m in of(part)}
        return own or {m.key: m.written for part in self.scope for m in of(part)}


def of_other_clause(
    said: Sequence[Sentence], quoted: Sequence[Sentence], groups: Sequence[Owners]
) -> Iterator[Contradiction]:
    """Speaks where a clause gives a value to one owner, and the quotes give it to others and name this one elsewhere."""
    told = [clause for sentence in said for clause in _clauses(sentence) if clause.values]
    clauses = [clause for sentence in quoted for clause in _clauses(sentence)]
    shared = {value for clause in told for value in clause.values}
    if not any(value in shared for clause in clauses for value in clause.values):
        return
    for of in groups:
        held = [(clause, clause.owners(of)) for clause in clauses]
        if len({key for _, owners in held for key in owners}) > 1:
            for clause in told:
                yield from _misplaced(clause, clause.owners(of), held)


def _misplaced(
    clause: _Clause, owners: Mapping[str, str], held: Sequence[tuple[_Clause, Mapping[str, str]]]
) -> Iterator[Contradiction]:
    if len(owners) != 1:
        return
    (owner, name), *_ = owners.items()
    own = [other for other, named in held if owner in named]
    if not own or any(other.even for other in own):
        return
    for value, written in clause.values.items():
        if owner in patterns("measures") and isinstance(value, tuple) and value[2] in DOSES:
            continue  # a dose is no value of what is measured after it
        homes = [named for other, named in held if value in other.values]
        if homes and all(len(named) == 1 and owner not in named for named in homes):
            others = sorted({other for named in homes for other in named.values()})
            yield Contradiction("attributed", {"value": written, "name": name, "other": others})


def _clauses(sentence: Sentence) -> Iterator[_Clause]:
    opening = pattern("opening").match(sentence.plain)
    rest = opening.end() if opening else 0
    scope = tuple(sentences(sentence.text[:rest], sentence.language)) if opening else ()
    for start, end in stretches(sentence.plain, pattern("clauses"), rest):
        parts = tuple(sentences(sentence.text[start:end], sentence.language))
        values = {key: written for part in parts for key, written in (*_values(part), *_findings(part))}
        yield _Clause(parts, scope, values, any(pattern("even").search(part.plain) for part in parts))


def _values(part: Sentence) -> Iterator[tuple[Hashable, str]]:
    tested = [q for q in part.quantities if q.kind == "p_value"]
    for quantity in (*told_values(part), *tested):
        yield (quantity.value, quantity.upper, quantity.unit, quantity.kind), quantity.text.strip()


def _findings(part: Sentence) -> Iterator[tuple[Hashable, str]]:
    """What is found of an owner in words: contraindicated, not significant."""
    for name, words in patterns("findings").items():
        if match := words.search(part.plain):
            yield name, part.text[match.start() : match.end()]
