import pytest

from assistant.corpus.label_names import LabelNames, names_in_label

ONE_EN, TWO_EN = ("1. NAME OF THE MEDICINAL PRODUCT",), ("2. QUALITATIVE AND QUANTITATIVE COMPOSITION",)
ONE_FR, TWO_FR = ("1. DÉNOMINATION DU MÉDICAMENT",), ("2. COMPOSITION QUALITATIVE ET QUANTITATIVE",)


@pytest.mark.parametrize(
    ("title", "passages", "names"),
    [
        ("", [(TWO_EN, "Each tablet contains 30 mg of ravolimide.")], LabelNames("", "ravolimide")),
        (
            "",
            [(TWO_EN, "One vial contains 250 mg ravolimide in 5 ml solution.")],
            LabelNames("", "ravolimide"),
        ),
        ("", [(TWO_EN, "Each tablet contains 5 mg of oxaltine (as besilate).")], LabelNames("", "oxaltine")),
        ("", [(TWO_FR, "Chaque comprimé contient 20 mg d'oxaltine.")], LabelNames("", "oxaltine")),
        ("", [(TWO_FR, "Une gélule contient 60 mg de chlorhydrate de doxanil.")], LabelNames("", "doxanil")),
        ("Ostivel, INN-ravolimide", [], LabelNames("Ostivel", "ravolimide")),
        ("Ostivel Novo, DCI – ravolimide", [], LabelNames("Ostivel Novo", "ravolimide")),
        ("Summary of this medicine, INN-ravolimide", [], LabelNames("", "ravolimide")),
        (
            "",
            [
                (ONE_FR, "OSTIVEL 30 mg, comprimé pelliculé"),
                (TWO_FR, "Chaque comprimé contient 30 mg de ravolimide. Contient 84 mg de lactose."),
            ],
            LabelNames("OSTIVEL", "ravolimide"),
        ),
        ("", [(ONE_FR, "Ostivel 30 mg, comprimé - ravolimide")], LabelNames("Ostivel", "ravolimide")),
    ],
)
def test_a_label_says_what_its_medicine_is_called(
    title: str, passages: list[tuple[tuple[str, ...], str]], names: LabelNames
) -> None:
    assert names_in_label(title, passages) == names


@pytest.mark.parametrize(
    ("title", "passages"),
    [
        ("(anonymous)", []),
        ("", [(TWO_EN, "Each sachet contains 84 mg of lactose monohydrate.")]),
        ("", [(TWO_EN, "Each tablet contains 5 mg of oxaltine and 10 mg of ravolimide.")]),
        ("", [(("4.3 Contraindications",), "Each tablet contains 30 mg of ravolimide.")]),
        ("", [(TWO_EN, "Each tablet contains 5 mg oxaltine (as besilate 6.94 mg) and 160 mg ravolimide.")]),
        ("", [(TWO_EN, "Each tablet contains 40 mg oxaltine, 10 mg ravolimide.")]),
        ("", [(TWO_EN, "Each tablet contains 5 mg oxaltine plus 160 mg of ravolimide.")]),
        ("Zyntra, INN-insulin glargine", []),
        ("", [(TWO_EN, "One vial contains 1000 IU human coagulation factor.")]),
        ("", [(TWO_FR, "Chaque comprimé contient 250 mg d'acide ravolimidique.")]),
        ("", [(TWO_EN, "Each tablet contains 20 mg mannitol.")]),
        ("", [(TWO_EN, "For the full list of excipients, see section 6.1.")]),
    ],
)
def test_what_is_no_name_of_the_one_substance_is_not_learned(
    title: str, passages: list[tuple[tuple[str, ...], str]]
) -> None:
    assert names_in_label(title, passages).substance == ""
