"""A result is told once, with what it belongs to, and as the paper's own."""

from dataclasses import replace

from assistant.engines.extractive import ExtractiveEngine, read_units
from assistant.engines.primary import other_studies, own_studies, tells_of_others
from assistant.engines.protocol import Task
from assistant.engines.standing import refusal, shares_out_nothing
from assistant.engines.worth import looked_back
from guardrails.model import Evidence
from tests.builders.labels import evidence_of_lines

NAMES = ("Velmora", "cardorelone")
ABSTRACT = "Patients treated with cardorelone had lower troponin than with placebo (difference −1.06 ng/L, 95% CI −1.80 to −0.32, p = 0.006)."
RESULTS = "Baseline troponin was 4.91 (1.83) and 5.19 (2.10) ng/L in the groups. The adjusted difference was −1.06 ng/L (−1.80 to −0.32), p = 0.006."
OTHER = "Walking distance was longer with cardorelone than with placebo (difference 31.4 m, 95% CI 12.2 to 50.6, p = 0.002)."


def paper(*parts: tuple[str, str]) -> list[Evidence]:
    return [
        evidence_of_lines([text], section=(name,), source_kind="paper", passage=f"p{number}")
        for number, (name, text) in enumerate(parts)
    ]


def told(evidence: list[Evidence], topic: str | None = None) -> list[str]:
    focus = frozenset(item.passage for item in evidence) if topic else frozenset[str]()
    task = Task("key-moments", "en", NAMES, topic, focus)
    return [statement.text for statement in ExtractiveEngine().propose(task, evidence).statements]


def test_an_estimate_with_its_interval_is_told_once() -> None:
    found = told(paper(("Abstract", ABSTRACT), ("Results", RESULTS), ("Results", OTHER)))
    assert {ABSTRACT, OTHER} <= set(found)
    assert not any("Baseline troponin" in text for text in found)


def test_what_was_known_before_is_no_answer_beside_what_was_found() -> None:
    before = (
        "Troponin has been shown to fall with cardorelone in animals and in small groups of patients [6]."
    )
    evidence = paper(("Introduction", before), ("Results", ABSTRACT))
    assert told(evidence, "troponin") == [ABSTRACT]
    assert before in told(paper(("Introduction", before)), "troponin")


def test_the_papers_own_discussion_speaks_of_itself() -> None:
    own, others = read_units(
        paper(
            ("Discussion", "In our trial troponin fell less than before [12]."),
            ("Discussion", "Troponin rises with age in most populations [12]."),
        )
    )
    assert tells_of_others(others)
    assert not tells_of_others(own)


def test_figures_of_a_previous_study_are_not_the_papers() -> None:
    units = read_units(
        paper(
            ("Methods", "According to a previous study troponin had a standard deviation of 8.9 ng/L."),
            ("Methods", "According to the protocol troponin was measured every 4 weeks in 90 patients."),
        )
    )
    assert other_studies(units) == frozenset({units[0].order})


def test_the_name_of_a_study_is_read_in_the_title_of_the_only_paper() -> None:
    one = replace(evidence_of_lines([OTHER], source_kind="paper"), title="Cardorelone: CORAL-HF")
    label = replace(one, source_kind="label")
    assert own_studies([one]) == ("CORAL-HF",)
    assert own_studies([label]) == ()


def test_figures_told_respectively_need_what_they_belong_to() -> None:
    nothing = (
        "The increases in walking distance were 35 metres (p = 0.006; ANCOVA) and 31 metres, respectively."
    )
    assert shares_out_nothing(nothing)
    assert refusal(nothing, "sentence", "en") == "dangling"
    for told_of in (
        "Bleeding occurred in 0.93% vs. 0.94% of patients on cardorelone and placebo, respectively.",
        "The increases were 35 metres with 10 mg and 31 metres with 20 mg, respectively.",
        "The dose was 5 mg (range 2 and 8 mg, respectively).",
        "Fatal bleeding occurred more often with cardorelone than with warfarin at rates of 0.8% and 0.4% respectively.",
        "Cmax as well as AUC increased by 20% and 30%, respectively.",
        "La durée a été de 3 jours et 5 jours respectivement avec le placebo et Velmora.",
    ):
        assert not shares_out_nothing(told_of), told_of


def test_they_are_told_with_the_sentence_before() -> None:
    lines = [
        "In both the CORAL-1 and CORAL-2 trials cardorelone increased exercise capacity.",
        "The increases in walking distance were 35 metres and 31 metres, respectively.",
    ]
    (unit,) = read_units([evidence_of_lines(lines, section=("5.1 Pharmacodynamic properties",))])
    assert unit.kind == "block"
    assert unit.text.endswith("31 metres, respectively.")


def test_a_decrease_that_was_told_before_is_pointed_at() -> None:
    alone = "Most of this decrease of haemoglobin was detected during the first weeks of treatment."
    assert refusal(alone, "sentence", "en") == "dangling"
    both = (
        "Haemoglobin decreased by 1 g/dl, and this decrease was detected during the first weeks of treatment."
    )
    assert refusal(both, "sentence", "en") is None


def test_a_caption_without_a_verb_is_no_sentence() -> None:
    caption = (
        "Cardorelone given 15 minutes after start of a meal compared to placebo given 2 minutes before it."
    )
    assert refusal(caption, "sentence", "en") == "no_verb"
    assert refusal("Stop treatment with Velmora if potassium exceeds 6 mmol/L.", "sentence", "en") is None


def test_differences_of_nothing_do_not_stand_alone() -> None:
    nothing = "Differences were observed at each visit after 4 weeks (54% and 22%) and 8 weeks (52% and 29%)."
    assert refusal(nothing, "sentence", "en") == "dangling"
    named = "Differences were observed in walking distance at each visit after the first 4 weeks."
    assert refusal(named, "sentence", "en") is None


def test_other_outcomes_looked_at_afterwards_make_no_paper_look_back() -> None:
    assert looked_back("This post hoc analysis of a trial in 412 adults compared cardorelone with placebo.")
    assert not looked_back("Exploratory outcomes, based on post hoc analyses, were changes in memory.")
    assert not looked_back("Patients were assigned to cardorelone or placebo for two years.")
