"""All contradictions of a statement with its quotes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from guardrails.model import Segment
from guardrails.relations import comparisons
from guardrails.relations.across import allowed_or_forbidden, goes_otherwise
from guardrails.relations.acting import acts_turned_round, given_otherwise
from guardrails.relations.aims import aim_told_as_found
from guardrails.relations.arms import known_names
from guardrails.relations.bans import allowed_though_forbidden
from guardrails.relations.brackets import bracketed_otherwise
from guardrails.relations.classes import of_other_class
from guardrails.relations.clauses import of_other_clause
from guardrails.relations.conditions import condition_left_out
from guardrails.relations.counts import amounts_of, counted_otherwise, of_other_part, of_other_phase
from guardrails.relations.cut_short import ban_cut_short
from guardrails.relations.degrees import degree_left_out
from guardrails.relations.duties import owed_otherwise
from guardrails.relations.exchanged import another_of_its_kind
from guardrails.relations.kinds import type_left_out
from guardrails.relations.model import Contradiction, sentences
from guardrails.relations.nouns import by_or_to, change_or_share, of_another, otherwise_directed
from guardrails.relations.owners import owner_groups
from guardrails.relations.polarity import asserted, changes_denied, opposite_words
from guardrails.relations.shares import shares_exchanged
from guardrails.relations.surrounded import words_exchanged
from guardrails.relations.timing import (
    before_or_after,
    lasting_or_delayed,
    of_another_length,
    time_to_or_length_of,
    within_or_after,
)
from guardrails.relations.together import told_of_one
from guardrails.relations.values import misattributed
from guardrails.table_rows import columns


@dataclass(frozen=True, slots=True)
class Relations:
    """What a statement relates, beside its quotes."""

    contradictions: tuple[Contradiction, ...]
    compares_alike: bool
    """It compares two arms as the quotes do, be it from the other side: "B more than A" for "A less than B"."""


def relations(segment: Segment, synonyms: Sequence[Sequence[str]] = ()) -> Relations:
    """Read the statement and its quotes. `synonyms`: the names of one product each.

    Names and values are compared across languages; plain words only with quotes in the statement's own.
    """
    said = list(sentences(segment.text, segment.language))
    quoted = [s for c in segment.citations for s in sentences(c.quote, c.quote_language)]
    same = [s for s in quoted if s.language == segment.language]
    other = [] if same else quoted
    rows = tuple(columns(segment.citations))
    texts = [
        segment.text,
        *(c.quote for c in segment.citations),
        *(row.head for row in rows),
    ]
    known = known_names(texts, synonyms)
    found = chain(
        misattributed(said, quoted, known, rows),
        of_other_clause(said, quoted, owner_groups(said, quoted)),
        counted_otherwise(said, same),
        amounts_of(said, quoted),
        shares_exchanged(said, same),
        bracketed_otherwise(said, quoted),
        of_other_class(said, same),
        of_other_part(said, same),
        condition_left_out(said, same) if len(same) == len(quoted) else (),
        of_other_phase(said, quoted),
        type_left_out(said, same),
        degree_left_out(said, quoted),
        told_of_one(said, same),
        comparisons.turned_round(said, quoted, known),
        comparisons.set_against_another(said, quoted, known),
        of_another(said, same, known),
        otherwise_directed(said, same, known),
        by_or_to(said, quoted),
        change_or_share(said, quoted),
        lasting_or_delayed(said, quoted),
        before_or_after(said, quoted),
        time_to_or_length_of(said, quoted),
        of_another_length(said, quoted),
        acts_turned_round(said, quoted, known),
        given_otherwise(said, quoted, known),
        within_or_after(said, quoted),
        another_of_its_kind(said, quoted),
        goes_otherwise(said, other, known),
        allowed_or_forbidden(said, other),
        owed_otherwise(said, quoted),
        ban_cut_short(said, same) if len(same) == len(quoted) else (),
        allowed_though_forbidden(said, same) if len(same) == len(quoted) else (),
        opposite_words(said, same),
        changes_denied(said, same) if len(same) == len(quoted) else (),
        asserted(said, same) if len(same) == len(quoted) else (),
        aim_told_as_found(said, same) if len(same) == len(quoted) else (),
    )
    contradictions = tuple(_each_once(found)) or tuple(words_exchanged(said, same))
    return Relations(contradictions, comparisons.agrees(said, quoted, known))


def _each_once(found: Iterator[Contradiction]) -> Iterator[Contradiction]:
    seen: set[str] = set()
    for contradiction in found:
        key = f"{contradiction.variant}{sorted(contradiction.evidence.items(), key=str)}"
        if key not in seen:
            seen.add(key)
            yield contradiction
