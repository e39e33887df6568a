"""How the options of a quiz question stand to its stem, to each other and to the feedback."""

import pytest

from guardrails.model import Document, Language
from tests.unit.guardrails.builders import document, evidence, found, says, segment, statement

HELD = "The recommended dose of Velmora is 10 mg once daily in adults with heart failure."


def quiz(stem: str, *options: str, feedback: str = HELD, language: Language = "en") -> Document:
    """A question whose first option is the key, and its feedback."""
    segments = [segment(stem, "question", "question", "q", group="q1", language=language)]
    for number, text in enumerate(options):
        role = "distractor" if number else "key"
        segments.append(segment(text, "option", role, f"o{number}", group="q1", language=language))
    told = statement(feedback, feedback, of=evidence(feedback), role="feedback", lineage="s", group="q1")
    return document(*segments, told, kind="quiz")


@pytest.mark.parametrize("rule", ["QZ5", "QZ6", "QZ7", "QZ9"])
@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("“The recommended dose of Velmora is […] once daily in adults with heart failure.”", ("10 mg", "20 mg", "40 mg")),
        ("What is the dose of Velmora in heart failure?", ("10 mg", "20 mg", "30 mg")),
        ("How often is Velmora taken?", ("once daily", "twice daily", "three times daily")),
    ],
)  # fmt: skip
def test_a_well_built_question_raises_nothing(rule: str, stem: str, options: tuple[str, ...]) -> None:
    assert says(rule, quiz(stem, *options)) == []


@pytest.mark.parametrize(
    ("stem", "options", "language"),
    [
        ("The patient needs an […].", ("antidote", "diuretic", "inhaler"), "en"),
        ("The patient needs a […].", ("diuretic", "inhaler", "laxative"), "en"),
        ("Le patient a besoin d’[…].", ("insuline", "oxygène", "repos"), "fr"),
        ("On mesure la […].", ("kaliémie", "natrémie", "albumine"), "fr"),
    ],
)
def test_an_option_that_cannot_stand_behind_its_article(
    stem: str, options: tuple[str, ...], language: Language
) -> None:
    assert len(says("QZ5", quiz(stem, *options, language=language))) == 1


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("It takes an […] to act.", ("hour", "MRI", "x-ray")),
        ("It is a […].", ("unique dose", "one-off dose", "european standard")),
        ("It is an […].", ("ulcer", "oedema", "infection")),
        ("Vitamin A […].", ("is absorbed", "is excreted", "is stored")),
    ],
)
def test_what_sounds_right_is_no_clash(stem: str, options: tuple[str, ...]) -> None:
    assert not found("QZ5", quiz(stem, *options))


def test_singular_and_plural_beside_each_other() -> None:
    doc = quiz(
        "Live vaccines […] during treatment.", "are contraindicated", "are allowed", "requires caution"
    )
    assert "requires caution" in says("QZ5", doc)[0]


def test_a_word_of_the_question_in_the_key_alone() -> None:
    doc = quiz(
        "What must be done if potassium rises?", "Measure potassium weekly", "Weigh the patient", "Nothing"
    )
    assert "potassium" in says("QZ6", doc)[0].lower()
    both = quiz("What must be done if potassium rises?", "Measure potassium", "Ignore potassium", "Nothing")
    assert not found("QZ6", both)


def test_the_source_that_a_gapped_sentence_is_introduced_with_is_no_hint() -> None:
    stem = "According to “Potassium in heart failure”, what completes this sentence? “[…] must be measured.”"
    assert not found("QZ6", quiz(stem, "Potassium", "Sodium", "Weight"))


def test_a_key_that_gathers_what_the_others_have_in_part() -> None:
    gathering = quiz("What is seen?", "fever and rash", "fever and cough", "rash and itch")
    assert "gathers" in says("QZ6", gathering)[0]
    apart = quiz("What is seen?", "fever and rash", "cough and itch", "nausea and pain")
    assert not found("QZ6", apart)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("10 mg", "20 mg", "no dose at all"), "another kind"),
        (("renal impairment", "severe renal impairment", "asthma"), "overlap"),
        (("5 to 10 mg", "8 to 12 mg", "20 to 30 mg"), "overlap"),
        (("less than 5 mg", "less than 10 mg", "20 mg"), "overlap"),
        (("10 mg", "40 mg", "20 mg"), "in their order"),
    ],
)
def test_options_that_are_not_of_one_kind_apart_and_in_order(options: tuple[str, ...], word: str) -> None:
    assert any(word in message for message in says("QZ7", quiz("What is right?", *options)))


@pytest.mark.parametrize(
    "options",
    [
        ("40 mg", "20 mg", "10 mg"),
        ("1 week", "10 days", "3 months"),
        ("5 to 10 mg", "11 to 20 mg", "21 to 30 mg"),
        ("asthma", "gout", "epilepsy"),
    ],
)
def test_options_of_one_kind_raise_nothing(options: tuple[str, ...]) -> None:
    assert not found("QZ7", quiz("What is right?", *options))


def test_feedback_that_does_not_say_the_right_answer_waits_for_a_reviewer() -> None:
    doc = quiz("What is the dose?", "20 mg", "5 mg", "40 mg")
    assert [finding.severity for finding in found("QZ9", doc)] == ["needs_review"]
    assert "“20 mg”" in says("QZ9", doc)[0]


def test_feedback_that_also_says_a_wrong_answer_waits_for_a_reviewer() -> None:
    told = "The starting dose is 10 mg, and the target dose is 20 mg."
    doc = quiz("What is the starting dose?", "10 mg", "20 mg", "40 mg", feedback=told)
    assert "“20 mg”" in says("QZ9", doc)[0]
    within = quiz("How is it taken?", "10 mg once daily", "10 mg", "40 mg", feedback=HELD)
    assert not found("QZ9", within)
