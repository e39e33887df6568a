"""Which places of a text are one and the same, whichever reader told them."""

from collections.abc import Sequence

import pytest

from assistant.retrieval.evidence import CitableSource
from assistant.retrieval.same_place import Places, PlacesOf, same_place
from guardrails.model import QuoteSpan
from ingestion.model import Layer, PageSpan, Sentence, SentenceKind

SAID = "The dose is 5 mg once daily."
SOURCE = CitableSource("src", "read", "Velmora", "label", "en", "pdf", False, frozenset({9}))


def sentence(
    at: int, text: str, section: Sequence[str], kind: SentenceKind = "sentence", layer: Layer = "body"
) -> Sentence:
    return Sentence(at, text, kind, layer, (PageSpan(at + 1, 0, len(text)),), tuple(section))


def place(*section: str, kind: SentenceKind = "sentence") -> Places:
    span = QuoteSpan(1, 0, len(SAID), SAID)
    return PlacesOf([sentence(0, SAID, section, kind)], {}).of([span])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("4.2 Posology", "Adults"), ("4.2. Posology :", "Adults")),
        (("4.2 Posology",), ("ANNEX I", "4.2 Posology")),
        (("4.2 Posology",), ("Velmora 5 mg tablets", "4.2 Posology")),
        (("VELMORA 5 MG TABLETS", "4.2 Posology"), ("Velmora 5 mg tablets", "4.2 Posology")),
        (("Summary 2024", "4.2 Posology"), ("Summary", "page 3", "4.2 Posology")),
        (("4.2 Posology", "1. Adults"), ("4.2 Posology", "2. Adults")),
        (("4.2 Posology", "Patients under 12 (with food)"), ("4.2 Posology", "Patients under 12, with food")),
    ],
)
def test_what_readers_tell_apart_without_meaning_is_one_place(
    one: Sequence[str], other: Sequence[str]
) -> None:
    assert same_place(place(*one), place(*other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("4.2 Posology", "10 mg tablets"), ("4.2 Posology", "5 mg tablets")),
        (("4.2 Posology", "75 years and over"), ("4.2 Posology", "65 years and over")),
        (("4.2 Posology", "A Children"), ("4.2 Posology", "B Children")),
        (("4.2 Posology", "Children > 12 years"), ("4.2 Posology", "Children < 12 years")),
        (("Velmora 5 mg tablets", "4.2 Posology"), ("Velmora 10 mg tablets", "4.2 Posology")),
        (("Velmora 0,5 mg", "4.2 Posology"), ("Velmora 5 mg", "4.2 Posology")),
        (("4.2 Posology", "Adults"), ("4.2 Posology", "Renal impairment")),
        (("4.2 Posology",), ("4.3 Contraindications",)),
        (("4.2 Posology",), ()),
    ],
)
def test_another_heading_strength_or_age_is_another_place(one: Sequence[str], other: Sequence[str]) -> None:
    assert not same_place(place(*one), place(*other))


def test_a_list_is_running_text_and_a_row_is_not() -> None:
    assert same_place(place("4.2 Posology"), place("4.2 Posology", kind="bullet"))
    assert not same_place(place("4.2 Posology"), place("4.2 Posology", kind="row"))


def test_what_stands_nowhere_stands_in_no_place() -> None:
    assert not same_place(frozenset(), frozenset())


def test_words_are_found_whole_in_a_row_and_where_they_may_be_cited() -> None:
    food = "It is taken with food."
    read = [
        sentence(0, SAID, ("4.2 Posology",)),
        sentence(1, "With food", ("4.2 Posology",), kind="heading"),
        sentence(2, food, ("4.2 Posology", "With food")),
        sentence(3, f"{SAID[:-1]} in adults.", ("4.1 Indications",)),
        sentence(4, SAID, ("5. Notes",), layer="notes"),
        sentence(8, SAID, ("6. Left out",)),
    ]
    places = PlacesOf(read, {})
    assert list(places.saying(SAID, SOURCE)) == [place("4.2 Posology")]
    both = place("4.2 Posology") | place("4.2 Posology", "With food")
    assert list(places.saying(f"{SAID} {food}", SOURCE)) == [both]
    assert not list(places.saying("The dose is 5 mg", SOURCE))
