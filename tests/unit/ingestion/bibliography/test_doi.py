"""A DOI is read out of the text around it."""

import pytest

from ingestion.bibliography.doi import find_doi


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("(doi: 10.1016/S0140-6736(15)00257-3).", "10.1016/S0140-6736(15)00257-3"),
        ("see 10.1000/abc.", "10.1000/abc"),
        ("version 10.2", ""),
    ],
)
def test_a_doi_ends_where_the_sentence_goes_on(text: str, doi: str) -> None:
    assert find_doi(text) == doi
