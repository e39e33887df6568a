"""What changed between two versions of a document."""

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.diff import Diff, compare
from assistant.corpus.diff.summary import by_section, counts
from ingestion.model import PageSpan, Sentence

POSOLOGY = ("4. CLINICAL PARTICULARS", "4.2 Posology")
WARNINGS = ("4. CLINICAL PARTICULARS", "4.4 Special warnings")


def sentences(*texts: str | tuple[str, tuple[str, ...]], kind: str = "sentence") -> list[Sentence]:
    """Sentences in order, each with its section where it is given."""
    listed = [(one, POSOLOGY) if isinstance(one, str) else one for one in texts]
    return [
        Sentence(at, text, kind, "body", (PageSpan(1 + at // 20, 0, len(text)),), section)  # type: ignore[arg-type]
        for at, (text, section) in enumerate(listed)
    ]


def told(diff: Diff) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    return [(c.status, c.old, c.new) for c in diff.changes if c.status != "unchanged"]


def kinds(old: str, new: str, language: str = "en") -> tuple[str, ...]:
    around = ("Take it with water in the morning.", "Do not crush the tablets before use.")
    diff = compare(sentences(around[0], old, around[1]), sentences(around[0], new, around[1]), language)
    (change,) = [c for c in diff.changes if c.status != "unchanged"]
    assert change.status == "changed"
    return change.kinds


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("The starting dose is 10 mg once daily.", "The starting dose is 5 mg once daily.", "dose"),
        ("The starting dose is 10 mg once daily.", "The starting dose is 10 µg once daily.", "unit"),
        ("Use it where eGFR is above 30 mL/min.", "Use it where eGFR is at least 30 mL/min.", "limit"),
        ("It was seen in 142 of 1,207 patients.", "It was seen in 151 of 1,207 patients.", "number"),
        ("It is indicated in adults with heart failure.", "It is indicated in adults and adolescents with heart failure.", "population"),
        ("No change is needed in mild renal impairment.", "No change is needed in mild or severe renal impairment.", "severity"),
        ("It is recommended in patients with asthma.", "It is not recommended in patients with asthma.", "negation"),
        ("It may reduce the clearance of digoxin.", "It reduces the clearance of digoxin.", "hedge"),
        ("It increases the exposure to digoxin.", "It decreases the exposure to digoxin.", "direction"),
        ("Monitor potassium (see section 4.4).", "Monitor potassium (see sections 4.4 and 5.2).", "reference"),
        ("Avoid strong inhibitors of CYP3A4.", "Avoid strong inhibitors of CYP2C8.", "name"),
        ("Store the carton in the kitchen cupboard.", "Store the carton in the kitchen cabinet.", "wording"),
        ("Store the carton: in a cupboard.", "Store the carton in a cupboard", "typography"),
    ],
)  # fmt: skip
def test_a_change_is_told_by_what_it_touches(old: str, new: str, wanted: str) -> None:
    assert wanted in kinds(old, new)


def test_the_kinds_are_told_in_french_too() -> None:
    assert (
        kinds("La dose initiale est de 12,5 mg par jour.", "La dose initiale est de 25 mg par jour.", "fr")[0]
        == "dose"
    )
    assert "negation" in kinds(
        "Il est recommandé chez l'adulte âgé.", "Il n'est pas recommandé chez l'adulte âgé.", "fr"
    )


def test_a_number_written_with_other_typography_is_no_changed_number() -> None:
    assert kinds("The rate was 12.5 % - as expected.", "The rate was 12.5% – as expected.") == ("typography",)


def test_the_words_that_differ_are_marked_on_both_sides() -> None:
    before, after = "The dose is 10 mg daily.", "The dose is 5 mg daily."
    (change,) = compare(sentences(before), sentences(after), "en").changes
    (old,), (new,) = change.old_marks, change.new_marks
    assert before[slice(*old)] == "10"
    assert after[slice(*new)] == "5"


def test_a_sentence_that_moved_unchanged_is_moved_and_never_changed() -> None:
    moving = "Caution is advised in patients with severe renal impairment."
    old = sentences(
        moving, "The dose is 10 mg daily.", "Take it with food.", ("Watch potassium weekly.", WARNINGS)
    )
    new = sentences(
        "The dose is 10 mg daily.",
        "Take it with food.",
        ("Watch potassium weekly.", WARNINGS),
        (moving, WARNINGS),
    )
    assert told(compare(old, new, "en")) == [("moved", (0,), (3,))]


def test_a_sentence_under_another_heading_has_moved_though_the_order_is_the_same() -> None:
    old = sentences(
        "The dose is 10 mg daily.", "Use it with care in the elderly.", ("Watch potassium weekly.", WARNINGS)
    )
    new = sentences(
        "The dose is 10 mg daily.",
        ("Use it with care in the elderly.", WARNINGS),
        ("Watch potassium weekly.", WARNINGS),
    )
    assert told(compare(old, new, "en")) == [("moved", (1,), (1,))]


def test_renumbered_sections_leave_their_sentences_unchanged() -> None:
    old = sentences(("It interacts with digoxin.", ("4.5 Interactions",)), ("Take it with food.", POSOLOGY))
    new = sentences(("It interacts with digoxin.", ("4.6 Interactions",)), ("Take it with food.", POSOLOGY))
    assert told(compare(old, new, "en")) == []


def test_a_sentence_split_in_two_or_joined_again_is_unchanged() -> None:
    whole = sentences("Take it with food; do not crush the tablets.", "The dose is 10 mg.")
    parts = sentences("Take it with food;", "do not crush the tablets.", "The dose is 10 mg.")
    for old, new in ((whole, parts), (parts, whole)):
        diff = compare(old, new, "en")
        assert told(diff) == []
        assert {len(c.old) + len(c.new) for c in diff.changes} == {2, 3}


def test_a_sentence_split_in_two_and_changed_is_one_change() -> None:
    old = sentences(
        "The recommended dose is 10 mg once daily and the tablets are swallowed whole with a glass of water."
    )
    new = sentences(
        "The recommended dose is 5 mg once daily.", "The tablets are swallowed whole with a glass of water."
    )
    (change,) = compare(old, new, "en").changes
    assert (change.status, change.old, change.new) == ("changed", (0,), (0, 1))
    assert "dose" in change.kinds


def test_among_near_identical_presentations_only_the_one_that_is_new_is_told() -> None:
    old = [f"Velmora {n} mg tablets: 28 tablets in a carton, EU/1/00/{n}." for n in range(1, 60)]
    new = [*old[:30], "Velmora 33 mg tablets: 56 tablets in a carton, EU/1/00/999.", *old[30:]]
    assert told(compare(sentences(*old), sentences(*new), "en")) == [("added", (), (30,))]


def test_sentences_that_repeat_meet_their_own_partners() -> None:
    old = [
        text
        for n in range(30)
        for text in (f"Strength {n}", "For oral use.", "Keep out of reach of children.")
    ]
    new = [text for at, text in enumerate(old) if at != 31]
    assert told(compare(sentences(*old), sentences(*new), "en")) == [("removed", (31,), ())]


def test_a_row_of_a_table_is_compared_with_rows() -> None:
    old = sentences("Eye disorders | Common: blurred vision", kind="row")
    new = sentences("Eye disorders | Very common: blurred vision", kind="row")
    (change,) = compare(old, new, "en").changes
    assert change.status == "changed"


def test_added_words_that_stood_elsewhere_already_are_told_as_repeated() -> None:
    old = sentences("The dose is 10 mg daily.", "Take it with food.")
    new = sentences("The dose is 10 mg daily.", "Take it with food.", "The dose is 10 mg daily.")
    (added,) = [c for c in compare(old, new, "en").changes if c.status == "added"]
    assert added.kinds == ("repeated",)


def test_the_indication_and_the_posology_lead_the_summary() -> None:
    old = sentences(
        ("Shelf life is two years.", ("6.3 Shelf life",)),
        "The dose is 10 mg.",
        ("It is for adults.", ("4.1 Indications",)),
    )
    new = sentences(
        ("Shelf life is three years.", ("6.3 Shelf life",)),
        "The dose is 5 mg.",
        ("It is for adults and children.", ("4.1 Indications",)),
    )
    diff = compare(old, new, "en")
    assert [s.lead for s in by_section(diff)] == ["indication", "posology", None]
    assert counts(diff.changes)["changed"] == 3


_TEXTS = st.lists(
    st.sampled_from(
        [f"Sentence number {n} tells of {n} mg for patients." for n in range(8)] + ["Oral use.", "None."]
    ),
    max_size=24,
)


@given(_TEXTS, _TEXTS)
def test_every_sentence_is_told_once(old: Sequence[str], new: Sequence[str]) -> None:
    diff = compare(sentences(*old), sentences(*new), "en")
    assert sorted(at for c in diff.changes for at in c.old) == list(range(len(old)))
    assert sorted(at for c in diff.changes for at in c.new) == list(range(len(new)))


@given(st.permutations(range(12)))
def test_a_document_in_another_order_holds_no_change(order: Sequence[int]) -> None:
    texts = [f"Sentence number {n} tells of {n * 7} mg for these patients." for n in range(12)]
    diff = compare(sentences(*texts), sentences(*(texts[n] for n in order)), "en")
    assert {c.status for c in diff.changes} <= {"unchanged", "moved"}


@given(_TEXTS)
def test_a_document_has_no_change_against_itself(texts: Sequence[str]) -> None:
    assert {c.status for c in compare(sentences(*texts), sentences(*texts), "en").changes} <= {"unchanged"}


def test_twice_the_document_takes_at_most_thrice_the_time() -> None:
    def seconds(count: int) -> float:
        dice = random.Random(7)
        old = [
            f"Presentation {n % 40} of {n} mg, {n % 5} tablets, is for oral use in patients."
            for n in range(count)
        ]
        new = [t.replace("mg", "g") if dice.random() < 0.2 else t for t in old if dice.random() > 0.05]
        best = []
        for _ in range(3):
            began = time.process_time()
            compare(sentences(*old), sentences(*new), "en")
            best.append(time.process_time() - began)
        return min(best)

    seconds(100)
    assert seconds(1600) < 3 * seconds(800) + 0.1
