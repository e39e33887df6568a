"""Questions on what a label forbids or asks for: every wrong answer contradicts the sentence, and nothing under its heading says it."""

import pytest

from assistant.engines.act_gaps import of_a_contraindication, of_an_act
from assistant.engines.cloze import GAP, Cloze
from assistant.engines.extractive import ExtractiveEngine, read_units
from assistant.engines.protocol import Task
from assistant.engines.units import Unit
from guardrails.model import Evidence
from tests.builders.labels import evidence_of_lines, label_evidence

WARNINGS = "4.4 Special warnings and precautions for use"


def units(*lines: str, section: str = WARNINGS, language: str = "en") -> list[Unit]:
    told = evidence_of_lines(list(lines), section=("4. Clinical", section), passage="p2", language=language)
    return read_units([told, indication(language)])


def indication(language: str = "en") -> Evidence:
    """What makes a label of it."""
    line = "Nalorel is for asthma." if language == "en" else "Nalorel traite l’asthme."
    return evidence_of_lines(
        [line], section=("4. Clinical", "4.1 Indications"), passage="p1", language=language
    )


def asked(*lines: str, section: str = WARNINGS, language: str = "en") -> Cloze | None:
    told = units(*lines, section=section, language=language)
    made = of_an_act(told[0], told)
    return made[1] if made else None


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Nalorel is contraindicated in patients with severe asthma.", "is contraindicated"),
        ("Live vaccines are not recommended during treatment with Nalorel.", "are not recommended"),
        ("Nalorel must not be used in combination with rifampicin.", "must not be used"),
        ("Co-administration of Nalorel with rifampicin should be avoided.", "should be avoided"),
        ("Treatment should be permanently discontinued if jaundice occurs.", "discontinued"),
        ("Nalorel should be used with caution in patients with epilepsy.", "with caution"),
        ("No dose adjustment is necessary in elderly patients with asthma.", "No dose adjustment"),
    ],
)
def test_what_a_sentence_forbids_or_asks_for_is_the_right_answer(line: str, key: str) -> None:
    made = asked(line)
    assert made is not None
    assert made.options[made.key] == key
    assert made.text.replace(GAP, key) == line
    assert not any(option in line for at, option in enumerate(made.options) if at != made.key)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Nalorel est contre-indiqué chez les patients asthmatiques.", "est contre-indiqué"),
        ("Les vaccins vivants ne sont pas recommandés pendant le traitement.", "ne sont pas recommandés"),
        ("Nalorel ne doit pas être associé ni être utilisé seul.", None),
        ("L’association de Nalorel à la rifampicine doit être évitée.", "doit être évitée"),
        ("La perfusion doit être arrêtée en cas de réaction allergique.", "arrêtée"),
        ("Aucune adaptation de la dose n’est nécessaire chez les sujets âgés.", "Aucune adaptation de la dose n’est nécessaire"),
    ],
)  # fmt: skip
def test_french_answers_agree_with_their_sentence(line: str, key: str | None) -> None:
    made = asked(line, language="fr")
    assert (made.options[made.key] if made else None) == key
    if key == "arrêtée":
        assert made is not None
        assert "réduite de moitié" in made.options


@pytest.mark.parametrize(
    "line",
    [
        "Nalorel is contraindicated in pregnancy unless there is no other treatment.",
        "Inhibitors of the pump are to be avoided or used with caution during treatment.",
        "It is not recommended to give Nalorel to children.",
        "Treatment should not be discontinued without advice.",
        "A dose above 20 mg is not recommended in patients with asthma.",
        "Treatment should be stopped or the dose reduced in patients with jaundice.",
        "Rigid catheters should be avoided during treatment with Nalorel.",
    ],
)
def test_a_rule_with_an_exception_or_of_another_matter_is_not_asked(line: str) -> None:
    assert asked(line) is None


def test_what_the_source_says_under_the_same_heading_is_no_wrong_answer() -> None:
    made = asked(
        "Nalorel is not recommended in patients with severe renal impairment.",
        "In moderate renal impairment Nalorel should be used with caution.",
        section="4.2 Posology",
    )
    assert made is not None
    assert "requires caution" not in made.options


def test_a_contraindication_is_asked_among_what_the_label_warns_of_and_does_not_forbid() -> None:
    forbidden = evidence_of_lines(
        ["Nalorel is contraindicated in:", ("renal impairment of grade C (see section 4.2)", "bullet"), ("hypersensitivity to the active substance", "bullet")],
        section=("4. Clinical", "4.3 Contraindications"), passage="p3",
    )  # fmt: skip
    warnings = [
        evidence_of_lines([line], section=("4. Clinical", WARNINGS, heading), passage=f"w{heading}")
        for heading, line in (
            ("Epileptic seizures", "Seizures were reported in patients who took Nalorel."),
            ("Severe hyponatraemia", "Hyponatraemia was reported in patients who took Nalorel."),
            ("Asthma", "Nalorel should not be used in patients with unstable asthma."),
            ("Moderate renal impairment", "Creatinine rose in some patients who took Nalorel."),
        )
    ]
    told = read_units([forbidden, *warnings, indication()])
    made = of_a_contraindication(told[0], told)
    assert made is not None
    assert made.options[made.key] == "renal impairment of grade C"
    assert set(made.options) == {"renal impairment of grade C", "epileptic seizures", "severe hyponatraemia"}
    assert "(see section 4.2)" in made.text


def test_a_quiz_of_a_label_asks_for_what_is_forbidden_beside_its_figures() -> None:
    evidence = label_evidence(
        {
            "4.1 Therapeutic indications": ["Nalorel is indicated for the treatment of asthma."],
            "4.2 Posology and method of administration": ["The recommended starting dose of Nalorel is 10 mg once daily."],
            WARNINGS: ["Nalorel is contraindicated in patients with severe hepatic impairment.", "Nalorel must be stopped immediately if jaundice occurs."],
        }
    )  # fmt: skip
    questions = ExtractiveEngine().propose(Task("quiz", "en", ("Nalorel",)), evidence).questions
    keys = [question.options[question.key] for question in questions]
    assert keys == ["asthma", "10 mg", "is contraindicated", "stopped"]


def test_what_the_next_sentence_says_of_a_part_of_them_is_no_wrong_answer() -> None:
    made = asked(
        "No dose adjustment is necessary in patients with mild or moderate renal impairment.",
        "A lower dose is recommended in patients with creatinine clearance below 45 ml/min.",
        section="4.2 Posology and method of administration",
    )
    assert made is None or "A lower dose" not in made.options


def test_a_contraindication_by_a_limit_of_a_value_is_not_asked_among_conditions() -> None:
    told = [
        evidence_of_lines(
            ["Severe heart block;", "serum potassium above 5.5 mmol/L at the start."],
            section=("4. Clinical", "4.3 Contraindications"), passage="p3",
        ),
        *(
            evidence_of_lines([f"{name} was seen with Nalorel."], section=("4. Clinical", WARNINGS, name), passage=name)
            for name in ("Hyperkalaemia", "Hypotension", "Epilepsy")
        ),
        indication(),
    ]  # fmt: skip
    read = read_units(told)
    assert all(of_a_contraindication(unit, read) is None for unit in read)


def wrong(made: Cloze | None) -> set[str]:
    return set() if made is None else {o for at, o in enumerate(made.options) if at != made.key}


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (("Nalorel should be used with caution in patients with mild hepatic impairment.", "The starting dose is 5 mg in these patients instead of 10 mg."), "en"),
        (("Nalorel is not recommended in patients with severe hepatic impairment.", "In severe hepatic impairment, 2.5 mg/kg was given in a study."), "en"),
        (("Nalorel doit être utilisé avec prudence en cas d’insuffisance hépatique légère.", "La dose initiale est de 5 mg au lieu de 10 mg chez ces patients."), "fr"),
        (("Nalorel n’est pas recommandé en cas d’insuffisance hépatique sévère.", "Une dose de 5 mg y a été étudiée."), "fr"),
    ],
)  # fmt: skip
def test_no_wrong_answer_names_a_part_of_a_dose_where_a_dose_stands_beside_it(
    lines: tuple[str, ...], language: str
) -> None:
    told = " ".join(wrong(asked(*lines, language=language)))
    assert told
    assert not any(word in told for word in ("lower", "half", "twice", "demi", "double", "réduite"))


def test_what_is_stopped_has_no_part_of_a_dose() -> None:
    made = asked("Treatment must be stopped if jaundice occurs.", "The starting dose is 5 mg.")
    assert "reduced by half" in wrong(made)


def test_monitoring_makes_no_contraindication_a_matter_of_caution() -> None:
    made = asked(
        "Nalorel is contraindicated in patients with severe asthma.", "Lung function should be monitored."
    )
    assert "requires caution" in wrong(made)


def test_a_clearance_is_no_dose() -> None:
    made = asked(
        "Nalorel should be used with caution in patients with renal impairment.",
        "Creatinine clearance was below 30 mL/min in some of them.",
    )
    assert "at half the dose" in wrong(made)


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (("Co-administration with warfarin should be avoided.", "If Nalorel is co-administered with warfarin, additional INR monitoring should be conducted."), "en"),
        (("Concomitant use with strong inhibitors should be avoided.", "If it cannot be avoided, patients should be monitored."), "en"),
        (("L’association à la warfarine doit être évitée.", "Si elle ne peut être évitée, l’INR sera surveillé."), "fr"),
        (("L’association à la rifampicine doit être évitée.", "En cas d’association indispensable, l’INR sera contrôlé."), "fr"),
    ],
)  # fmt: skip
def test_what_may_be_done_nonetheless_is_no_wrong_answer(lines: tuple[str, ...], language: str) -> None:
    assert not any("go on" in one or "poursuivre" in one for one in wrong(asked(*lines, language=language)))


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Concomitant use with strong CYP3A4 inhibitors is contraindicated.", "is contraindicated"),
        ("Live vaccines during treatment with Nalorel are not recommended.", "are not recommended"),
        ("The use of Nalorel is contraindicated.", None),
    ],
)
def test_a_form_at_the_end_of_its_sentence(line: str, key: str | None) -> None:
    made = asked(line)
    assert (made.options[made.key] if made else None) == key


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("L’utilisation de Nalorel pendant la grossesse est contre-indiquée.", "est contre-indiquée"),
        ("Son utilisation n’est pas recommandée.", None),
    ],
)
def test_a_french_form_at_the_end_of_its_sentence(line: str, key: str | None) -> None:
    made = asked(line, language="fr")
    assert (made.options[made.key] if made else None) == key
