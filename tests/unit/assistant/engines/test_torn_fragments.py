"""What says nothing alone is not told: a condition without its matter, the rest of a list, classes without reactions."""

import pytest

from assistant.engines.cues import ADDED_THERAPY, FORBIDS, NO_EFFECT, SPEAKS_OF_ONESELF
from assistant.engines.standing import refusal


@pytest.mark.parametrize(
    "text",
    [
        "If confirmed, continue to monitor the levels at least every 2 weeks.",
        "The 2 patients in the placebo group were hospitalised for a fracture.",
        "Nausea and fever were common and are most frequent of the remaining adverse events.",
        "Groupings follow this convention: Very common (≥1/10), Common (≥1/100 to <1/10), Uncommon (≥1/1,000 to <1/100), Rare (<1/1,000).",
    ],
)
def test_a_sentence_that_leans_on_another_is_refused(text: str) -> None:
    assert refusal(text, "sentence", "en") is not None


@pytest.mark.parametrize(
    "text",
    [
        "If necessary, the dose may be increased to 20 mg after two weeks.",
        "The 95 patients in the treated group were followed for two years.",
        "Risk of dryness: All patients with a large lesion show signs of dryness.",
        "Reactions were common (≥1/100 to <1/10): rash; uncommon (≥1/1,000 to <1/100): itching; rare (<1/1,000): fever.",
    ],
)
def test_one_that_is_whole_stands(text: str) -> None:
    assert refusal(text, "sentence", "en") is None


def test_what_is_forbidden_together_comes_before_what_does_nothing() -> None:
    assert FORBIDS.search("Use with strong inhibitors is contraindicated.")
    assert NO_EFFECT.search("Velmora had no clinically relevant effect on digitoline.")
    assert not NO_EFFECT.search("The exposure to digitoline rose by half.")


def test_a_heading_of_added_therapy_is_not_one_of_use_with_others() -> None:
    assert ADDED_THERAPY.match("Adjunctive therapy")
    assert ADDED_THERAPY.match("Traitement associé")
    assert not ADDED_THERAPY.match("Concomitant treatment with strong inhibitors")


def test_a_speaker_on_himself_is_not_the_documents() -> None:
    assert SPEAKS_OF_ONESELF.search("I do not ask my patients to live without fruit.")
    assert not SPEAKS_OF_ONESELF.search("Patients of NYHA class I were left out.")
