"""The trail: chained, anchored outside, verifiable by a stranger, erasable without breaking."""

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update

from assistant.audit.heads import HeadsLog
from assistant.audit.trail import record
from assistant.audit.verify import HEADS, erase_note, export_trail, verify_trail
from assistant.errors import NotAllowed
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.schema import audit_entry, note

VERIFIER = Path(__file__).parents[2] / "eval" / "verify_audit.py"


@pytest.fixture
def trail(db: Database, tmp_path: Path, people: dict[str, Actor]) -> Database:
    """Six entries, each its own transaction, two of them with a note; their heads are noted."""
    anchored = replace(db, after_commit=HeadsLog(tmp_path / HEADS).append)
    for number in range(1, 7):
        with anchored.write() as tx:
            free_text = f"reason {number}" if number in {2, 5} else None
            record(tx, people["writer"], "thing.happened", f"thing_{number}", {"n": number}, free_text)
    return anchored


def test_an_untouched_trail_holds(trail: Database, tmp_path: Path) -> None:
    verdict = verify_trail(trail, tmp_path)
    assert verdict["ok"] is True
    assert (verdict["entries"], verdict["first_bad"], verdict["anchored"]) == (6, None, 6)


def test_a_digest_as_a_subject_is_refused_on_every_database(trail: Database) -> None:
    actor = Actor("user_1", "one", frozenset())
    with pytest.raises(RuntimeError, match="digest belongs into the details"), trail.write() as tx:
        record(tx, actor, "policy.adopted", "0" * 64)


def test_a_rolled_back_transaction_leaves_no_entry_and_no_head(
    trail: Database, tmp_path: Path, people: dict[str, Actor]
) -> None:
    def act() -> None:
        with trail.write() as tx:
            record(tx, people["writer"], "thing.happened", "thing_7")
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        act()
    assert verify_trail(trail, tmp_path)["anchored"] == 6


@pytest.mark.parametrize(
    ("column", "value"),
    [("canonical", '{"action":"other"}'), ("action", "other.thing"), ("subject", "x"), ("actor_id", "user_other"),
     ("hash", "f" * 64), ("previous", "e" * 64)],
)  # fmt: skip
def test_a_changed_column_is_found(trail: Database, tmp_path: Path, column: str, value: str) -> None:
    with trail.engine.begin() as connection:
        connection.execute(update(audit_entry).where(audit_entry.c.number == 3).values({column: value}))
    verdict = verify_trail(trail, tmp_path)
    assert (verdict["ok"], verdict["first_bad"]) == (False, 3)


OTHER = {
    "number": 99,
    "at": datetime(2020, 1, 1, tzinfo=UTC),
    "created_at": datetime(2020, 1, 1, tzinfo=UTC),
    "audit_number": 3,
}


def test_any_single_changed_value_of_any_column_of_any_entry_is_found(
    trail: Database, tmp_path: Path
) -> None:
    """Every cell in turn, then put back; the id of a note binds nothing, all else does."""
    rows = [(audit_entry, audit_entry.c.number, number) for number in range(1, 7)]
    rows += [(note, note.c.audit_number, number) for number in (2, 5)]
    for table, key, number in rows:
        for column in table.columns:
            if column is note.c.id:
                continue
            with trail.read() as connection:
                before = connection.execute(select(column).where(key == number)).scalar_one()
            value = OTHER.get(column.name) or f"{str(before)[:-1]}~"
            with trail.engine.begin() as connection:
                connection.execute(update(table).where(key == number).values({column.name: value}))
            verdict = verify_trail(trail, tmp_path)
            assert (verdict["ok"], verdict["first_bad"]) == (False, number), (table.name, column.name)
            moved = value if column is key else number
            with trail.engine.begin() as connection:
                connection.execute(update(table).where(key == moved).values({column.name: before}))
    assert verify_trail(trail, tmp_path)["ok"] is True


def test_an_entry_rewritten_with_its_hash_is_found_by_the_next(trail: Database) -> None:
    with trail.engine.begin() as connection:
        other = connection.execute(select(audit_entry).where(audit_entry.c.number == 2)).one()
        connection.execute(
            update(audit_entry)
            .where(audit_entry.c.number == 3)
            .values(canonical=other.canonical, hash="a" * 64)
        )
    assert verify_trail(trail)["first_bad"] == 3


def test_a_removed_entry_is_found(trail: Database) -> None:
    with trail.engine.begin() as connection:
        connection.execute(delete(audit_entry).where(audit_entry.c.number == 4))
    assert verify_trail(trail)["first_bad"] == 4


def test_a_lost_tail_is_found_by_its_anchor_only(trail: Database, tmp_path: Path) -> None:
    with trail.engine.begin() as connection:
        connection.execute(delete(audit_entry).where(audit_entry.c.number > 4))
    assert verify_trail(trail)["ok"] is True
    verdict = verify_trail(trail, tmp_path)
    assert (verdict["ok"], verdict["first_bad"], verdict["entries"]) == (False, 5, 4)


def test_a_trail_made_anew_is_found_by_its_anchor(
    trail: Database, tmp_path: Path, people: dict[str, Actor]
) -> None:
    with trail.engine.begin() as connection:
        connection.execute(delete(note))
        connection.execute(delete(audit_entry))
    unanchored = replace(trail, after_commit=lambda _entries: None)
    for number in range(8):
        with unanchored.write() as tx:
            record(tx, people["admin"], "thing.invented", f"thing_{number}")
    assert verify_trail(trail)["ok"] is True
    assert verify_trail(trail, tmp_path)["first_bad"] == 1


def test_a_changed_note_is_found(trail: Database) -> None:
    with trail.engine.begin() as connection:
        connection.execute(update(note).where(note.c.audit_number == 5).values(text="another reason"))
    assert verify_trail(trail)["first_bad"] == 5


def test_a_note_is_erased_without_breaking_the_chain(
    trail: Database, tmp_path: Path, people: dict[str, Actor]
) -> None:
    erase_note(trail, people["admin"], 2)
    with trail.read() as connection:
        assert connection.execute(select(note.c.text).where(note.c.audit_number == 2)).scalar_one() is None
    verdict = verify_trail(trail, tmp_path)
    assert (verdict["ok"], verdict["entries"]) == (True, 7)


def test_a_note_that_is_emptied_without_an_entry_is_noticed(trail: Database) -> None:
    with trail.write() as tx:
        tx.execute(update(note).where(note.c.audit_number == 2).values(text=None))
    verdict = verify_trail(trail)
    assert (verdict["ok"], verdict["first_bad"]) == (False, 2)
    assert "no entry says who erased it" in verdict["reason"]


def test_only_an_admin_erases(trail: Database, people: dict[str, Actor]) -> None:
    with pytest.raises(NotAllowed):
        erase_note(trail, people["writer"], 2)


def test_a_line_of_the_heads_log_that_a_crash_cut_off_is_left_out(trail: Database, tmp_path: Path) -> None:
    with (tmp_path / HEADS).open("a") as log:
        log.write("7 abc")
    assert verify_trail(trail, tmp_path)["ok"] is True


def test_the_canonical_text_is_the_same_in_both_databases(trail: Database) -> None:
    with trail.read() as connection:
        canonical = connection.execute(
            select(audit_entry.c.canonical).where(audit_entry.c.number == 1)
        ).scalar_one()
    assert canonical == (
        '{"action":"thing.happened","actor":"user_the_writer","at":"2026-06-15T10:00:00.000000+00:00",'
        f'"details":{{"n":1}},"number":1,"previous":"{"0" * 64}","roles":["writer"],"subject":"thing_1"}}'
    )


def test_writers_at_once_make_one_chain(db: Database, tmp_path: Path, people: dict[str, Actor]) -> None:
    anchored = replace(db, after_commit=HeadsLog(tmp_path / HEADS).append)

    def act(number: int) -> None:
        with anchored.write() as tx:
            record(tx, people["writer"], "thing.happened", f"thing_{number}")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(act, range(64)))
    verdict = verify_trail(anchored, tmp_path)
    assert (verdict["ok"], verdict["entries"], verdict["anchored"]) == (True, 64, 64)


# The independent verifier -----------------------------------------------------------------------------------------


def judge(*words: str) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), *words], capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture
def exported(trail: Database, tmp_path: Path) -> Path:
    file = tmp_path / "trail.jsonl"
    assert export_trail(trail, file)["entries"] == 6
    return file


def edit(file: Path, change: Callable[[list[dict[str, str]]], object]) -> None:
    kept = [json.loads(line) for line in file.read_text().splitlines()]
    change(kept)
    file.write_text("".join(json.dumps(entry) + "\n" for entry in kept))


def test_a_stranger_verifies_the_export_against_the_heads(exported: Path, tmp_path: Path) -> None:
    code, said = judge(str(exported), "--heads", str(tmp_path / HEADS))
    assert code == 0, said
    assert "nothing up to entry 6" in said


def test_a_stranger_is_told_what_is_not_proved_without_an_anchor(exported: Path) -> None:
    code, said = judge(str(exported))
    assert code == 0
    assert "No anchor was given" in said


def test_a_stranger_finds_a_lost_tail(exported: Path, tmp_path: Path) -> None:
    edit(exported, lambda kept: kept.pop())
    assert judge(str(exported))[0] == 0
    code, said = judge(str(exported), "--heads", str(tmp_path / HEADS))
    assert code == 1
    assert "tail is missing" in said


def test_a_stranger_finds_a_changed_entry(exported: Path) -> None:
    def change(kept: list[dict[str, str]]) -> None:
        kept[2]["canonical"] = kept[2]["canonical"].replace("thing_3", "thing_9")

    edit(exported, change)
    assert "entry 3 was changed" in judge(str(exported))[1]


def test_a_stranger_finds_an_entry_that_is_not_the_anchored_one(exported: Path) -> None:
    code, said = judge(str(exported), "--anchor", f"4:{'b' * 64}")
    assert code == 1
    assert "entry 4 is not the one that was anchored" in said


def test_a_stranger_is_told_which_file_cannot_be_read(exported: Path, tmp_path: Path) -> None:
    for words in ([str(tmp_path / "none")], [str(exported), "--heads", str(tmp_path / "none")]):
        code, said = judge(*words)
        assert code == 2
        assert said.startswith(f"Nothing was verified: {tmp_path / 'none'} cannot be read")
    exported.write_bytes(b"\xff" + exported.read_bytes())
    code, said = judge(str(exported))
    assert code == 1
    assert said.startswith("BROKEN: a file holds bytes that are no text")
    exported.write_text("[" * 100_000)
    assert judge(str(exported)) == (1, "BROKEN: line 1 is no entry.\n")


def test_the_verifier_imports_nothing_of_the_product() -> None:
    source = VERIFIER.read_text()
    assert not any(
        f"{word} {name}" in source for word in ("import", "from") for name in ("assistant", "eval", "api")
    )


def test_every_instant_is_text_in_utc(trail: Database) -> None:
    with trail.read() as connection:
        kept = connection.execute(text("SELECT at FROM audit_entry WHERE number = 1")).scalar_one()
    assert kept == "2026-06-15T10:00:00.000000+00:00"
