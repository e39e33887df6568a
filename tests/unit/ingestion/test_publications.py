"""Whether a footnote names a registered publication."""

import pytest

from ingestion.publications import names, names_label

TITLE = "Cardorelone in chronic heart failure: the ORIENT-HF trial"
REFERENCE = (
    "Vartesse I, Okkerhuis B, Aubrée C. Cardorelone in chronic heart failure: the ORIENT-HF trial. "
    "J Card Outcomes 2024;12(9):e0412. doi:10.1234/jco.0412"
)


@pytest.mark.parametrize(
    "footnote",
    [
        "Vartesse I, et al. J Card Outcomes 2024;12(9):e0412.",
        "Vartesse I et al. J Card Outcomes. 2024;12:e0412",
        "VARTESSE I, et al. Other words entirely. https://doi.org/10.1234/JCO.0412.",
        "Vartesse et al. 2024",
        "Vartesse I. Cardorelone in chronic heart failure: the ORIENT-HF trial. 2024.",
    ],
)
def test_the_same_publication_is_known_in_any_form(footnote: str) -> None:
    assert names(footnote, TITLE, REFERENCE)


@pytest.mark.parametrize(
    "footnote",
    [
        "Vartesse I, et al. J Card Outcomes 2024;13(1):22.",
        "Vartesse I, et al. J Card Outcomes 2023;12(9):e0412.",
        "Wilmowska K, et al. J Card Outcomes 2024;12(9):e0412.",
        "Vartesse I, et al. doi:10.1234/jco.9999 2024",
        "Vartesse I, Roux M. Tolerance of a diuretic in elderly outpatients followed in the community. 2024.",
    ],
)
def test_another_volume_year_author_doi_or_title_is_another_publication(footnote: str) -> None:
    assert not names(footnote, TITLE, REFERENCE)


def test_a_label_is_named_by_the_products_name_and_not_by_another_date() -> None:
    footnote = "Velmora, résumé des caractéristiques du produit, 14 février 2025, rubrique 4.8."
    assert names_label(footnote, ["Velmora"], "Velmora RCP du 14 février 2025", "")
    assert names_label(footnote, ["Velmora"], "Velmora, label", "")
    assert not names_label(footnote, ["Velmora"], "Velmora RCP du 3 mars 2026", "")
    assert not names_label(footnote, ["Otherin"], "Otherin RCP", "")
    assert not names_label("Velmora, brochure, 2025", ["Velmora"], "Velmora RCP", "")
