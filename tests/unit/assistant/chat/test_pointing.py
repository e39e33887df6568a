"""Where a person may look who is told no answer."""

from dataclasses import replace

import pytest

from assistant.chat.pointing import MOST, nearest_of, nearest_places, place_json
from assistant.chat.question import take_apart
from guardrails.model import Evidence
from tests.builders.labels import evidence_of_lines, label_evidence

EVIDENCE = label_evidence()


def test_a_section_is_named_once_however_many_of_its_passages_are_found() -> None:
    first, *rest = EVIDENCE
    places = nearest_places([first, first, *rest])
    assert places[0] is first
    assert len({(item.source, item.locator.section) for item in places}) == len(places) == MOST


@pytest.mark.parametrize(
    "section",
    [
        "Acknowledgements",
        "ACKNOWLEDGMENTS",
        "References",
        "6. References",
        "6 Back matter › Funding:",
        "Conflicts of interest",
        "Remerciements",
        "Références bibliographiques",
        "Déclaration de liens d’intérêts",
    ],
)
def test_where_a_publication_speaks_of_itself_is_no_place_to_look(section: str) -> None:
    first, second, *_ = EVIDENCE
    apart = replace(first, locator=replace(first.locator, section=section))
    assert nearest_places([apart, second]) == (second,)


@pytest.mark.parametrize(
    "section", ["", "Reference values", "Reference product", "4.2 Posology › Elderly", "Intérêt clinique"]
)
def test_a_section_on_the_medicine_stays_a_place(section: str) -> None:
    (first, *_) = EVIDENCE
    here = replace(first, locator=replace(first.locator, section=section))
    assert nearest_places([here]) == (here,)


def test_nothing_found_names_no_place() -> None:
    assert nearest_places([]) == ()


def test_a_place_is_told_without_its_words() -> None:
    (item, *_) = EVIDENCE
    told = place_json(item, cross_language=False)
    assert (told["title"], told["locator"]["section"]) == (item.title, item.locator.section)
    assert item.text not in str(told)


def passage(text: str, *section: str) -> Evidence:
    return evidence_of_lines([text], section=section, passage=text, source_kind="label")


ADDRESSES = passage("Ostivar is made in Lyon.", "6. FURTHER INFORMATION")
LEAFLET = passage("Ask before you take it with medicines for fits.", "2. BEFORE YOU TAKE IT")
DOSE = passage("The dose is 10 mg.", "4.2 Posology and method of administration")
RENAL = passage(
    "No adjustment in renal impairment.", "4.2 Posology and method of administration", "Renal impairment"
)
WARNED = passage("Caution in angle-closure glaucoma.", "4.4 Special warnings and precautions for use")
WITH_WARFARIN = passage("Warfarin exposure doubles.", "4.5 Interaction with other medicinal products")
FOUND = [ADDRESSES, LEAFLET, DOSE, WARNED, RENAL, WITH_WARFARIN]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("glaucome, précautions ?", WARNED),
        ("warfarine en cours, je peux débuter ?", WITH_WARFARIN),
        ("insuffisant rénal dialysé, on diminue ?", RENAL),
        ("quelle posologie ?", DOSE),
        ("allongement ?", DOSE),
    ],
)
def test_the_place_that_speaks_of_what_is_named_comes_before_the_first_one_found(
    question: str, place: Evidence
) -> None:
    assert nearest_of(FOUND, take_apart(question, ("Ostivar",), frozenset())) is place


def test_what_speaks_of_nothing_named_and_stands_elsewhere_is_no_place() -> None:
    asked = take_apart("grossesse possible ?", ("Ostivar",), frozenset())
    assert nearest_of([ADDRESSES, LEAFLET], asked) is None
    assert nearest_of([], asked) is None
