from dataclasses import replace
from pathlib import Path

import pytest

from assistant.engines.habits import LEAST_MEASURED, SPREAD, UNMEASURED, Habits, habits
from assistant.engines.tokens import tokens
from assistant.settings import Settings

FRENCH = "La dose recommandée chez l'adulte est de 10 mg une fois par jour avec un verre d'eau. " * 60
ENGLISH = "The recommended dose in adults is 10 mg once daily with a glass of water. " * 60
PLAIN = Settings(home=Path("/nowhere"), database_url="sqlite://", egress=False, openai_model="m")


def test_until_the_endpoint_has_told_french_is_taken_for_dearer_than_english() -> None:
    assert Habits().factor([FRENCH]) == UNMEASURED["fr"] > Habits().factor([ENGLISH]) == UNMEASURED["en"] > 1


def test_the_endpoint_s_own_count_is_the_factor_of_that_language_from_then_on() -> None:
    known = Habits()
    sent = tokens(FRENCH)
    assert not known.was_cut(FRENCH, int(1.3 * sent))
    assert known.factor([FRENCH]) == pytest.approx(1.3 * SPREAD, rel=0.01)
    assert known.factor([ENGLISH]) == UNMEASURED["en"]


def test_the_dearest_count_of_a_language_stays_and_a_short_prompt_tells_nothing() -> None:
    known = Habits()
    sent = tokens(FRENCH)
    for share in (1.4, 1.2):
        known.was_cut(FRENCH, int(share * sent))
    short = "Une phrase est là."
    assert tokens(short) < LEAST_MEASURED
    known.was_cut(short, 400)
    assert known.factor([FRENCH]) == pytest.approx(1.4 * SPREAD, rel=0.01)


def test_a_tokenizer_that_counts_less_than_ours_gives_no_more_room_than_there_is() -> None:
    known = Habits()
    assert not known.was_cut(ENGLISH, int(0.8 * tokens(ENGLISH)))
    assert known.factor([ENGLISH]) == 1.0


def test_far_fewer_tokens_than_were_sent_are_a_cut_prompt_and_teach_nothing() -> None:
    known = Habits()
    assert known.was_cut(FRENCH, int(0.5 * tokens(FRENCH)))
    assert known.factor([FRENCH]) == UNMEASURED["fr"]


def test_with_a_measured_tokenizer_a_cut_is_seen_earlier() -> None:
    known = Habits()
    sent = tokens(FRENCH)
    assert not Habits().was_cut(FRENCH * 2, int(2 * sent * 0.75))
    assert not known.was_cut(FRENCH, int(1.4 * sent))
    assert known.was_cut(FRENCH * 2, int(2 * sent * 0.75))


def test_what_an_endpoint_kept_from_a_prompt_that_it_read_whole_is_no_cut() -> None:
    known = Habits()
    sent = tokens(ENGLISH)
    assert not known.was_cut(ENGLISH, sent)
    assert not known.was_cut(ENGLISH, sent // 10)
    assert known.was_cut(ENGLISH * 3, sent // 10)


@pytest.mark.parametrize(
    ("address", "version", "first"),
    [
        ("", "", "max_completion_tokens"),
        ("https://api.openai.com/v1", "", "max_completion_tokens"),
        ("https://house.openai.azure.com", "2024-10-21", "max_completion_tokens"),
        ("https://house.openai.azure.com/openai/v1", "", "max_completion_tokens"),
        ("https://api.mistral.ai/v1", "", "max_tokens"),
        ("http://localhost:11434/v1", "", "max_tokens"),
        ("https://openai.com.example.org/v1", "", "max_tokens"),
    ],
)
def test_the_limit_goes_by_the_word_that_the_endpoint_knows(address: str, version: str, first: str) -> None:
    known = habits(replace(PLAIN, openai_base_url=address, openai_api_version=version))
    assert known.limits[0] == first
    assert len(known.limits) == 2


def test_what_is_known_of_a_model_is_kept_for_the_process_and_not_for_another_model() -> None:
    one, other = (replace(PLAIN, openai_model=name) for name in ("known-a", "known-b"))
    habits(one).was_cut(FRENCH, tokens(FRENCH))
    assert habits(one).factor([FRENCH]) == SPREAD
    assert habits(other).factor([FRENCH]) == UNMEASURED["fr"]
