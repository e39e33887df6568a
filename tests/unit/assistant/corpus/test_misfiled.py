"""By which of its names a label may call its product."""

import pytest

from assistant.corpus.misfiled import named_in


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("Velmora",), "VELMORA 5 mg"),
        (("Adriamix", "doxorubicin"), "Doxorubicine 2 mg/ml"),
        (("Insulin lispro Norda",), "Insuline lispro 100 unités/ml"),
        (("X1",), "X1 10 mg"),
    ],
)
def test_a_word_of_a_name_is_enough_in_either_language(names: tuple[str, ...], text: str) -> None:
    assert named_in(names, text)


@pytest.mark.parametrize(
    ("names", "text"),
    [(("Velmora", "cardorelone"), "Faslodex 250 mg, fulvestrant"), (("X1",), "X2 10 mg"), (("Velmora",), "")],
)
def test_another_medicines_label_has_none(names: tuple[str, ...], text: str) -> None:
    assert not named_in(names, text)
