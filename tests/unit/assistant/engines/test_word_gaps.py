"""Questions in words: every wrong answer stands for another case, or in no sentence of the source on the same matter."""

from assistant.engines.cloze import GAP, Cloze
from assistant.engines.extractive import ExtractiveEngine, read_units
from assistant.engines.label_tables import tables_of
from assistant.engines.protocol import Task
from assistant.engines.units import Unit
from assistant.engines.word_gaps import of_a_measure, of_a_row, of_the_commonest, of_the_population
from guardrails.model import Evidence
from tests.builders.labels import evidence_of_lines

INTERACTIONS = ("4. Clinical particulars", "4.5 Interactions")
HEADS = "Associated medicine | Effect | What to do"
FORBIDDEN = "Ketoconazole | exposure 4 times higher | contraindicated"
ROWS = ("Rifampicin | exposure halved | double the dose", FORBIDDEN, "Methotrexate | no effect | no change", "Warfarin | INR higher | measure the INR")  # fmt: skip


def table(rows: tuple[str, ...], heads: str = HEADS, section: tuple[str, ...] = INTERACTIONS) -> Evidence:
    return evidence_of_lines([(line, "row") for line in (heads, *rows)], section=section)


def asked(rows: tuple[str, ...], heads: str = HEADS) -> Cloze | None:
    return next((made for _, made in of_a_row(tables_of([table(rows, heads)]))), None)


def test_of_a_table_the_medicine_that_is_forbidden_is_asked_among_those_that_are_not() -> None:
    made = asked(ROWS)
    assert made is not None
    assert made.text == f"{HEADS}\n{GAP} | exposure 4 times higher | contraindicated"
    assert set(made.options) == {"Ketoconazole", "Rifampicin", "Methotrexate", "Warfarin"}
    assert made.options[made.key] == "Ketoconazole"


def test_what_is_forbidden_too_is_no_wrong_answer() -> None:
    made = asked((*ROWS, "Voriconazole | exposure 3 times higher | contraindicated"))
    assert made is not None
    assert len({"Ketoconazole", "Voriconazole"} & set(made.options)) == 1


def test_a_dose_is_asked_among_the_doses_of_other_cases() -> None:
    heads = "Creatinine clearance | Dose"
    made = asked(
        ("60 or more | 80 mg once daily", "30 to 59 | 40 mg once daily", "below 30 | 20 mg once daily"), heads
    )
    assert made is not None
    assert made.options == ("20 mg once daily", "40 mg once daily", "80 mg once daily")
    assert made.text.endswith(f"30 to 59 | {GAP}")


def test_a_table_that_says_the_same_of_all_is_not_asked() -> None:
    assert asked(("Adults | 10 mg", "Elderly | 10 mg", "Children | 10 mg"), "Who | Dose") is None


def test_a_dose_with_a_note_is_no_wrong_answer() -> None:
    heads = "Creatinine clearance | Dose"
    rows = ("60 or more | 80 mg", "30 to 59 | 40 mg", "15 to 29 | 20 mg", "dialysis | 10 mg (1)")
    made = asked(rows, heads)
    assert made is not None
    assert not any("(1)" in option for option in made.options)


def units(*lines: str, section: str = "4.4 Warnings", language: str = "en") -> list[Unit]:
    return read_units([evidence_of_lines(list(lines), section=("4. Clinical", section), language=language)])


def test_what_is_monitored_is_asked_among_what_no_instruction_is_about() -> None:
    told = units(
        "Serum potassium should be measured before treatment and after four weeks.",
        "An eye examination and a check of blood pressure are recommended every year.",
    )
    made = of_a_measure(told[0], told)
    assert made is not None
    assert made.options[made.key] == "Serum potassium"
    assert "Blood pressure" not in made.options


def test_of_two_names_for_one_matter_neither_is_wrong() -> None:
    told = units("Serum creatinine should be measured before treatment and after four weeks.")
    made = of_a_measure(told[0], told)
    assert made is not None
    assert "Renal function" not in made.options


def test_french_measures_keep_their_form() -> None:
    told = units("La kaliémie doit être contrôlée avant le traitement et à un mois.", section="4.4 Mises en garde", language="fr")  # fmt: skip
    made = of_a_measure(told[0], told)
    assert made is not None
    assert all(option.startswith("La ") for option in made.options)


def test_for_whom_it_is_is_asked_where_nobody_else_is_named() -> None:
    section = "4.1 Indications"
    alone = units("Nalorel is indicated in adults with asthma that is not controlled.", section=section)
    made = of_the_population(alone[0], alone)
    assert made is not None
    assert made.options[made.key] == "adults"
    both = units(
        "Nalorel is indicated in adults with asthma that is not controlled.",
        "Nalorel granules are indicated in children with asthma.",
        section=section,
    )
    assert of_the_population(both[0], both) is None


def test_the_commonest_reaction_is_asked_among_rarer_ones() -> None:
    section = ("4. Clinical", "4.8 Undesirable effects")
    heads = "System | Very common | Common | Uncommon | Rare"
    rows = (
        "Nervous system | headache | tremor | memory loss | ataxia",
        "Skin |  | rash | urticaria | purpura",
    )
    said = units("The most common adverse reactions were headache (12%) and rash (4%).", section=section[1])
    made = of_the_commonest(said[0], list(tables_of([table(rows, heads, section)])))
    assert made is not None
    assert made.options[made.key] == "headache"
    assert set(made.options) <= {"headache", "memory loss", "ataxia", "urticaria", "purpura"}


def test_a_quiz_of_a_label_asks_in_figures_and_in_words() -> None:
    evidence = [
        evidence_of_lines(["Nalorel is indicated for the treatment of asthma."], section=("4. Clinical", "4.1 Therapeutic indications"), passage="p0"),
        evidence_of_lines(["The recommended starting dose of Nalorel is 10 mg once daily."], section=("4. Clinical", "4.2 Posology"), passage="p2"),
        table(ROWS),
    ]  # fmt: skip
    questions = ExtractiveEngine().propose(Task("quiz", "en", ("Nalorel",)), evidence).questions
    keys = [question.options[question.key] for question in questions]
    assert keys == ["asthma", "10 mg", "Ketoconazole"]
