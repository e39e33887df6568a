"""Where a person may look who is told no answer."""

from dataclasses import replace

import pytest

from assistant.chat.pointing import MOST, nearest_places, place_json
from tests.builders.labels import label_evidence

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
