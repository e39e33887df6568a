from dataclasses import replace

import pytest

from assistant.engines.extractive import ExtractiveEngine, read_units
from assistant.engines.protocol import SAFETY, Task
from assistant.engines.scoring import candidates
from guardrails.citations import ProposedCitation, Rejection, verify
from guardrails.model import Evidence, PieceKind
from tests.builders.labels import FRENCH, evidence_of_lines, label_evidence

NAMES = ("Velmora", "cardorelone")


def task(kind: PieceKind, **changes: object) -> Task:
    return replace(Task(kind, "en", NAMES), **changes)  # type: ignore[arg-type]


def test_key_moments_of_a_label_tell_use_result_and_safety() -> None:
    proposal = ExtractiveEngine().propose(task("key-moments"), label_evidence())
    roles = [statement.role for statement in proposal.statements]
    assert {"indication", "dose", "contraindication", "adverse_reaction", "result"} <= set(roles)
    assert 5 <= len(roles) <= 9


def test_every_proposed_quote_stands_in_its_passage() -> None:
    evidence = label_evidence()
    by_key = {item.passage: item for item in evidence}
    for kind in ("key-moments", "email", "brief"):
        for statement in ExtractiveEngine().propose(task(kind), evidence).statements:
            for quote in statement.quotes:
                assert not isinstance(verify(ProposedCitation(quote.passage, quote.text), by_key), Rejection)


def test_the_same_evidence_gives_the_same_proposal() -> None:
    evidence = label_evidence()
    engine = ExtractiveEngine()
    assert engine.propose(task("quiz"), evidence) == engine.propose(task("quiz"), evidence)


def test_sentences_that_need_their_neighbours_are_never_proposed() -> None:
    proposal = ExtractiveEngine().propose(task("key-moments"), label_evidence())
    assert not any(statement.text.startswith("However") for statement in proposal.statements)


def test_a_sentence_that_the_next_one_limits_is_proposed_with_it() -> None:
    told = "Overall survival was longer with Velmora: 14 months versus 11 months with placebo."
    limit = "However, this difference was not statistically significant (p = 0.08)."
    evidence = evidence_of_lines([told, limit], section=("5.1 Pharmacodynamic properties",))
    assert [unit.text for unit in read_units([evidence])] == [f"{told} {limit}"]


def test_a_sentence_that_says_nothing_alone_is_proposed_with_the_one_before_it() -> None:
    told = "Headache was reported by 12% of patients with Velmora and by 8% with placebo."
    hanging = ["Most were mild.", "The difference was not significant (p = 0.21)."]
    next_matter = "Nausea was reported by 4% of patients."
    evidence = evidence_of_lines([told, *hanging, next_matter], section=("5.1 Pharmacodynamic properties",))
    assert [unit.text for unit in read_units([evidence])] == [" ".join((told, *hanging)), next_matter]


def test_what_is_spoken_is_not_joined() -> None:
    lines = ("I always want to see the absolute figure.", "The absolute difference was 6.2 points.")
    evidence = evidence_of_lines(lines, section=("Efficacy",), source_kind="transcript")
    assert [unit.text for unit in read_units([evidence])] == list(lines)


def test_a_primary_endpoint_with_its_result_comes_before_a_secondary_one() -> None:
    lines = (
        "Le critère principal était le pourcentage de réduction des crises.",
        "La réduction médiane était de 30,2 % avec Velmora et de 12,1 % avec le placebo (p < 0,001).",
        "Le taux de répondeurs, critère secondaire, était de 39 % avec Velmora et de 21 % avec le placebo (p = 0,01).",
    )
    evidence = evidence_of_lines(lines, section=("5.1 Propriétés pharmacodynamiques",), language="fr")
    proposal = ExtractiveEngine().propose(replace(task("email"), language="fr"), [evidence])
    assert proposal.statements[0].text == " ".join(lines[:2])


def test_a_draft_does_not_open_with_a_result_of_nothing() -> None:
    evidence = evidence_of_lines(
        ["The difference from placebo was 4.2 points (p = 0.01)."],
        section=("5.1 Pharmacodynamic properties",),
    )
    assert not ExtractiveEngine().propose(task("key-moments"), [evidence]).statements


def test_a_sentence_whose_meaning_its_place_turns_is_no_candidate() -> None:
    lines = (
        "The following analyses were exploratory and post hoc.",
        "Hospitalisation for heart failure occurred in 8% of patients on Velmora and in 12% on placebo.",
    )
    evidence = evidence_of_lines(lines, section=("5.1 Pharmacodynamic properties",))
    assert not ExtractiveEngine().propose(task("key-moments"), [evidence]).statements


def test_excipients_are_not_a_key_moment() -> None:
    proposal = ExtractiveEngine().propose(task("key-moments"), label_evidence())
    assert all("lactose" not in statement.text for statement in proposal.statements)


def test_an_email_balances_its_messages_with_safety() -> None:
    proposal = ExtractiveEngine().propose(task("email"), label_evidence())
    safety = [statement.role in SAFETY for statement in proposal.statements]
    assert 2 <= safety.count(False) <= 4
    assert safety == sorted(safety), "messages first, then safety"
    assert True in safety


def test_a_brief_has_three_messages_and_a_safety_reminder() -> None:
    parts = [s.part for s in ExtractiveEngine().propose(task("brief"), label_evidence()).statements]
    assert parts.count("message") == 3
    assert "safety" in parts


def test_a_quiz_asks_for_values_and_proves_each_key() -> None:
    questions = ExtractiveEngine().propose(task("quiz"), label_evidence()).questions
    assert len(questions) >= 3
    for question in questions:
        assert question.options[question.key] in question.feedback.text


def test_what_a_rule_stopped_is_not_proposed_again() -> None:
    evidence = label_evidence()
    first = ExtractiveEngine().propose(task("key-moments"), evidence).statements[0].text
    again = ExtractiveEngine().propose(task("key-moments", left_out=frozenset({first})), evidence)
    assert first not in [statement.text for statement in again.statements]


def test_a_topic_keeps_what_carries_it_and_the_safety_beside_it() -> None:
    evidence = label_evidence()
    focus = frozenset(item.passage for item in evidence if "4.4" in item.section[0])
    proposal = ExtractiveEngine().propose(task("key-moments", topic="potassium", focus=focus), evidence)
    assert any("potassium" in statement.text for statement in proposal.statements)
    assert all("potassium" in s.text or s.role in SAFETY for s in proposal.statements)


def test_a_piece_on_a_topic_tells_it_first_whatever_its_role() -> None:
    evidence = label_evidence()
    focus = frozenset(item.passage for item in evidence if "4.4" in item.section[0])
    for kind in ("email", "brief"):
        proposal = ExtractiveEngine().propose(task(kind, topic="potassium", focus=focus), evidence)
        assert "potassium" in proposal.statements[0].text
        assert any("potassium" not in s.text and s.role in SAFETY for s in proposal.statements)


def test_an_email_on_a_topic_that_is_itself_safety_still_ends_with_safety() -> None:
    evidence = label_evidence()
    focus = frozenset(item.passage for item in evidence if "4.8" in item.section[0])
    told = ExtractiveEngine().propose(task("email", topic="hyperkalaemia", focus=focus), evidence).statements
    assert told[-1].role in SAFETY


def test_a_quiz_on_a_topic_asks_what_its_search_found_before_other_matters() -> None:
    evidence = label_evidence()
    focus = frozenset(item.passage for item in evidence if "4.2" in item.section[0])
    questions = ExtractiveEngine().propose(task("quiz", topic="potassium", focus=focus), evidence).questions
    assert questions
    assert all("potassium" in q.feedback.text or q.feedback.quotes[0].passage in focus for q in questions)


def test_french_labels_are_read_alike() -> None:
    evidence = label_evidence(FRENCH, language="fr")
    proposal = ExtractiveEngine().propose(Task("key-moments", "fr", ("Velmora",)), evidence)
    assert {"indication", "dose", "contraindication"} <= {statement.role for statement in proposal.statements}


def test_where_there_is_a_label_it_alone_tells_the_dose() -> None:
    deck = evidence_of_lines(
        [("The recommended dose is 40 mg once daily in all adults.", "bullet")],
        section=("Dosing",), passage="deck", source="source_2", source_kind="deck", slide=True,
    )  # fmt: skip
    proposal = ExtractiveEngine().propose(task("email"), [*label_evidence(), deck])
    assert all("40 mg" not in statement.text for statement in proposal.statements)


def test_nothing_that_stands_alone_gives_an_empty_proposal() -> None:
    scraps = [
        evidence_of_lines(
            ["See section 4.4.", "However, this is so."], section=("Notes",), source_kind="paper"
        )
    ]
    assert ExtractiveEngine().propose(task("key-moments"), scraps).statements == ()


PRIMARY_RESULT = (
    "In ORIENT-HF, cardiovascular death occurred in 282 patients (23.4%) with cardorelone and in 356 (29.5%) with "
    "placebo (hazard ratio 0.77; 95% CI 0.66 to 0.90; p = 0.001)."
)
"""Told again by every source of a dossier."""


def test_a_result_told_by_the_label_is_not_told_again_by_paper_and_deck() -> None:
    again = "Over 26.4 months cardiovascular death occurred in 282 (23.4%) versus 356 (29.5%): HR 0.77; 95% CI 0.66 to 0.90."
    short = (
        "Cardiovascular death was reduced with cardorelone versus placebo: hazard ratio 0.77 (0.66 to 0.90)."
    )
    other = "Hyperkalaemia was more frequent with cardorelone than with placebo (11.8% versus 6.1%)."
    evidence = [
        evidence_of_lines([PRIMARY_RESULT], section=("5.1 Pharmacodynamic properties",), passage="a"),
        evidence_of_lines(
            [again, other], section=("Results",), passage="b", source="s2", source_kind="paper"
        ),
        evidence_of_lines(
            [short], section=("Primary endpoint",), passage="c", source="s3", source_kind="deck"
        ),
    ]
    texts = [s.text for s in ExtractiveEngine().propose(task("key-moments"), evidence).statements]
    assert texts == [PRIMARY_RESULT, other]


def test_the_primary_result_with_both_arms_comes_before_markers_and_single_arms() -> None:
    evidence = evidence_of_lines(
        [
            (
                "Patients on cardorelone demonstrated a significantly higher PSA response rate than with placebo, 78.0% "
                "versus 3.5% (difference = 74.5%, p < 0.0001)."
            ),
            "Median progression-free survival, the primary endpoint of the single-arm study, was 8.1 months (95% CI: 6.1, 8.3).",
            "The median age at randomisation was 74 years with cardorelone and 73 years with placebo.",
            (
                "Overall survival was longer with cardorelone than with placebo, 32.4 versus 30.2 months (HR = 0.71; 95% CI: "
                "0.60 to 0.84; p < 0.0001)."
            ),
        ],
        section=("5.1 Pharmacodynamic properties",),
    )
    ranked = sorted(candidates(read_units([evidence]), task("brief")), key=lambda c: -c.worth)
    assert ranked[0].unit.text.startswith("Overall survival")


def test_the_label_s_own_telling_of_a_result_comes_before_the_paper_s() -> None:
    again = "Over 26.4 months a primary endpoint event occurred in 282 (23.4%) versus 356 (29.5%): HR 0.77; p = 0.001."
    indication = "Velmora is indicated in adults for the treatment of chronic heart failure."
    evidence = [
        evidence_of_lines([indication], section=("4.1 Therapeutic indications",), passage="i"),
        evidence_of_lines([PRIMARY_RESULT], section=("5.1 Pharmacodynamic properties",), passage="a"),
        evidence_of_lines(
            [again], section=("Abstract", "Results"), passage="b", source="s2", source_kind="paper"
        ),
    ]
    for kind in ("email", "brief"):
        texts = [s.text for s in ExtractiveEngine().propose(task(kind), evidence).statements]
        assert texts == [indication, PRIMARY_RESULT]


def test_bullets_without_a_verb_stand_only_where_their_slide_s_title_stands_above_them() -> None:
    slide = evidence_of_lines(
        [("Very high performance of the algorithm for the classification of cases", "bullet")],
        section=("Conclusions",), source_kind="deck", slide=True,
    )  # fmt: skip
    assert len(ExtractiveEngine().propose(task("key-moments"), [slide]).statements) == 1
    assert ExtractiveEngine().propose(task("email"), [slide]).statements == ()


def test_what_a_paper_says_of_others_in_its_background_is_no_result() -> None:
    known = (
        "Inhibitors of the transporter reduced the risk of death compared with placebo by 13% (p < 0.001)."
    )
    background = evidence_of_lines([known], section=("Background",), source_kind="paper")
    pool = candidates(read_units([background]), task("key-moments"))
    assert all(candidate.role != "result" for candidate in pool)


def test_what_a_label_calls_secondary_comes_well_after_its_primary_result() -> None:
    label = label_evidence()
    fifth = [
        evidence_of_lines(
            [PRIMARY_RESULT],
            section=("5.1 Pharmacodynamic properties", "Primary endpoint"), passage="x",
        ),
        evidence_of_lines(
            ["Cardiovascular death occurred in 12.3% with cardorelone and in 13.9% with placebo (hazard ratio 0.88; p = 0.26)."],
            section=("5.1 Pharmacodynamic properties", "Secondary endpoints"), passage="y",
        ),
    ]  # fmt: skip
    results = [c for c in candidates(read_units([*label, *fifth]), task("brief")) if c.role == "result"]
    worth = {c.unit.heading: c.worth for c in results}
    assert worth["Primary endpoint"] > worth["Secondary endpoints"] + 3


def _paper(**sections: tuple[str, ...]) -> list[Evidence]:
    return [
        evidence_of_lines(lines, section=(name,), source_kind="paper", passage=f"passage-{name}")
        for name, lines in sections.items()
    ]


def test_a_topic_s_prohibition_comes_with_what_is_not_known_of_it() -> None:
    lines = (
        "There are no adequate data from the use of Velmora in pregnant women.",
        "Pregnancy was reported by 300 women of the registry, of whom 12 took Velmora.",
        "Velmora must not be used during pregnancy.",
    )
    evidence = [
        evidence_of_lines(lines, section=("4.6 Fertility, pregnancy and lactation",), passage="p1"),
        *label_evidence(),
    ]
    asked = task("key-moments", topic="pregnancy", focus=frozenset({"p1"}))
    told = [statement.text for statement in ExtractiveEngine().propose(asked, evidence).statements]
    assert lines[0] in told
    assert lines[-1] in told
    assert {"contraindication", "adverse_reaction"} <= {
        s.role for s in ExtractiveEngine().propose(asked, evidence).statements
    }


def test_a_topic_that_a_study_excluded_is_told_as_excluded() -> None:
    evidence = _paper(
        Methods=(
            "Adults with 4 to 14 attacks per month were assigned to cardorelone or placebo.",
            "Patients with chronic cluster headache were excluded.",
        ),
        Results=("Attacks per month fell by 3.9 with cardorelone and by 2.0 with placebo (p = 0.001).",),
    )
    asked = task("key-moments", topic="chronic cluster headache", focus=frozenset({"passage-Methods"}))
    told = [statement.text for statement in ExtractiveEngine().propose(asked, evidence).statements]
    assert told == ["Patients with chronic cluster headache were excluded."]


def test_what_trials_are_made_to_prevent_is_no_reaction() -> None:
    evidence = _paper(
        Results=("Stroke occurred in 3.1% of patients with cardorelone and in 4.4% with placebo (p = 0.02).",)
    )
    (statement,) = ExtractiveEngine().propose(task("key-moments"), evidence).statements
    assert statement.role == "result"


def test_what_was_unknown_before_a_study_is_no_key_moment_of_it() -> None:
    result = "The volume fell by 6.0 mL/m² with cardorelone compared with placebo (p = 0.015)."
    known = "The effects of cardorelone on the size of the left ventricle are uncertain."
    evidence = [
        evidence_of_lines((text,), section=(name,), source_kind="paper", passage=name, page=2)
        for name, text in (("What is new?", known), ("Results", result))
    ]
    told = [s.text for s in ExtractiveEngine().propose(task("key-moments"), evidence).statements]
    assert told == [result]


def test_the_primary_result_of_a_paper_is_told_first_though_its_sentence_tells_how_it_was_adjusted() -> None:
    primary = (
        "Compared with placebo, cardorelone increased the daily urine volume at week 6 (mean difference, 540 mL [95% CI, 130 to 950]; "
        "P = 0.005) after adjustment for treatment order."
    )
    lesser = "Cardorelone caused a decrease in creatinine excretion (mean difference, 1.6 mmol/L [95% CI, 0.3 to 3.1]; P = 0.016) compared with placebo."
    evidence = _paper(
        Methods=(
            "The primary outcome was the change in daily urine volume from baseline to week 6.",
            "Secondary outcomes were creatinine excretion and body weight.",
        ),
        Results=(lesser, primary),
    )
    for kind in ("email", "quiz"):
        proposal = ExtractiveEngine().propose(task(kind), evidence)
        told = [s.text for s in proposal.statements] or [q.feedback.text for q in proposal.questions]
        assert primary in told
        assert lesser not in told[:1]


def test_what_others_found_and_what_a_study_was_to_find_are_no_conclusions_of_it() -> None:
    own = "In conclusion, cardorelone improved sleep compared with placebo in adults with heart failure."
    evidence = _paper(
        Results=("Sleep improved by 12% with cardorelone compared with placebo (p = 0.004).",),
        Conclusions=(
            "Previous evaluations of cardorelone have revealed that it can confer major benefits to patients.",
            "The present study was designed to investigate the impact of cardorelone on sleep in adults.",
            own,
        ),
    )
    ranked = sorted(candidates(read_units(evidence), task("key-moments")), key=lambda c: -c.worth)
    assert next(c.unit.text for c in ranked if c.role == "conclusion") == own
    assert all(
        c.worth < 0.5 * ranked[0].worth
        for c in ranked
        if "Previous" in c.unit.text or "designed" in c.unit.text
    )


def test_a_paper_s_introduction_below_its_abstract_s_conclusions_is_no_conclusion() -> None:
    own = "Cardorelone improved sleep in adults with heart failure."
    known = [
        f"Poor sleep is a burden of heart failure in {share}% of patients worldwide."
        for share in (20, 30, 40)
    ]
    evidence = [
        evidence_of_lines(
            (own, own.replace("sleep", "mood"), own.replace("sleep", "appetite"), *known),
            section=("Conclusions",),
            source_kind="paper",
            page=1,
        )
    ]
    roles = {c.unit.text: c.role for c in candidates(read_units(evidence), task("key-moments"))}
    assert roles[own] == "conclusion"
    assert {roles[text] for text in known if text in roles} == {"key_point"}


def test_a_result_that_a_fuller_one_holds_is_not_told_again() -> None:
    full = "Among adults with at least 4 attacks a month, the rate of attacks was reduced by 48% with cardorelone compared with placebo (p = 0.001)."
    short = "The rate of attacks was reduced by 48%."
    evidence = _paper(
        Results=(
            full,
            "The pain score fell by 2.1 points with cardorelone and by 1.0 with placebo (p = 0.02).",
        ),
        Conclusions=(short,),
    )
    told = [s.text for s in ExtractiveEngine().propose(task("key-moments"), evidence).statements]
    assert full in told
    assert short not in told


def test_that_something_did_not_happen_is_no_safety_information_beside_what_did() -> None:
    none = "There were no incidences of ketoacidosis with cardorelone."
    happened = "Two patients experienced an acute decline in renal function with cardorelone."
    evidence = _paper(
        Results=("Sleep improved by 12% with cardorelone compared with placebo (p = 0.004).", none, happened)
    )
    for kind in ("key-moments", "email", "brief"):
        told = [s.text for s in ExtractiveEngine().propose(task(kind), evidence).statements]
        assert happened in told


def test_a_label_s_indication_may_name_again_what_it_named() -> None:
    indication = "Norvatine est indiqué dans l'angor stable, en association à un bêta-bloquant ou lorsque celui-ci est mal toléré."
    forbidden = "Antécédent de pancréatite aiguë survenue sous ce médicament."
    evidence = [
        evidence_of_lines(
            [indication], section=("4.1 Indications thérapeutiques",), passage="i", language="fr"
        ),
        evidence_of_lines([forbidden], section=("4.3 Contre-indications",), passage="c", language="fr"),
    ]
    told = [
        s.text for s in ExtractiveEngine().propose(task("key-moments", language="fr"), evidence).statements
    ]
    assert told == [indication, forbidden]


def test_a_result_of_all_arms_together_is_not_told_before_one_of_the_medicine() -> None:
    pooled = "Overall 219 (69% [95% CI 64 to 74]) of 314 patients reached the target pressure."
    own = "The target pressure was reached by 58% of patients on cardorelone, more than on the other treatments."
    ranked = sorted(
        candidates(read_units(_paper(Results=(pooled, own))), task("email")), key=lambda c: -c.worth
    )
    assert ranked[0].unit.text == own


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("fr", ("Le comprimé est pris le soir, une fois par jour, avec un verre d'eau.", "En cas d'oubli, la dose de 30 mg par jour est prise dès que possible.", "La posologie initiale est de 15 mg par jour pendant deux semaines.")),
        ("fr", ("La dose maximale recommandée ne doit pas dépasser le plafond de 90 mg par jour.", "Le traitement doit être débuté à 5 mg par jour.")),
        ("en", ("A missed dose of 30 mg a day should be taken as soon as possible.", "Treatment should be initiated with 15 mg a day for two weeks.")),
    ],
)  # fmt: skip
def test_the_dose_that_a_treatment_begins_with_is_told_before_how_it_is_taken(
    language: str, lines: tuple[str, ...]
) -> None:
    section = ("4. Clinical", "4.2 Posology" if language == "en" else "4.2 Posologie")
    units = read_units([evidence_of_lines(list(lines), section=section, language=language)])
    first = max(candidates(units, task("email")), key=lambda c: c.worth)
    assert first.unit.text == lines[-1]


@pytest.mark.parametrize("kind", ["key-moments", "email", "brief"])
@pytest.mark.parametrize("how", ["This post hoc analysis included all 640 patients who took at least one dose.", "We did a pooled analysis of the two trials with 640 patients who took at least one dose."])  # fmt: skip
def test_that_a_paper_looked_back_or_put_trials_together_is_told_with_its_results(
    kind: PieceKind, how: str
) -> None:
    enrolled = "Adults with chronic asthma were randomised to double-blind Nalorel or placebo for a year."
    evidence = _paper(
        Methods=(enrolled, "Exacerbations were defined beforehand by three of the authors.", how),
        Results=(
            "Exacerbations were fewer with Nalorel than with placebo (22% versus 31%; p=0.004).",
            "Quality of life was better with Nalorel than with placebo (difference 4.1; 95% CI 1.2 to 7.0).",
        ),
    )
    told = [s.text for s in ExtractiveEngine().propose(task(kind, names=("Nalorel",)), evidence).statements]
    assert how in told
    assert enrolled in told


def test_of_several_primary_endpoints_all_are_told_and_not_the_one_that_was_met() -> None:
    met = "Nalorel reduced exacerbations in comparison with placebo (22% versus 31%; p=0.004)."
    both = "Exacerbations fell to 22% with Nalorel versus 31% with placebo (p=0.004). However, the other co-primary endpoint, lung function, did not differ between the groups (difference 0.02 L; 95% CI -0.05 to 0.09)."
    title = "Nalorel in asthma"
    evidence = [
        evidence_of_lines([met], section=(title, "Abstract", "Results"), passage="a", source_kind="paper"),
        evidence_of_lines(both.replace(". However", ".| However").split("| "), section=(title, "Results", "Co-primary outcomes"), passage="r", page=4, source_kind="paper"),
    ]  # fmt: skip
    told = [
        s.text for s in ExtractiveEngine().propose(task("email", names=("Nalorel",)), evidence).statements
    ]
    assert told == [both]
