"""A table that a topic asks for is told with what stands over and below it, or named among what was left out."""

from assistant.engines.dose_tables import MOST_ROWS, is_an_entry
from assistant.engines.extractive import ExtractiveEngine
from assistant.engines.protocol import Proposal, Task
from guardrails.citations import ProposedCitation, Rejection, verify
from guardrails.model import Evidence, Language, PieceKind
from tests.builders.labels import evidence_of_lines, label_evidence

POSOLOGY = ("4. CLINICAL PARTICULARS", "4.2 Posology and method of administration")
LEAD = ("Renal impairment", "The dose is set by the eGFR as in the table below.")
HEADS = "eGFR (mL/min/1.73 m²) | Starting dose | Highest dose"
ROWS = ("60 and above | 40 mg once daily | 80 mg once daily", "30 to 59 | 20 mg once daily | 40 mg once daily", "Below 30 | not recommended | not recommended")  # fmt: skip
NOTE = "(1) Taken after dialysis."


def label(
    rows: tuple[str, ...] = ROWS,
    *,
    over: tuple[str, ...] = LEAD,
    below: tuple[str, ...] = (),
    kind: str = "label",
) -> list[Evidence]:
    known = label_evidence()
    source = known[0].source
    lines = [(line, "row") for line in (HEADS, *rows)]
    table = evidence_of_lines(lines, section=POSOLOGY, passage="t1", source=source, source_kind=kind)
    before = evidence_of_lines(over, section=POSOLOGY, passage="t0", source=source, source_kind=kind)
    after = evidence_of_lines(below, section=POSOLOGY, passage="t2", source=source, source_kind=kind)
    return [*known, before, table, *([after] if below else [])]


def proposed(
    evidence: list[Evidence], topic: str | None = "renal impairment", kind: PieceKind = "email"
) -> Proposal:
    language: Language = "en"
    focus = frozenset(item.passage for item in evidence)
    return ExtractiveEngine().propose(Task(kind, language, ("Velmora",), topic, focus), evidence)


def tables_in(proposal: Proposal) -> list[str]:
    return [statement.text for statement in proposal.statements if " | " in statement.text]


def test_a_table_of_the_topic_is_told_whole_with_the_lines_over_it() -> None:
    for kind in ("key-moments", "email", "brief"):
        (told,) = tables_in(proposed(label(), kind=kind))
        assert told == "\n".join((" ".join(LEAD), HEADS, *ROWS))


def test_its_quotes_stand_in_their_passages() -> None:
    evidence = label()
    by_key = {item.passage: item for item in evidence}
    (table,) = [s for s in proposed(evidence).statements if " | " in s.text]
    assert not any(
        isinstance(verify(ProposedCitation(q.passage, q.text), by_key), Rejection) for q in table.quotes
    )


def test_a_table_is_told_for_a_topic_alone() -> None:
    assert not tables_in(proposed(label(), None))
    assert not tables_in(proposed(label(), "contraception"))


def test_of_a_table_of_other_matters_the_row_that_names_the_topic_is_told() -> None:
    rows = ("Elderly | 20 mg | 40 mg", "Hepatic failure | 10 mg | 20 mg")
    (told,) = tables_in(proposed(label(rows, over=("Some patients need another dose.",)), "hepatic failure"))
    assert told.split("\n") == [HEADS, rows[1]]


def test_a_marked_cell_is_told_with_its_note_or_not_at_all() -> None:
    marked = (*ROWS[:2], "On dialysis | 10 mg (1) | 20 mg (1)")
    (told,) = tables_in(proposed(label(marked, below=(NOTE, "It is taken with water."))))
    assert told.endswith(NOTE)
    without = proposed(label(marked))
    assert not tables_in(without)
    assert [r.reason for r in without.rejected] == ["table_doubtful"]


def test_a_note_is_never_told_alone() -> None:
    evidence = label(below=("(1) The dose in renal impairment is 10 mg once daily after each dialysis.",))
    assert not any(s.text.startswith("(1)") for s in proposed(evidence).statements)


def test_a_table_that_is_too_long_is_named_with_where_it_stands() -> None:
    long = tuple(
        f"{least} to {least + 4} | 20 mg once daily | 40 mg once daily" for least in range(MOST_ROWS + 1)
    )
    proposal = proposed(label(long))
    assert not tables_in(proposal)
    (left_out,) = proposal.rejected
    assert (left_out.rule, left_out.reason) == ("GR11", "table_too_long")
    assert "4.2 Posology" in left_out.messages["en"]
    assert "4.2 Posology" in left_out.messages["fr"]


def test_a_trials_table_gives_no_dose() -> None:
    assert not tables_in(proposed(label(kind="paper")))


def test_a_first_row_that_is_an_entry_heads_no_table() -> None:
    assert is_an_entry("Headache | Very common", "Hepatitis | Rare")
    assert is_an_entry("Céphalées | Très fréquent", "Hépatite | Rare")
    assert not is_an_entry(
        "System organ class | Very common | Common", "Nervous system | headache | dizziness"
    )
    assert not is_an_entry("Reaction | Frequency", "Hepatitis | Rare")
