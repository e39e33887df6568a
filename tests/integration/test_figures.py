"""The figures are counted from what people did, on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.corpus.sources import withdraw_source
from assistant.errors import NotAllowed
from assistant.figures.measure import Scope, figures
from assistant.figures.table import figures_csv
from assistant.people.roles import Actor, Role
from assistant.publishing.cascade import cascade
from assistant.publishing.publications import publish
from assistant.review.decisions import approve, request_changes
from assistant.review.overrides import override
from assistant.review.submission import submit
from assistant.store.database import Database
from tests.builders.dossier import Terms, add_piece, add_source, document_of, edit, reworded
from tests.integration.conftest import FakeClock

PASSWORD = "a passphrase for the tests"
People = dict[str, Actor]


def monday(week: int, days: int = 0) -> datetime:
    return datetime(2026, 6, 1 + 7 * week + days, 9, tzinfo=UTC)


@pytest.fixture
def worked(db: Database, people: People, clock: FakeClock) -> str:
    """One piece: written on a Monday, sent on Wednesday, sent back on Friday, again on Monday, approved on Tuesday,
    published on Thursday; its source withdrawn the Monday after, and the piece marked 90 seconds later.
    """
    clock.instant = monday(0)
    source = add_source(db, people["librarian"])
    piece = add_piece(db, people["writer"], document_of(db, source))
    clock.instant = monday(0, 2)
    submit(db, people["writer"], piece.id)
    clock.instant = monday(0, 4)
    request_changes(db, people["medical"], piece.id, "The dose")
    clock.instant = monday(1)
    edit(db, people["writer"], piece.id, document_of(db, source, 2))
    submit(db, people["writer"], piece.id)
    clock.instant = monday(1, 1)
    approve(db, people["medical"], piece.id, PASSWORD)
    approve(db, people["regulatory"], piece.id, PASSWORD)
    clock.instant = monday(1, 3)
    publish(db, people["regulatory"], piece.id)
    clock.instant = monday(2)
    withdraw_source(db, people["librarian"], source, "A new risk")
    clock.advance(seconds=90)
    cascade(db, people["librarian"], "source_withdrawn", [source])
    return piece.market


def days(found: dict[str, Any]) -> dict[str, tuple[int, float | None]]:
    return {item["stage"]: (item["count"], item["median"]) for item in found["cycle"]}


def test_stages_are_measured_in_working_days(db: Database, people: People, worked: str) -> None:
    found = figures(db, people["auditor"], Scope(market=worked))
    assert days(found) == {"writing": (1, 2), "review": (2, 1.5), "changes": (1, 1), "release": (1, 2)}
    assert found["rounds"]["until_approved"] == [{"rounds": 2, "pieces": 1}]
    assert (found["rounds"]["first_passed"], found["rounds"]["first_decided"]) == (0, 1)
    assert found["recalls"] == [
        {"cause": "source_withdrawn", "count": 1, "median_seconds": 90.0, "longest_seconds": 90.0}
    ]


def test_only_what_ended_in_the_days_and_market_asked_for_is_counted(
    db: Database, people: People, worked: str
) -> None:
    second_week = figures(db, people["legal"], Scope(since=date(2026, 6, 8), until=date(2026, 6, 14)))
    assert days(second_week) == {"writing": (0, None), "review": (1, 1), "changes": (1, 1), "release": (1, 2)}
    assert second_week["recalls"] == []
    elsewhere = figures(db, people["legal"], Scope(market="US" if worked != "US" else "EU"))
    assert all(count == 0 for count, _ in days(elsewhere).values())


def test_what_is_overdue_today_is_counted_by_role(db: Database, people: People, clock: FakeClock) -> None:
    clock.instant = monday(0)
    piece = add_piece(db, people["writer"], document_of(db, add_source(db, people["librarian"])))
    submit(db, people["writer"], piece.id)
    clock.instant = monday(1, 2)
    assert figures(db, people["medical"], Scope())["overdue"] == [
        {"role": "medical", "tasks": 1, "longest": 2},
        {"role": "regulatory", "tasks": 1, "longest": 2},
    ]


def test_findings_are_counted_by_rule_once_a_revision_that_was_sent(db: Database, people: People) -> None:
    source = add_source(db, people["librarian"])
    whole, shorter = document_of(db, source), document_of(db, source, 1)
    bare = add_piece(db, people["writer"], whole, Terms(qualification="promotional", market="FR")).id
    submit(db, people["writer"], bare, override_request="Mentions stand on the page around it")
    request_changes(db, people["medical"], bare, "Shorter.")
    edit(db, people["writer"], bare, shorter)
    edit(db, people["writer"], bare, whole)  # never sent
    edit(db, people["writer"], bare, shorter)
    submit(db, people["writer"], bare, override_request="Mentions stand on the page around it")
    human = reworded(whole, "s1", "Velmora is for adults who have chronic heart failure.")
    submit(db, people["writer"], add_piece(db, people["writer"], human).id)
    found = {item["rule"]: item for item in figures(db, people["auditor"], Scope())["findings"]}
    # FR3 misses three things in each of the two revisions that were sent.
    assert found["FR3"] == {"rule": "FR3", "revisions": 2, "blocking": 2, "waiting": 0}
    assert found["GR2"] == {"rule": "GR2", "revisions": 1, "blocking": 0, "waiting": 1}
    french = figures(db, people["auditor"], Scope(market="FR"))["findings"]
    assert "GR2" not in {item["rule"] for item in french}
    assert french[0]["revisions"] == 2, "the most frequent first"


def test_a_reason_for_an_override_is_counted_and_told_but_not_to_administrators(
    db: Database, people: People
) -> None:
    source = add_source(db, people["librarian"])
    terms = Terms(qualification="promotional", market="FR")
    piece = add_piece(db, people["writer"], document_of(db, source), terms).id
    submit(db, people["writer"], piece, override_request="Mentions stand on the page around it")
    override(db, people["legal"], piece, "FR9", "piece", "=The date, stands below")
    override(db, people["regulatory"], piece, "FR9", "piece", "Seen")
    shown = figures(db, people["medical"], Scope())
    assert shown["overrides"] == [{"rule": "FR9", "count": 2, "reasons": ["=The date, stands below", "Seen"]}]
    lines = figures_csv(shown).splitlines()
    assert [line for line in lines if line.startswith("overrides")] == [
        "overrides,FR9,count,2",
        'overrides,FR9,reason,"\'=The date, stands below"',
        "overrides,FR9,reason,Seen",
    ]
    hidden = figures(db, people["admin"], Scope())
    assert hidden["overrides"] == [{"rule": "FR9", "count": 2}]
    assert "reason" not in figures_csv(hidden)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_figures_are_for_those_named_and_administrators_read_no_reasons(
    db: Database, people: People, role: str
) -> None:
    if role in {"regulatory", "medical", "legal", "auditor", "admin"}:
        assert all(
            "reasons" not in item or role != "admin"
            for item in figures(db, people[role], Scope())["overrides"]
        )
    else:
        with pytest.raises(NotAllowed):
            figures(db, people[role], Scope())
