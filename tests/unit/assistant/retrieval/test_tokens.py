"""Words compared one by one: what is kept of a passage, and what of a question counts."""

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.tokens import closeness, packed, weights_of
from assistant.retrieval.words import WordScores
from ingestion.e5.encoder import Read

WIDTH = 64


def direction(word: str) -> NDArray[np.float32]:
    signs = np.random.default_rng(list(word.encode())).choice([-1.0, 1.0], WIDTH)
    return (signs / np.sqrt(WIDTH)).astype(np.float32)


def read(*pieces: str) -> Read:
    rows = np.stack([direction(piece.removeprefix("▁")) for piece in pieces])
    return Read(rows.mean(axis=0), pieces, rows)


def words(rarity: dict[str, float], found: dict[str, int]) -> WordScores:
    return WordScores(np.zeros(1), np.zeros(1), rarity, found)


def test_a_passage_keeps_one_bit_a_number_of_the_pieces_of_words_that_carry_a_subject() -> None:
    kept = packed(read("▁the", "▁do", "se", "▁of", "▁5"))
    assert (kept.width, len(kept.signs)) == (WIDTH, 3 * WIDTH // 8)
    assert kept == packed(read("▁do", "se", "▁5"))


def test_a_passage_without_such_a_word_keeps_all() -> None:
    assert len(packed(read("▁of", "▁the")).signs) == 2 * WIDTH // 8


def test_the_nearest_row_counts_wherever_it_stands() -> None:
    question = read("▁dose", "▁renal")
    both = packed(read("▁mild", "▁renal", "▁failure", "▁dose"))
    one = packed(read("▁dose", "▁adults", "▁tablets"))
    near = closeness(question, np.array([1.0, 1.0]), [one, both])
    assert near[1] == np.float32(1.0)
    assert near[0] < near[1]


def test_a_piece_without_weight_says_nothing() -> None:
    question = read("▁dose", "▁renal")
    dose, renal = packed(read("▁dose")), packed(read("▁renal"))
    near = closeness(question, np.array([0.0, 2.0]), [dose, renal])
    assert near[1] == 1.0
    assert near[0] < near[1]
    assert closeness(question, np.zeros(2), [dose, renal]).tolist() == [0.0, 0.0]


def test_a_word_counts_by_the_square_of_its_rarity_in_all_of_its_pieces() -> None:
    found = words({"dose": 1.0, "kidney": 3.0}, {"dose": 5, "kidney": 1})
    assert weights_of(read("▁the", "▁do", "ses", "▁kidney"), found, "en").tolist() == [0.0, 1.0, 1.0, 9.0]


def test_a_word_that_stands_nowhere_is_as_rare_as_the_rarest() -> None:
    found = words({"dose": 1.0, "kidney": 3.0}, {"dose": 5, "kidney": 1})
    assert weights_of(read("▁zygote"), found, "en").tolist() == [9.0]
