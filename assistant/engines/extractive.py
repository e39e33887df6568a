"""The embedded engine: it writes with the sources' own sentences. Deterministic, no model, no network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.engines.beyond import Beyond, beyond_the_indication
from assistant.engines.companions import failed_endpoints, grave_events, named_events, restrictions
from assistant.engines.dose_tables import asked_tables, left_out_as, with_tables
from assistant.engines.in_place import stands_in_its_place
from assistant.engines.label_tables import tables_of
from assistant.engines.matters import (
    asks_for_all,
    asks_for_nothing_else,
    matters_of,
    only_subject,
    without_names,
)
from assistant.engines.primary import own_studies, tells_of_others
from assistant.engines.protocol import (
    NOBODY,
    SAFETY,
    Desk,
    Proposal,
    Task,
)
from assistant.engines.quiz import quiz
from assistant.engines.quiz_in_words import questions_in_words
from assistant.engines.rows_told import told_in_sentences
from assistant.engines.scoring import Candidate, candidates
from assistant.engines.selection import BESIDE_A_TOPIC, Plan, Size, choose, in_order, plan_for
from assistant.engines.stated import governed, statement
from assistant.engines.topic import is_told_of
from assistant.engines.units import Unit, summary_of_characteristics, units_of, weight_of
from assistant.engines.worth import looked_back
from assistant.store.words import stems
from guardrails.model import Evidence, PieceKind
from guardrails.surroundings import beside

SELECTION_VERSION = "extractive-18"
"""Changes whenever the same evidence would give other sentences."""

EMAIL: Plan = (("indication", 1), ("result", 2), ("dose", 1))
EMAIL_ON_A_STUDY: Plan = (("design", 1), ("result", 2), ("dose", 1))
"""Who was studied, how and with what comes before what was found."""
EMAIL_SAFETY: Plan = (("contraindication", 1), ("adverse_reaction", 1), ("warning", 2))
"""What forbids the medicine, what happens most, and the gravest that may happen."""
BRIEF_MESSAGES: Plan = (("indication", 1), ("result", 1), ("dose", 1))
BRIEF_MESSAGES_ON_A_STUDY: Plan = (("design", 1), ("result", 2))
FOUND_OF_A_TOPIC: Plan = (("result", 2), ("conclusion", 1))
"""What papers found of a topic comes before how they measured it."""
BRIEF_QUESTIONS: Plan = (
    ("dose", 1),
    ("special_population", 1),
    ("interaction", 1),
    ("adverse_reaction", 1),
    ("result", 1),
)
BRIEF_SAFETY: Plan = (("contraindication", 1), ("warning", 1), ("adverse_reaction", 1))
_FORBIDDEN, _EVENTS = 2, 2
_TABLES, _TABLES_OF_A_MESSAGE = 3, 2
_OF_A_LABEL = 6
"""At least so many statements of a label, however many sources there are: no warning is left out for want of room."""


class ExtractiveEngine:
    """Selects whole sentences, bullets and lists, word for word."""

    name = "extractive"
    model = SELECTION_VERSION
    rounds = 8

    def propose(self, task: Task, evidence: Sequence[Evidence], desk: Desk = NOBODY) -> Proposal:
        """Select for the task's kind; the same evidence in the same order gives the same proposal.

        An empty proposal means that nothing in the evidence stands alone.
        """
        del desk  # whole sentences of the sources need no repair
        task = _whole(task, evidence)
        passages, near = {item.passage: item for item in reversed(evidence)}, beside(evidence)
        narrowed = _narrowed(evidence)
        if not _tells_of(task, narrowed):
            return Proposal(provenance={"candidates": 0})
        everything = units_of(narrowed)
        units = [
            unit
            for unit in everything
            if unit.text not in task.left_out and stands_in_its_place(unit, passages, near)
        ]
        tables = asked_tables(narrowed, units, task)
        wanted = [unit for unit in tables.units if unit.text not in task.left_out]
        units = with_tables(units, wanted, evidence)
        titles = {item.source: item.title for item in evidence}
        # Key moments that promote nothing say what each source says, of whatever use.
        complete = task.kind == "key-moments" and not task.promotional
        beyond = Beyond() if complete else beyond_the_indication(units, titles)
        everybody = candidates(units, task)
        known = _of_the_subject(beyond.within(everybody), task)
        pool = _on_topic(known, task)
        if task.kind == "quiz":
            scraps = _of_the_subject(beyond.within(candidates(units, task, scraps=True)), task)
            more = [_found_of(known, task), _on_topic(scraps, task)]
            in_words = questions_in_words(pool, everything, list(tables_of(narrowed)), wanted, narrowed, task)
            made = quiz(pool, more, in_words)
        else:
            made = _COMPOSERS.get(task.kind, _key_moments)(pool, known)
        told = {statement.text for statement in made.statements}
        untold = [left_out_as(unit, "table_no_room") for unit in wanted if unit.text not in told]
        rejected = (*tables.left_out, *untold, *beyond.set_aside(titles, everybody))
        return replace(made, provenance={"candidates": len(pool)}, rejected=rejected)


def read_units(evidence: Sequence[Evidence]) -> list[Unit]:
    """Everything that may be quoted of the evidence, labels first; of a label, only its SmPC."""
    return units_of(_narrowed(evidence))


def _narrowed(evidence: Sequence[Evidence]) -> list[Evidence]:
    sources = [list(group) for _, group in groupby(evidence, key=lambda item: item.source)]
    narrowed: list[Evidence] = []
    for items in sorted(sources, key=lambda items: weight_of(items[0].source_kind)):
        label = items[0].source_kind == "label"
        narrowed += summary_of_characteristics(items) if label else items
    return narrowed


def _whole(task: Task, evidence: Sequence[Evidence]) -> Task:
    """Without a topic where it asks papers and decks for all that they found, or names the one study that there is: that is the piece."""
    labelled = any(item.source_kind == "label" for item in evidence)
    studies = own_studies(evidence)
    asked = without_names(task.topic or "", studies) != without_names(task.topic or "", ())
    by_name = asked and asks_for_nothing_else(task.topic or "", (*task.names, *studies))
    if labelled or not (by_name or asks_for_all(matters_of(task.topic or "", (*task.names, *studies)))):
        return task
    return replace(task, topic=None, focus=frozenset())


def _tells_of(task: Task, evidence: Sequence[Evidence]) -> bool:
    """Whether the sources speak of the topic at all; true without one, and of one that names what every source tells."""
    asked = without_names(task.topic or "", task.names)
    if not asked.strip() or matters_of(asked, ()) or asks_for_nothing_else(asked, ()):
        return True
    said = [" ".join((*item.section, item.heading, item.text)) for item in evidence]
    return is_told_of(asked, said, task.otherwise)


def _of_the_subject(pool: list[Candidate], task: Task) -> list[Candidate]:
    """Those that name the subject, where the topic has none but a word without a stem; all where it has another, or none."""
    subject = only_subject(task.topic or "", task.names)
    return [c for c in pool if subject is None or subject.search(without_names(c.unit.text, ()))]


def _on_topic(pool: list[Candidate], task: Task) -> list[Candidate]:
    """With a topic: what carries it best, and the safety information that has to stand beside it."""
    matters = matters_of(task.topic or "", task.names)
    best = max((c.topical for c in (pool if matters else _found(pool, task))), default=0.0)
    best = best or max((c.topical for c in pool), default=0.0)
    if best <= 0:
        return pool if not task.topic or asks_for_nothing_else(task.topic, task.names) else []
    marked = [replace(c, on_topic=c.topical >= best / 2) for c in pool]
    if not matters and not any(c.on_topic and _found_out(c) for c in marked):
        # A paper names its subject in its methods and tells its results in fewer words.
        asked = [frozenset(stems(word, task.language)) for word in (task.topic or "").split()]
        marked = [
            replace(c, on_topic=c.on_topic or (_found_out(c) and _says_some_of(asked, c))) for c in marked
        ]
    own = [c for c in marked if c.asked_for and not tells_of_others(c.unit)]
    finding = {c.unit.source for c in own if _found_out(c) or (c.unit.abstract and c.role != "design")}
    marked = [
        c for c in marked if c.role in SAFETY or c.unit.source not in finding or not tells_of_others(c.unit)
    ]
    return [c for c in marked if c.on_topic or c.role in SAFETY]


def _found_out(candidate: Candidate) -> bool:
    """Whether it tells what a paper found."""
    unit = candidate.unit
    return (
        unit.source_kind == "paper"
        and candidate.role in {"result", "conclusion"}
        and unit.zone in {"result", "conclusion", "other"}
    )


def _says_some_of(asked: Sequence[frozenset[str]], candidate: Candidate) -> bool:
    """One of its words, and that whole: « 12 % contre 14 % » says nothing of « contre-indications »."""
    own = frozenset(stems(candidate.unit.text, candidate.unit.language))
    return any(word and word <= own for word in asked)


def _found(pool: Sequence[Candidate], task: Task) -> list[Candidate]:
    """Those of the passages that the topic's search found."""
    return [c for c in pool if any(quote.passage in task.focus for quote in c.unit.quotes)]


def _found_of(pool: Sequence[Candidate], task: Task) -> list[Candidate]:
    """Those of the found passages that carry some of the topic, where any do, or tell what a paper found: a question beside the topic
    is none on it. Where a label tells of it, nothing else is.
    """
    found = _found(pool, task)
    if any(c.topical > 0 and c.unit.source_kind == "label" for c in pool):
        return [c for c in found if c.topical > 0]
    carrying = any(c.topical > 0 for c in found)
    return [c for c in found if c.topical > 0 or not carrying or _found_out(c)]


def _key_moments(pool: Sequence[Candidate], known: Sequence[Candidate]) -> Proposal:
    """So many of each source, in its order, labels and papers first: what they told, the others do not repeat.

    With them what a source forbids of the topic, and the most frequent events beside their total.
    """
    sources = list(dict.fromkeys(c.unit.source for c in pool))
    most = {1: 9, 2: 7, 3: 6}.get(len(sources), 5)
    chosen: list[Candidate] = []
    for source in sources:
        own = [c for c in pool if c.unit.source == source]
        own_most = max(most, _OF_A_LABEL) if own[0].unit.source_kind == "label" else most
        plan, size = _saying_how(plan_for(own[0].unit.source_kind), own), Size(min(5, most), own_most)
        asked = [c for c in own if c.asked_for]
        # First what was asked for, so that the safety information takes no place of it.
        told = _of_a_topic(asked, own, plan, size, chosen) if asked else choose(own, plan, size, chosen)
        told += failed_endpoints(own, told)
        told += restrictions(own, [*chosen, *told], _FORBIDDEN)
        told += named_events(known, told, _EVENTS)
        chosen += in_order(told)
    return Proposal(tuple(statement(c) for c in chosen))


def _of_a_topic(
    asked: Sequence[Candidate], own: Sequence[Candidate], plan: Plan, size: Size, taken: Sequence[Candidate]
) -> list[Candidate]:
    """What a source tells of the topic, then what it lacks of the safety information."""
    tables = _tables(asked, _TABLES, taken)
    told = choose([c for c in asked if c.unit.kind != "row"], plan, size.less(len(tables)), [*taken, *tables])
    told = in_order([*tables, *told])
    roles = {c.role for c in told}
    lacking = tuple(entry for entry in BESIDE_A_TOPIC if entry[0] not in roles)
    rest = [c for c in own if c not in told and c.role in SAFETY]
    safety = choose(rest, lacking, Size(0, len(lacking)), [*taken, *told])
    return [*told, *safety]


def _tables(asked: Sequence[Candidate], most: int, taken: Sequence[Candidate]) -> list[Candidate]:
    """The tables of the topic: what is asked of a dose stands in them; none whose rows are told in sentences already."""
    told = [c.unit for c in taken]
    tables = [c for c in asked if c.unit.kind == "row" and not told_in_sentences(c.unit, told)]
    return sorted(tables, key=lambda c: (-c.topical, c.unit.order))[:most]


def _email(pool: Sequence[Candidate], known: Sequence[Candidate]) -> Proposal:
    """Two to four statements, then the safety information that balances them."""
    pool = governed(pool)
    safety = choose(pool, EMAIL_SAFETY, Size(0, 4))
    safety += named_events(known, safety, 1)
    safety += grave_events(known, safety, 1)
    plan = _saying_how(EMAIL_ON_A_STUDY, pool) if _on_studies(pool) else EMAIL
    chosen = _messages([c for c in pool if c not in safety], plan, Size(2, 4), safety)
    chosen = in_order([*chosen, *failed_endpoints(pool, chosen)])
    return Proposal(tuple(statement(c) for c in [*chosen, *safety]))


def _brief(pool: Sequence[Candidate], known: Sequence[Candidate]) -> Proposal:
    """Three messages, the questions to expect with the statement that answers each, and the safety reminder."""
    pool = governed(pool)
    plan = _saying_how(BRIEF_MESSAGES_ON_A_STUDY, pool) if _on_studies(pool) else BRIEF_MESSAGES
    messages = _messages(pool, plan, Size(3, 3))
    messages = in_order([*messages, *failed_endpoints(pool, messages)])
    safety = choose([c for c in pool if c not in messages], BRIEF_SAFETY, Size(0, 3), messages)
    safety += named_events(known, safety, 1)
    safety += grave_events(known, [*messages, *safety], 1)
    rest = [c for c in pool if c not in messages and c not in safety]
    questions = choose(rest, BRIEF_QUESTIONS, Size(2, 4), [*messages, *safety])
    parts = (("message", messages), ("expected_question", questions), ("safety", safety))
    return Proposal(tuple(replace(statement(c), part=part) for part, group in parts for c in group))


def _saying_how(plan: Plan, pool: Sequence[Candidate]) -> Plan:
    """With one more statement on the design where a paper says that it looked back, or put studies together: beside who was studied."""
    afterwards = any(c.role == "design" and looked_back(c.unit.text) for c in pool)
    if not (afterwards and all(c.unit.source_kind == "paper" for c in pool)):
        return plan
    return tuple((role, count + 1 if role == "design" else count) for role, count in plan)


def _on_studies(pool: Sequence[Candidate]) -> bool:
    """Whether papers alone speak: a label says for whom and how, a deck tells its own story."""
    return all(c.unit.source_kind == "paper" for c in pool)


def _messages(
    pool: Sequence[Candidate], plan: Plan, size: Size, taken: Sequence[Candidate] = ()
) -> list[Candidate]:
    """What the piece is written for: by plan, safety apart; of a topic the best, whatever their role."""
    asked = [c for c in pool if c.asked_for]
    if asked:
        first = _tables(asked, _TABLES_OF_A_MESSAGE, taken)
        first += restrictions(asked, [*taken, *first], 1)
        rest = [c for c in asked if c not in first and c.unit.kind != "row"]
        left = max(2, size.most - len(first))
        found = FOUND_OF_A_TOPIC if _on_studies(asked) else ()
        told = [*first, *choose(rest, found, Size(left, left), [*taken, *first])]
        return in_order(told)
    return choose([c for c in pool if c.role not in SAFETY], plan, size, taken)


_COMPOSERS: Mapping[PieceKind, Callable[[Sequence[Candidate], Sequence[Candidate]], Proposal]] = {
    "key-moments": _key_moments,
    "email": _email,
    "brief": _brief,
}
