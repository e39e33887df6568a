"""A new version: what changed, and which statements rest on what changed; on both databases."""

from datetime import date
from typing import Any

import pytest

from assistant.corpus.diff.stored import diff_of
from assistant.corpus.loading import load_source
from assistant.corpus.model import ApprovalRequest
from assistant.errors import InvalidInput, NotAllowed
from assistant.people.roles import Actor
from assistant.publishing.versions import source_diff
from assistant.store.database import Database
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of

People = dict[str, Actor]
APPROVAL = ApprovalRequest("REF-2", date(2026, 1, 1), date(2028, 1, 1))


def newer(db: Database, people: People, source: str, *sentences: str) -> str:
    return add_source(
        db, people["librarian"], sentences, replaces=source, approval=APPROVAL, title="Next label"
    )


def affected(db: Database, people: People, old: str, new: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = source_diff(db, people["writer"], old, new)["affected"]
    return found


def test_a_new_version_is_compared_with_what_it_replaces(db: Database, people: People, source: str) -> None:
    version = newer(db, people, source, SENTENCES[0], "The recommended starting dose is 5 mg once daily.")
    diff = source_diff(db, people["librarian"], None, version)["diff"]
    assert (diff["old"]["id"], diff["new"]["id"]) == (source, version)
    assert diff["counts"] == {"changed": 1, "added": 0, "removed": 1, "moved": 0, "unchanged": 1}
    changed = next(c for c in diff["changes"] if c["status"] == "changed")
    assert changed["kinds"] == ["dose", "number"]
    assert [changed["old"]["text"][s:e] for s, e in changed["old"]["marks"]] == ["10"]
    assert changed["new"]["spans"][0]["page"] == 2


def test_each_draft_is_named_with_the_statements_whose_support_changed(
    db: Database, people: People, source: str
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, 3))
    version = newer(db, people, source, "The recommended starting dose is 5 mg once daily.", SENTENCES[0])
    (item,) = affected(db, people, source, version)
    assert (item["piece"], item["support"], item["publication"]) == (piece.id, "gone", None)
    outcomes = {one["lineage"]: (one["outcome"], one["kinds"]) for one in item["statements"]}
    assert outcomes["s2"] == ("changed", ["dose", "number"])
    assert outcomes["s3"] == ("gone", [])
    assert outcomes["s1"][0] in {"unchanged", "moved"}
    carried = next(one for one in item["statements"] if one["lineage"] == "s1")
    assert carried["new"]["spans"] == [[2, 0, len(SENTENCES[0])]]


def test_where_nothing_that_is_quoted_changed_the_support_is_unchanged(
    db: Database, people: People, source: str
) -> None:
    add_piece(db, people["writer"], document_of(db, source, 2))
    version = newer(db, people, source, *SENTENCES, "A new sentence.")
    (item,) = affected(db, people, source, version)
    assert item["support"] == "unchanged"


def test_a_version_that_replaces_nothing_wants_both_named(db: Database, people: People, source: str) -> None:
    with pytest.raises(InvalidInput, match="replaces no other version"):
        source_diff(db, people["librarian"], None, source)
    with pytest.raises(InvalidInput, match="one and the same"):
        source_diff(db, people["librarian"], source, source)


def test_who_may_not_read_sources_sees_no_comparison(db: Database, people: People, source: str) -> None:
    with pytest.raises(NotAllowed):
        source_diff(db, people["hcp"], None, source)


def test_two_versions_are_compared_once_and_each_pair_by_itself(
    db: Database, people: People, source: str
) -> None:
    first = newer(db, people, source, "One more sentence.")
    second = newer(db, people, first, "Another one.")
    with db.read() as connection:
        old, one, two = (load_source(connection, key) for key in (source, first, second))
        compared = diff_of(connection, old, one)
        assert diff_of(connection, old, one) is compared
        assert diff_of(connection, old, two) != compared
        assert diff_of(connection, one, old) != compared
