import pytest

from assistant.engines.units import summary_of_characteristics, units_of, zone_of
from tests.builders.labels import evidence_of_lines, label_evidence


@pytest.mark.parametrize(
    ("section", "kind", "zone"),
    [
        (("4. CLINICAL PARTICULARS", "4.1 Therapeutic indications"), "label", "indication"),
        (("4. DONNÉES CLINIQUES", "4.8 Effets indésirables"), "label", "adverse_reaction"),
        (("4.2 Posology", "Elderly"), "label", "dose"),
        (("5.1 Pharmacodynamic properties", "Mechanism of action"), "label", "mechanism"),
        (("6. PHARMACEUTICAL PARTICULARS", "6.1 List of excipients"), "label", "excluded"),
        (("4.8 Undesirable effects", "Reporting of suspected adverse reactions"), "label", "excluded"),
        (("2 DOSAGE AND ADMINISTRATION",), "label", "dose"),
        (("Results",), "paper", "result"),
        (("References",), "paper", "excluded"),
        (("Statistical analysis",), "paper", "design"),
        (("À retenir",), "deck", "conclusion"),
        (("Points forts et limites",), "paper", "discussion"),
        (("Efficacy highlights",), "deck", "result"),
        (("Points clés",), "deck", "conclusion"),
        (("Sécurité",), "deck", "adverse_reaction"),
        (("Profil de sécurité",), "deck", "adverse_reaction"),
        (("Effets secondaires fréquents",), "deck", "adverse_reaction"),
        (("Mode d’action",), "deck", "mechanism"),
        (("Contre-indications",), "deck", "contraindication"),
        (("Indications",), "deck", "indication"),
        (("Figure 2. Kaplan-Meier curves",), "paper", "excluded"),
    ],
)
def test_headings_tell_what_a_sentence_is_about(section: tuple[str, ...], kind: str, zone: str) -> None:
    assert zone_of(section, "", kind) == zone


def test_a_list_is_quoted_whole_with_the_sentence_that_opens_it() -> None:
    evidence = evidence_of_lines(
        [
            "Velmora is indicated for:",
            ("heart failure in adults.", "bullet"),
            ("hypertension in adults.", "bullet"),
        ],
        section=("4.1 Therapeutic indications",),
    )
    (unit,) = units_of([evidence])
    assert unit.kind == "block"
    assert unit.text == "Velmora is indicated for:\nheart failure in adults.\nhypertension in adults."


def test_a_heading_in_the_line_of_a_label_is_quoted_with_what_it_heads() -> None:
    lines = [
        "Renal impairment.",
        "No adjustment is needed above 30 ml/min.",
        "The tablet is swallowed whole.",
    ]
    heads, alone = units_of([evidence_of_lines(lines, section=("4.2 Posology",))])
    assert (heads.kind, heads.text) == ("block", " ".join(lines[:2]))
    assert alone.text == lines[2]


def test_a_line_that_says_for_whom_is_quoted_with_the_doses_below_it() -> None:
    lines = [
        "Adults and adolescents weighing 50 kg or more",
        "The recommended starting dose is 50 mg twice daily.",
        "The maximum dose is 200 mg twice daily.",
        "The tablet is swallowed whole.",
    ]
    doses, alone = units_of([evidence_of_lines(lines, section=("4.2 Posology",))])
    assert (doses.kind, doses.text) == ("block", " ".join(lines[:3]))
    assert alone.text == lines[3]


def test_a_line_that_ends_in_a_colon_is_quoted_with_the_sentences_below_it() -> None:
    lines = [
        "Do not freeze the vial at all.",
        "In use conditions:",
        "Do not store the vial above 25°C.",
        "Keep it from light.",
    ]
    unopened, in_use = units_of([evidence_of_lines(lines, section=("6.4 Storage", "Unopened"))])
    assert unopened.text == lines[0]
    assert (in_use.kind, in_use.text) == ("block", " ".join(lines[1:]))


def test_a_short_sentence_with_a_verb_heads_nothing() -> None:
    lines = ["Velmora is swallowed.", "The tablet is not crushed."]
    assert len(units_of([evidence_of_lines(lines, section=("4.2 Posology",))])) == len(lines)


def test_a_stop_for_good_is_quoted_with_the_sentence_that_says_so() -> None:
    lines = ["In case of rash, stop Velmora at once.", "Treatment must never be resumed after a severe rash."]
    (unit,) = units_of([evidence_of_lines(lines, section=("4.4 Warnings",))])
    assert unit.text == " ".join(lines)


def test_what_a_trial_did_not_test_is_quoted_with_its_result() -> None:
    lines = [
        "At week 26, 68.5% of patients reached the target with Velmora and 61.3% with placebo.",
        "Non-inferiority was shown; superiority was not tested.",
    ]
    (unit,) = units_of([evidence_of_lines(lines, section=("Results",), source_kind="paper")])
    assert unit.text == " ".join(lines)


def test_what_they_are_is_quoted_with_what_is_said_of_them() -> None:
    lines = ["The tablets are taken with water.", "They must not be crushed."]
    (unit,) = units_of([evidence_of_lines(lines, section=("4.2 Posology",))])
    assert unit.text == " ".join(lines)


def test_a_list_that_runs_into_the_next_passage_has_a_quote_in_each() -> None:
    section = ("4.1 Therapeutic indications",)
    first = evidence_of_lines(["Velmora is indicated for:", ("heart failure.", "bullet")], section=section)
    second = evidence_of_lines([("hypertension.", "bullet")], section=section, passage="p2")
    (unit,) = units_of([first, second])
    assert [quote.passage for quote in unit.quotes] == ["p1", "p2"]
    assert unit.text.endswith("hypertension.")


def test_contraindications_are_quoted_together_or_not_at_all() -> None:
    (unit,) = units_of(
        label_evidence({"4.3 Contraindications": ["Hypersensitivity.", "Severe hepatic impairment."]})
    )
    assert unit.text == "Hypersensitivity. Severe hepatic impairment."


def test_what_says_the_same_twice_is_one_unit() -> None:
    twice = label_evidence({"4.2 Posology": ["The dose is 10 mg."], "4.8 Effects": ["The dose is 10 mg."]})
    assert len(units_of(twice)) == 1


def test_a_footnote_mark_makes_no_other_sentence() -> None:
    said = "The recommended starting dose of Velmora is 10 mg once daily."
    label = evidence_of_lines([said], section=("4.2 Posology",))
    deck = evidence_of_lines([(said + "¹", "bullet")], section=("Dosing",), passage="d", source_kind="deck")
    assert [unit.text for unit in units_of([label, deck])] == [said]


def test_the_leaflet_and_the_packaging_are_not_the_summary_of_characteristics() -> None:
    sections = {
        "ANNEX I": ["SUMMARY OF PRODUCT CHARACTERISTICS"],
        "4.1 Therapeutic indications": ["Velmora is indicated in adults."],
        "ANNEX III": ["LABELLING AND PACKAGE LEAFLET"],
        "1. What Velmora is and what it is used for": ["Velmora helps your heart."],
    }
    kept = summary_of_characteristics(label_evidence(sections))
    assert [item.section[0] for item in kept] == ["ANNEX I", "4.1 Therapeutic indications"]


def test_the_second_strength_of_the_same_label_is_left_out() -> None:
    once = [
        ("1. NAME OF THE MEDICINAL PRODUCT", "Velmora 10 mg."),
        ("4.1 Therapeutic indications", "Velmora is indicated in adults."),
        ("4.2 Posology", "The dose is 10 mg."),
    ]
    evidence = [
        evidence_of_lines([text], section=(section,), passage=f"p{number}")
        for number, (section, text) in enumerate([*once, *once])
    ]
    assert len(summary_of_characteristics(evidence)) == len(once)


def test_an_assessment_report_is_read_as_any_document() -> None:
    report = label_evidence({"2.4 Clinical aspects": ["The trial met its primary endpoint."]})
    assert [item.source_kind for item in summary_of_characteristics(report)] == ["guideline"]
