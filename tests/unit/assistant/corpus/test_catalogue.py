"""The corpus as one table: each filter alone, several together, and every order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.catalogue import SORTS, CorpusQuery, choose, query_of


def row(title: str, **changes: Any) -> dict[str, Any]:
    made = {
        "id": title,
        "title": title,
        "product": "Velmora",
        "kind": "label",
        "language": "fr",
        "status": "approved",
        "markets": ["FR"],
        "audiences": ["hcp"],
        "uses": ["promotional"],
        "display_right": "in_house",
        "expires_on": "2026-12-31",
        "days_left": 200,
        "pages": 10,
        "unreadable": 0,
        "doubtful": 0,
        "file_name": "label.pdf",
        "reference": "",
        "reference_confirmed": False,
        "registered_at": "2026-01-01T10:00:00+00:00",
    }
    return {**made, **changes}


ROWS = [
    row("Label"),
    row("Étude", kind="paper", product="Aubrac", reference="Martin AB. 2021.", reference_confirmed=True, unreadable=2),
    row("Deck", kind="deck", markets=["EU", "FR"], audiences=["pharmacist"], uses=["internal"], language="en"),
    row("Old", status="expired", days_left=-3, expires_on="2026-06-01", display_right="handout"),
    row("Soon", days_left=20, expires_on="2026-07-05", doubtful=1, registered_at="2026-02-01T10:00:00+00:00"),
    row("New", status="pending", days_left=None, expires_on=None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, {"Label", "Étude", "Deck", "Old", "Soon", "New"}),
        ({"text": "étude"}, {"Étude"}),
        ({"text": "martin 2021"}, {"Étude"}),
        ({"text": "label.pdf deck"}, {"Deck"}),
        ({"product": "Aubrac"}, {"Étude"}),
        ({"kind": "deck"}, {"Deck"}),
        ({"market": "EU"}, {"Deck"}),
        ({"audience": "pharmacist"}, {"Deck"}),
        ({"use": "internal"}, {"Deck"}),
        ({"status": "expired"}, {"Old"}),
        ({"language": "en"}, {"Deck"}),
        ({"right": "handout"}, {"Old"}),
        ({"expiring": "30"}, {"Soon"}),
        ({"expiring": "soon"}, set()),
        ({"pages": "unreadable"}, {"Étude"}),
        ({"pages": "doubtful"}, {"Soon"}),
        ({"pages": "title"}, set()),
        ({"reference": "confirmed"}, {"Étude"}),
        ({"market": "FR", "kind": "deck", "language": "en"}, {"Deck"}),
        ({"market": "FR", "kind": "deck", "language": "fr"}, set()),
    ],
)
def test_filters(asked: dict[str, str], titles: set[str]) -> None:
    assert {found["title"] for found in choose(ROWS, query_of(asked))} == titles


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("", "Deck", "Étude"),
        ("-title", "Étude", "Deck"),
        ("expires", "Old", "New"),
        ("-unreadable", "Étude", "Étude"),
        ("-added", "Soon", "Étude"),
        ("nonsense", "Deck", "Étude"),
    ],
)
def test_orders(sort: str, first: str, last: str) -> None:
    found = [one["title"] for one in choose(ROWS, query_of({"sort": sort}))]
    assert found[0] == first
    assert last in found


def test_the_order_alone_is_no_filter() -> None:
    assert not CorpusQuery(sort="-title").filtered()
    assert CorpusQuery(text="x").filtered()


@given(
    st.dictionaries(st.sampled_from([*CorpusQuery.__slots__]), st.text(max_size=20)), st.sampled_from(SORTS)
)
def test_no_address_makes_the_page_fail(given_values: dict[str, str], sort: str) -> None:
    found = choose(ROWS, query_of({**given_values, "sort": sort}))
    assert all(one in ROWS for one in found)
