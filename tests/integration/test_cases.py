"""From a report to its end: who may handle a case, what is recorded, and how long there is, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from assistant.audit.verify import erase_note, verify_trail
from assistant.cases.acts import acknowledge, add_note, close, correct_product, forward, reopen
from assistant.cases.desk import case_json, cases_page, running_cases
from assistant.cases.overdue import mark_overdue_cases
from assistant.corpus.products import insert_product
from assistant.errors import InvalidInput, NotAllowed, NotFound, UnknownProduct, WrongState
from assistant.notices.listing import list_notices
from assistant.notices.outbox import note_for_people
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.schema import case
from tests.builders.cases import REPORT, open_report
from tests.builders.reading import actions
from tests.integration.conftest import FakeClock

People = dict[str, Actor]
Report = Callable[..., str]


@pytest.fixture
def report(db: Database, people: People) -> Report:
    """Open a case: of a side effect, or with `question` of one for medical information; returns its id."""
    with db.write() as tx:
        velmora = insert_product(tx, people["librarian"], "Velmora", {}).id
    told = replace(db, before_commit=note_for_people)
    return lambda *, question=False: open_report(told, people["hcp"], velmora, question=question)


def test_what_runs_is_shown_to_who_handles_it_whatever_else_is_due_before(
    db: Database, people: People, report: Report, clock: FakeClock
) -> None:
    for number in range(3):
        handed_over = report()
        acknowledge(db, people["safety"], handed_over, serious=True)
        forward(db, people["safety"], handed_over, f"PV-{number}")
    clock.advance(hours=1)
    mild, grave = report(), report()
    acknowledge(db, people["safety"], mild, serious=False)
    acknowledge(db, people["safety"], grave)
    opened, question = report(), report(question=True)
    assert [one["id"] for one in running_cases(db, people["safety"], 9)] == [opened, question, grave, mild]
    assert [one["id"] for one in running_cases(db, people["safety"], 3)] == [opened, question, grave]
    assert [one["id"] for one in running_cases(db, people["medinfo"], 1)] == [question]
    assert running_cases(db, people["auditor"], 3) == []


def test_a_report_goes_from_open_to_reported(
    db: Database, people: People, report: Report, clock: FakeClock
) -> None:
    safety, case_id = people["safety"], report()
    clock.advance(hours=3)
    acknowledge(db, safety, case_id, serious=False)
    add_note(db, safety, case_id, "Called the pharmacist; she calls back.", follow_up=True)
    add_note(db, safety, case_id, "She says the rash is gone.")
    forward(db, safety, case_id, "PV-2026/0042", ["reaction", "reporter"])
    close(db, safety, case_id, "reported")
    shown = case_json(db, people["auditor"], case_id)
    assert (shown["status"], shown["outcome"], shown["reference"]) == ("closed", "reported", "PV-2026/0042")
    assert shown["acknowledged_by"] == {"id": safety.id, "name": safety.name}
    assert shown["acknowledged_at"] == "2026-06-15T13:00:00+00:00"
    assert shown["report_by"] == "2026-09-13T10:00:00+00:00", "90 days from when it was received"
    assert [one["action"] for one in shown["history"]] == [
        "case.opened", "case.acknowledged", "case.follow_up_asked", "case.noted", "case.forwarded", "case.closed",
    ]  # fmt: skip
    assert [one["details"].get("criteria") for one in shown["history"]][4] == ["reporter", "reaction"]
    assert [one["text"] for one in shown["history"]][3] == "She says the rash is gone."
    assert [one["question"] for one in shown["turns"]] == [REPORT]
    assert verify_trail(db)["ok"]


@pytest.mark.parametrize(
    ("serious", "day"), [(True, "2026-06-30"), (None, "2026-06-30"), (False, "2026-09-13")]
)
def test_the_clock_is_a_day_then_the_authoritys_and_stops_with_the_number(
    db: Database, people: People, report: Report, clock: FakeClock, serious: bool | None, day: str
) -> None:
    case_id = report()
    clock.advance(hours=24)
    assert not case_json(db, people["safety"], case_id)["overdue"]
    clock.advance(seconds=1)
    assert case_json(db, people["safety"], case_id)["overdue"]
    acknowledge(db, people["safety"], case_id, serious=serious)
    shown = case_json(db, people["safety"], case_id)
    assert (shown["overdue"], shown["clock"][:10]) == (False, day)
    clock.advance(days=91)
    assert case_json(db, people["safety"], case_id)["overdue"]
    forward(db, people["safety"], case_id, "PV-1")
    shown = case_json(db, people["safety"], case_id)
    assert (shown["overdue"], shown["clock"]) == (False, None)


ACTS: dict[str, Callable[[Database, Actor, str], Any]] = {
    "acknowledge": acknowledge,
    "forward": lambda db, actor, case_id: forward(db, actor, case_id, "PV-1"),
    "note": lambda db, actor, case_id: add_note(db, actor, case_id, "A note."),
    "correct": lambda db, actor, case_id: correct_product(db, actor, case_id, "Nalorel", "He named it."),
    "close": lambda db, actor, case_id: close(db, actor, case_id, "not_a_case", "Nothing happened."),
    "reopen": lambda db, actor, case_id: reopen(db, actor, case_id, "It did happen."),
}


@pytest.mark.parametrize("act", ACTS)
def test_safety_alone_handles_what_reports_something(
    db: Database, people: People, report: Report, act: str
) -> None:
    case_id = report()
    for role, person in people.items():
        if role != "safety":
            with pytest.raises(NotAllowed):
                ACTS[act](db, person, case_id)
    with pytest.raises(NotFound):
        ACTS[act](db, people["safety"], "case_none")
    assert actions(db)[-1] == "case.opened"


@pytest.fixture
def nalorel(db: Database, people: People) -> str:
    with db.write() as tx:
        return insert_product(tx, people["librarian"], "Nalorel", {}).id


def test_the_medicine_of_a_case_is_corrected_with_a_reason_and_both_stay_in_the_trail(
    db: Database, people: People, report: Report, nalorel: str
) -> None:
    case_id = report()
    velmora = case_json(db, people["safety"], case_id)["history"][0]["details"]["product"]
    correct_product(db, people["safety"], case_id, "nalorel", "The pharmacist read it off the box.")
    shown = case_json(db, people["safety"], case_id)
    assert (shown["product"], shown["status"]) == ("Nalorel", "open")
    last = shown["history"][-1]
    assert (last["action"], last["details"]) == (
        "case.product_corrected",
        {"from": velmora, "to": nalorel},
    )
    assert last["text"] == "The pharmacist read it off the box."
    assert {one.title for one in list_notices(db, people["safety"])} == {"Nalorel"}
    assert verify_trail(db)["ok"]


def test_a_number_that_is_recorded_already_stays_with_the_corrected_medicine(
    db: Database, people: People, report: Report, nalorel: str
) -> None:
    safety, case_id = people["safety"], report()
    acknowledge(db, safety, case_id)
    forward(db, safety, case_id, "PV-4")
    correct_product(db, safety, case_id, nalorel, "He called back.")
    shown = case_json(db, safety, case_id)
    assert (shown["product"], shown["reference"], shown["clock"]) == ("Nalorel", "PV-4", None)


def test_a_medicine_is_corrected_to_another_that_is_known_in_a_case_that_is_not_closed(
    db: Database, people: People, report: Report, nalorel: str
) -> None:
    safety, case_id = people["safety"], report()
    for product, reason, refusal in (
        ("Velmora", "A slip.", InvalidInput),  # it is that one already
        ("Tervane", "A slip.", UnknownProduct),
        (nalorel, " ", InvalidInput),
    ):
        with pytest.raises(refusal):
            correct_product(db, safety, case_id, product, reason)
    close(db, safety, case_id, "not_a_case", "Nothing happened.")
    with pytest.raises(WrongState):
        correct_product(db, safety, case_id, nalorel, "It was the other one.")
    assert actions(db)[-1] == "case.closed"


def test_medical_information_corrects_the_medicine_of_a_question(
    db: Database, people: People, report: Report, nalorel: str
) -> None:
    case_id = report(question=True)
    correct_product(db, people["medinfo"], case_id, nalorel, "She meant the other one.")
    assert case_json(db, people["medinfo"], case_id)["product"] == "Nalorel"


def test_medical_information_answers_a_question(db: Database, people: People, report: Report) -> None:
    medinfo, case_id = people["medinfo"], report(question=True)
    acknowledge(db, medinfo, case_id)
    with pytest.raises(WrongState):
        forward(db, medinfo, case_id, "PV-1")
    with pytest.raises(InvalidInput):
        close(db, medinfo, case_id, "reported")
    close(db, medinfo, case_id, "answered")
    shown = case_json(db, medinfo, case_id)
    assert (shown["outcome"], shown["report_by"], shown["overdue"]) == ("answered", None, False)


def test_closing_asks_for_what_its_outcome_needs(db: Database, people: People, report: Report) -> None:
    safety, first, second = people["safety"], report(), report()
    for outcome, reason, other in (
        ("reported", "", None),  # its number is not known
        ("not_a_case", " ", None),
        ("duplicate", "The same call.", None),
        ("duplicate", "The same call.", second),
        ("duplicate", "", first),
        ("answered", "", None),
        ("lost", "", None),
    ):
        with pytest.raises((InvalidInput, WrongState)):
            close(db, safety, second, outcome, reason, other)
    close(db, safety, second, "duplicate", "The same call.", first)
    with pytest.raises(InvalidInput, match="duplicate"):
        close(db, safety, first, "duplicate", "The same call.", second)  # or they would name each other
    third = report()
    with pytest.raises(InvalidInput, match="duplicates"):
        close(db, safety, first, "duplicate", "The same call.", third)  # it has a duplicate itself
    assert case_json(db, safety, first)["duplicates"] == [second]
    assert case_json(db, safety, second)["acknowledged_by"]["id"] == safety.id, "closing it was seeing it"


def test_a_closed_case_is_taken_up_again_with_a_reason(db: Database, people: People, report: Report) -> None:
    safety, case_id = people["safety"], report()
    close(db, safety, case_id, "not_a_case", "A question about the label.")
    with pytest.raises(WrongState):
        acknowledge(db, safety, case_id)
    with pytest.raises(InvalidInput):
        reopen(db, safety, case_id, "")
    reopen(db, safety, case_id, "The doctor called: it did happen.")
    shown = case_json(db, safety, case_id)
    assert (shown["status"], shown["outcome"], shown["closed_at"]) == ("acknowledged", None, None)
    assert shown["clock"] is not None


@pytest.mark.parametrize(
    "reference", ["", "  ", "Mrs Martin, Lyon", "Martin", "Martin-Lyon", "1" * 81, "<b>"]
)
def test_a_number_of_the_safety_database_is_a_number(
    db: Database, people: People, report: Report, reference: str
) -> None:
    case_id = report()
    acknowledge(db, people["safety"], case_id)
    with pytest.raises(InvalidInput):
        forward(db, people["safety"], case_id, reference)


def test_the_list_goes_by_clock_in_pages_that_hold_every_case_once(
    db: Database, people: People, report: Report, clock: FakeClock
) -> None:
    made = []
    for _ in range(6):
        made.append(report())
        clock.advance(minutes=5)
    for case_id in (made[0], made[1], made[4]):
        acknowledge(db, people["safety"], case_id)
    for case_id in (made[0], made[1]):
        close(db, people["safety"], case_id, "not_a_case", "Nothing happened.")
    seen, after = [], ""
    for _ in range(3):
        found, following = cases_page(db, people["medinfo"], after=after, limit=2)
        seen += [one["id"] for one in found]
        after = following or ""
    assert not after
    assert seen == [made[2], made[3], made[5], made[4], made[1], made[0]]
    assert [one["id"] for one in cases_page(db, people["safety"], "closed")[0]] == [made[1], made[0]]
    with pytest.raises(InvalidInput):
        cases_page(db, people["safety"], "lost")
    with pytest.raises(NotFound):
        cases_page(db, people["safety"], after="case_none")


def test_a_case_handled_while_somebody_pages_hides_none_behind_it(
    db: Database, people: People, report: Report, clock: FakeClock
) -> None:
    made = []
    for _ in range(3):
        made.append(report())
        clock.advance(minutes=5)
    for status in (None, "open"):
        found, following = cases_page(db, people["safety"], status, limit=1)
        acknowledge(db, people["safety"], found[0]["id"])
        behind, _ = cases_page(db, people["safety"], status, after=following or "", limit=1)
        assert behind[0]["status"] == "open"
        assert behind[0]["id"] == made[made.index(found[0]["id"]) + 1]
    with pytest.raises(InvalidInput):
        cases_page(db, people["safety"], after=f"lost~{made[0]}")


def test_cases_whose_time_runs_on_keep_none_from_being_said(
    db: Database, people: People, report: Report, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.cases.overdue._AT_ONCE", 1)
    question, mild, unknown = report(question=True), report(), report()
    for case_id, serious in ((question, None), (mild, False), (unknown, None)):
        acknowledge(db, people["safety"], case_id, serious=serious)
    clock.advance(days=16)
    assert mark_overdue_cases(db) == {"cases_overdue": 1}
    assert case_json(db, people["safety"], unknown)["history"][-1]["action"] == "case.report_overdue"
    assert mark_overdue_cases(db) == {"cases_overdue": 0}
    clock.advance(days=75)
    assert mark_overdue_cases(db) == {"cases_overdue": 1}
    assert case_json(db, people["safety"], mild)["history"][-1]["action"] == "case.report_overdue"


def test_those_who_handle_it_are_told_when_it_opens_and_when_its_clock_runs_out(
    db: Database, people: People, report: Report, clock: FakeClock
) -> None:
    told = replace(db, before_commit=note_for_people)
    case_id, question = report(), report(question=True)
    for role, wanted in (("safety", {case_id, question}), ("medinfo", {question}), ("auditor", set())):
        notices = list_notices(db, people[role])
        assert {one.notice.subject for one in notices} == wanted, role
        assert all(one.title == "Velmora" and one.link == f"/cases/{one.notice.subject}" for one in notices)
        assert not any("rash" in one.text for one in notices)
    clock.advance(hours=25)
    assert mark_overdue_cases(told) == {"cases_overdue": 1}, "a question has three days"
    assert mark_overdue_cases(told) == {"cases_overdue": 0}, "it is said once"
    assert list_notices(db, people["safety"])[0].notice.action == "case.overdue"
    acknowledge(told, people["safety"], case_id, serious=True)
    clock.advance(days=15)
    assert mark_overdue_cases(told) == {"cases_overdue": 2}, "the report, and the question"
    assert "case.report_overdue" in {one.notice.action for one in list_notices(db, people["safety"])}


def test_a_note_is_erased_and_the_trail_stays_whole(db: Database, people: People, report: Report) -> None:
    case_id = report()
    add_note(db, people["safety"], case_id, "Mrs Martin, born 1950.")
    entry = case_json(db, people["safety"], case_id)["history"][-1]["entry"]
    erase_note(db, people["admin"], entry)
    shown = case_json(db, people["safety"], case_id)["history"][-1]
    assert (shown["text"], shown["erased"]) == (None, True)
    assert verify_trail(db)["ok"]


@pytest.mark.parametrize(
    ("point", "act"),
    [
        ("case:acknowledged", "acknowledge"),
        ("case:product_corrected", "correct"),
        ("case:closed", "close"),
    ],
)
@pytest.mark.usefixtures("nalorel")
def test_an_act_that_dies_leaves_nothing(
    db: Database,
    people: People,
    report: Report,
    die_at: Callable[[str], Callable[[str], None]],
    point: str,
    act: str,
) -> None:
    case_id = report()
    with pytest.raises(RuntimeError, match=point):
        ACTS[act](replace(db, failpoint=die_at(point)), people["safety"], case_id)
    with db.read() as connection:
        assert connection.execute(select(case.c.status).where(case.c.id == case_id)).scalar() == "open"
    shown = case_json(db, people["safety"], case_id)
    assert (shown["status"], shown["product"]) == ("open", "Velmora")
    assert actions(db)[-1] == "case.opened"
