"""The better model: its own cutting into pieces, its file format, and vectors that tell what a text means."""

from pathlib import Path

import numpy as np
import pytest

from ingestion.better import BetterEmbedder
from ingestion.e5.pieces import Pieces, windows
from ingestion.e5.weights import DamagedWeights, Vocabulary, load
from ingestion.embed import ModelChanged

PIECES = {
    "<s>": 0.0,
    "</s>": 0.0,
    "<unk>": 0.0,
    "▁": -4.0,
    "▁do": -3.0,
    "▁dose": -2.5,
    "se": -3.0,
    "s": -3.5,
    "d": -5.0,
}


@pytest.fixture(scope="module")
def model() -> BetterEmbedder:
    return BetterEmbedder()


VOCABULARY = Vocabulary(
    tuple(PIECES), tuple(PIECES.values()), begin=0, end=1, unknown=2, replaced={0x00A0: " ", 0xFB01: "fi"}
)


def pieces(text: str) -> list[str]:
    return [VOCABULARY.pieces[number] for number in Pieces(VOCABULARY).numbers(text)]


def test_a_word_is_cut_where_its_pieces_are_most_probable() -> None:
    assert pieces("dose") == ["▁dose"]
    assert pieces("doses") == ["▁dose", "s"]


def test_spaces_of_any_kind_part_words() -> None:
    assert pieces("dose  dose") == pieces("dose\u00a0dose") == ["▁dose", "▁dose"]


def test_a_character_that_no_piece_holds_is_unknown() -> None:
    assert pieces("dose☃") == ["▁dose", "<unk>"]


def test_a_word_surprises_as_much_as_its_pieces_together() -> None:
    cutter = Pieces(VOCABULARY)
    assert cutter.surprise("dose") == 2.5
    assert cutter.surprise("doses") == 6.0


def test_a_character_that_no_piece_holds_surprises_the_most() -> None:
    assert Pieces(VOCABULARY).surprise("☃") > 10


def test_a_long_text_is_read_in_windows() -> None:
    assert windows([1, 2, 3, 4, 5], 2) == [[1, 2], [3, 4], [5]]
    assert windows([], 2) == [[]]


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"something else altogether")
    with pytest.raises(DamagedWeights):
        load(tmp_path / "other.bin")


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = BetterEmbedder()
    monkeypatch.setattr(BetterEmbedder, "_SHA256", "0" * 64)
    with pytest.raises(ModelChanged):
        changed.embed(["dose"])


def test_a_french_question_is_nearest_to_the_english_text_that_answers_it(model: BetterEmbedder) -> None:
    texts = [
        "The recommended starting dose is 5 mg once daily.",
        "The tablets contain lactose and are stored below 30 °C.",
        "Hyperkalaemia was reported in 11.8% of patients.",
    ]
    cosines = model.embed(texts) @ model.embed_question("Quelle est la posologie initiale recommandée ?")
    assert int(cosines.argmax()) == 0


def test_reading_gives_the_vector_and_a_row_of_each_piece_of_the_text_alone(model: BetterEmbedder) -> None:
    for text in ("The dose is 5 mg.", "Hyperkalaemia was common. " * 150):
        read = model.read(text)
        assert np.abs(read.vector - model.embed([text])[0]).max() < 1e-4
        assert "".join(read.pieces).replace("▁", " ").strip() == text.strip()
        assert read.rows.shape == (len(read.pieces), 384)
        assert np.linalg.norm(read.rows, axis=1) == pytest.approx(np.ones(len(read.pieces)), abs=1e-4)
    question = model.read_question("What is the dose?")
    assert np.abs(question.vector - model.embed_question("What is the dose?")).max() < 1e-4
    assert question.pieces[0] == "▁What"


def test_a_word_is_nearest_to_what_says_the_same_in_another_language(model: BetterEmbedder) -> None:
    english = model.read("headache and constipation and kidney failure")
    french = model.read_question("insuffisance rénale")
    renal = next(at for at, piece in enumerate(french.pieces) if piece.startswith("▁ré"))
    nearest = int((english.rows @ french.rows[renal]).argmax())
    assert "kidney" in "".join(english.pieces[nearest - 2 : nearest + 3])


@pytest.mark.parametrize(("everyday", "medical"), [("inside", "amphetamines"), ("mieux", "hyponatrémie")])
def test_an_everyday_word_surprises_less_than_a_medical_one(
    everyday: str, medical: str, model: BetterEmbedder
) -> None:
    assert model.surprise(everyday) < 15
    assert model.surprise(medical) > 25
