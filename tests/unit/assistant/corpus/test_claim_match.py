"""A claim is found word for word, or what differs is said; a page is right or named."""

import pytest

from assistant.corpus.claim_match import Document, Verdict
from ingestion.approved_claims import ClaimRow, claim_rows

LABEL = Document(
    [
        (1, "The recommended dose is 10 mg once daily."),
        (2, "Treatment must not be started in patients whose serum potassium is above 5.5 mmol/L."),
        (3, "The most common adverse reaction was hyperkalaemia (11.8%)."),
        (3, "It was mostly mild."),
        (4, "The tablet is taken with or without"),
        (5, "food."),
    ],
    "en",
)


def claim(text: str, page: int | None = None, safety: str = "") -> ClaimRow:
    return ClaimRow(1, "C-1", text, document="label.pdf", cited_page=page, safety_text=safety)


def match(text: str, page: int | None = None, safety: str = "") -> Verdict:
    return LABEL.match(claim(text, page, safety))


@pytest.mark.parametrize("page", [1, None])
def test_the_same_words_on_the_cited_page_match(page: int | None) -> None:
    assert match("The recommended  dose is 10\u00a0mg once daily.", page) == Verdict("matched", 1)


def test_a_claim_over_a_pages_end_matches_on_both_pages() -> None:
    for page in (4, 5):
        assert match("The tablet is taken with or without food.", page).match == "matched"


def test_the_same_words_on_another_page_name_it() -> None:
    verdict = match("The recommended dose is 10 mg once daily.", 7)
    assert (verdict.match, verdict.page, verdict.detail["cited_page"]) == ("page_wrong", 1, 7)


def test_part_of_a_number_is_not_the_number() -> None:
    assert match("hyperkalaemia (11.8%", 3).match == "matched"
    assert match("serum potassium is above 5", 2).match == "differs"


def test_another_figure_differs_and_is_named() -> None:
    verdict = match("The recommended dose is 20 mg once daily.", 1)
    assert (verdict.match, verdict.page, verdict.detail["figures"]) == ("differs", 1, ["20 mg"])
    assert verdict.detail["closest"] == "The recommended dose is 10 mg once daily."


def test_a_negation_left_out_differs_though_every_word_is_there() -> None:
    verdict = match("Treatment must be started in patients whose serum potassium is above 5.5 mmol/L.", 2)
    assert (verdict.match, verdict.detail["words_left_out"]) == ("differs", ["not"])


def test_what_the_document_does_not_say_is_not_found() -> None:
    assert match("Velmora halves the risk of stroke in smokers.", 1) == Verdict("not_found")


def test_linked_safety_text_is_looked_for_too() -> None:
    dose = "The recommended dose is 10 mg once daily."
    found = match(dose, 1, "The most common adverse reaction was hyperkalaemia (11.8%).")
    assert found.detail == {"safety_text": "matched", "safety_page": 3}
    assert match(dose, 1, "No adverse reaction was seen.").detail == {"safety_text": "not_found"}


@pytest.mark.parametrize(
    "columns",
    [
        ("variants", "document", "page", "safety_text", "markets", "expires_on", "language", "version"),
        (
            "Variantes",
            "Source",
            "Page",
            "Texte de sécurité",
            "Marchés",
            "Date d’expiration",
            "Langue",
            "Version",
        ),
    ],
)
def test_a_row_is_understood_by_french_and_english_columns(columns: tuple[str, ...]) -> None:
    values = ("a|b", "label.pdf", "p. 3", "Careful.", "FR|EU", "2027-01-31 00:00:00", "FR", "2")
    meta = {f"V.1.{column}": value for column, value in zip(columns, values, strict=True)}
    (row,) = claim_rows([(1, "V.1", "Taken once daily.")], meta)
    assert (row.variants, row.document, row.cited_page) == (("a", "b"), "label.pdf", 3)
    assert (row.safety_text, row.markets, row.language, row.version) == ("Careful.", ("FR", "EU"), "fr", "2")
    assert str(row.expires_on) == "2027-01-31"


@pytest.mark.parametrize("written", ["31/01/2027", "soon", "2027-02-30"])
def test_a_date_that_cannot_be_read_is_none(written: str) -> None:
    assert ClaimRow(1, "C", "x", expires=written).expires_on is None
