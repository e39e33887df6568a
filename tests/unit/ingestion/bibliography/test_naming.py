"""A footnote finds the one document that it names, or none."""

import pytest

from ingestion.bibliography.model import BibliographicReference
from ingestion.bibliography.naming import find_doi, named_by

BREVIA = BibliographicReference(
    ("Martin AB", "Durand C"),
    "Effect of velmorine on renal outcomes in adults with heart failure",
    "Cardiac Letters", 2021, "143", "2", "516-525", "10.9999/CL.1",
)  # fmt: skip
LATER = BibliographicReference(
    ("Martin AB",),
    "Long-term safety of velmorine: an extension study",
    "Cardiac Letters",
    2021,
    "144",
    "",
    "12-20",
)
NOVEL = BibliographicReference(("Díaz-Núñez E",), "Velmorine in the elderly", "Annals", 2019, "7", "", "e33")
REGISTERED = {"brevia": BREVIA, "later": LATER, "novel": NOVEL}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("1. Martin AB, et al. doi:10.9999/cl.1", "brevia"),
        ("https://doi.org/10.9999/CL.1.", "brevia"),
        (
            "1. Martin AB, Durand C. Effect of velmorine on renal outcomes in adults with heart failure. 2021.",
            "brevia",
        ),
        ("[2] Martin AB et al. Cardiac Letters 2021;144:12–20", "later"),
        ("Diaz-Nunez E. Velmorine in the elderly. Annals. 2019", "novel"),
        ("Díaz‑Núñez E, et al. Annals 2019; 7: e33", "novel"),
        ("Martin AB, et al. Cardiac Letters 2021", None),  # two of the same author and year
        ("Martin AB, et al. Cardiac Letters 2020;143:516-525", None),  # another year
        ("Martinez AB. Cardiac Letters 2021;143:516-525", None),  # another author
        (
            "Durand C. Effect of velmorine on renal outcomes in adults with heart failure. 2021.",
            None,
        ),  # not the first
        (
            "Martin AB. Effect of velmorine on renal outcomes in adults with heart failure. 2021. doi:10.9999/other",
            None,
        ),
        ("Data on file", None),
        ("", None),
    ],
)
def test_a_reference_text_names_one_document_or_none(text: str, named: str | None) -> None:
    assert named_by(text, REGISTERED) == named


def test_the_same_doi_twice_is_ambiguous() -> None:
    assert named_by("doi:10.9999/CL.1", {"a": BREVIA, "b": BREVIA}) is None


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
