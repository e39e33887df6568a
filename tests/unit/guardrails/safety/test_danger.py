"""Danger that is told quietly: by what goes on, by when it came, by what was swallowed; and what is over."""

import pytest

from guardrails.safety import intake
from guardrails.safety.danger import shows_danger, sounds_urgent


@pytest.mark.parametrize(
    "said",
    [
        "second fit in front of me, seven minutes and not stopping",
        "les secousses s'enchaînent depuis ce matin",
        "I pinch her and she barely moans",
        "de longs silences entre les respirations",
        "the meter shows LO and he pushes the spoon away",
        "TA 6/3 et moite",
        "he does not know who I am",
        "la peau du dos se décolle, bouche à vif",
        "third towel and still red",
        "baby not moving since noon",
    ],
)
def test_what_goes_on_is_a_danger_without_a_word_that_says_so(said: str) -> None:
    assert sounds_urgent(said)


@pytest.mark.parametrize(
    "said",
    [
        "the tablets are lined up on the table, it will be quiet soon",
        "j'ai écrit une lettre à mes enfants et compté mes comprimés",
        "everyone will be happier without me",
        "après ce soir plus rien ne comptera",
    ],
)
def test_a_death_prepared_in_quiet_words_is_a_danger(said: str) -> None:
    assert sounds_urgent(said)


def test_a_sign_that_came_within_minutes_is_a_danger_and_the_same_over_weeks_is_not() -> None:
    assert sounds_urgent("lips much bigger than ten minutes ago")
    assert not sounds_urgent("lips a little swollen for three weeks")
    assert sounds_urgent("la voix devient rauque, vaccin il y a dix minutes")
    assert not sounds_urgent("la voix est rauque depuis deux mois")
    assert sounds_urgent("il cherche ses mots depuis midi")
    assert not sounds_urgent("il cherche ses mots depuis six mois, vu par le neurologue")


def test_many_tablets_a_while_ago_are_a_danger_though_nothing_is_felt_yet() -> None:
    assert sounds_urgent("my nephew swallowed 24 of them half an hour ago, he feels fine")
    assert sounds_urgent("il en a avalé une vingtaine il y a dix minutes, il va bien")
    assert not sounds_urgent("she took 20 mg half an hour ago")
    assert not sounds_urgent("he swallowed 24 of them last year, home after a day of observation")


def test_tablets_missing_beside_a_small_child_are_a_danger() -> None:
    assert sounds_urgent("my daughter played with the strip and five are gone")
    assert sounds_urgent("le petit a ouvert la boîte, il manque trois comprimés")
    assert not sounds_urgent("il manque trois comprimés dans la boîte")


def test_what_was_long_ago_counts_in_its_own_sentence_only() -> None:
    assert shows_danger("He is unconscious. Thank you for your kind answer last month")
    assert not shows_danger("He was unconscious last month")


def test_quiet_signs_open_no_case_by_themselves() -> None:
    assert not shows_danger("everything is ready, tablets lined up for the photo")
    assert intake("where is the photo of the tablets lined up, everything is ready for print", "en") is None


@pytest.mark.parametrize(
    "said",
    [
        "K+ 6.8, bradycardic on it, what do I do",
        "kaliémie à 6,6 avec troubles du rythme, que faire ?",
        "potassium 6.9 with ECG changes on it",
        "K 6,7 et QRS un peu larges, que faire",
    ],
)
def test_high_potassium_beside_its_sign_on_the_heart_is_a_danger_in_few_words(said: str) -> None:
    signal = intake(said, "fr" if "," in said and "que" in said else "en")
    assert signal is not None
    assert "emergency" in signal.kinds


@pytest.mark.parametrize(
    "said",
    [
        "K 6.8, stop?",
        "potassium 5.6 and bradycardic last year, may I start?",
        "does it cause bradycardia?",
        "K+ 6.9 in the trial, how many had bradycardia last year?",
    ],
)
def test_high_potassium_alone_and_a_milder_one_are_no_danger_by_themselves(said: str) -> None:
    assert not shows_danger(said)
