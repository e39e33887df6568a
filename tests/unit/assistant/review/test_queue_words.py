"""What a task is found by is what the pages call it, in both languages."""

import pytest

from api.web.words import WORDS, word
from assistant.review.queue_facts import title_words
from assistant.review.queue_words import named_markets_and_kinds, words_kept


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", sorted(WORDS["piece_kind"]))
def test_every_kind_is_found_by_the_first_and_last_word_that_its_reader_sees(
    kind: str, language: str
) -> None:
    said = [part for part in title_words(word("piece_kind", kind, language)) if part != "de"]
    for part in said:
        assert kind in named_markets_and_kinds(part)[1], part


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("market", sorted(WORDS["market"]))
def test_every_market_is_found_by_its_code_and_its_name(market: str, language: str) -> None:
    for part in (market.casefold(), *title_words(word("market", market, language))):
        assert market in named_markets_and_kinds(part)[0], part


def test_an_id_is_one_word() -> None:
    assert words_kept(["Élan: piece of work", "piece_0a1b2c", None]) == (
        "elan",
        "piece",
        "of",
        "work",
        "#0a1b2c",
    )
