"""What an approval leaves out is never found, quoted or shown as evidence: pages, slides and stretches of time."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.corpus.model import Source
from assistant.errors import InvalidInput
from assistant.retrieval.evidence import all_evidence
from assistant.retrieval.still_read import citable_texts
from assistant.store.database import Database
from ingestion.model import Reading
from tests.integration.conftest import reading_of

LINES = (
    "The dose is 5 mg.",
    "A secret of the second turn.",
    "Store below 25 degrees.",
    "A last word of thanks.",
)
AddSource = Callable[..., Source]


def talk() -> Reading:
    """Four turns of a minute each."""
    read = reading_of(*LINES, title="A talk")
    pages = tuple(replace(p, starts=60.0 * at, ends=60.0 * (at + 1)) for at, p in enumerate(read.pages))
    return replace(read, format="transcript", pages=pages)


def said(db: Database, found: Source) -> str:
    with db.read() as connection:
        return " ".join(evidence.text for evidence in all_evidence(connection, [found.id]))


def test_turns_within_the_times_are_left_out_everywhere(db: Database, add_source: AddSource) -> None:
    found = add_source(talk(), kind="transcript", excluded_times=((70.0, 100.0),))
    assert found.excluded_pages == {2}
    assert found.excluded_times == ((70.0, 100.0),)
    assert "secret" not in said(db, found)
    assert "Store below" in said(db, found)
    with db.read() as connection:
        assert not any("secret" in text for text in citable_texts(connection, found.id))


@pytest.mark.parametrize(
    ("stretch", "left_out"),
    [((0.0, 60.0), {1}), ((59.0, 61.0), {1, 2}), ((180.0, 9999.0), {3, 4}), ((0.0, 9999.0), {1, 2, 3, 4})],
)
def test_a_turn_that_touches_the_stretch_is_left_out(
    add_source: AddSource, stretch: tuple[float, float], left_out: set[int]
) -> None:
    assert add_source(talk(), kind="transcript", excluded_times=(stretch,)).excluded_pages >= left_out


def test_a_stretch_beyond_the_end_is_refused(add_source: AddSource) -> None:
    with pytest.raises(InvalidInput, match="nothing between 01:00:00 and 01:10:00"):
        add_source(talk(), kind="transcript", excluded_times=((3600.0, 4200.0),))


def test_a_file_without_times_has_none_to_leave_out(add_source: AddSource) -> None:
    with pytest.raises(InvalidInput, match="has no times"):
        add_source(reading_of("The dose is 5 mg."), excluded_times=((0.0, 10.0),))
