"""The trail's filters, and the file of what they find, on both databases: it is shown to be the chain's, and whole."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from assistant.audit.listing import Sought, latest_entries, people_of_trail
from assistant.audit.part import export_part
from assistant.audit.trail import record
from assistant.audit.verify import export_trail
from assistant.errors import NotAllowed
from assistant.people.roles import SYSTEM, Actor
from assistant.store.database import Database
from tests.integration.conftest import FakeClock

VERIFIER = Path(__file__).parents[2] / "eval" / "verify_audit.py"


@dataclass
class Trail:
    """Three days of entries: 15 June by the librarian (a source) and the writer, 16 June by both, 17 June by the system."""

    db: Database
    people: dict[str, Actor]
    source: str

    def numbers(self, **asked: object) -> list[int]:
        """Of the entries that are found, oldest first."""
        found = latest_entries(self.db, self.people["auditor"], sought=Sought(**asked), limit=500)  # type: ignore[arg-type]  # a test names real filters
        return sorted(entry["number"] for entry in found)


@pytest.fixture
def trail(db: Database, people: dict[str, Actor], source: str, clock: FakeClock) -> Trail:
    def act(actor: Actor, subject: str, why: str | None = None) -> None:
        with db.write() as tx:
            record(tx, actor, "thing.happened", subject, {"n": 1}, why)

    act(people["writer"], "thing_1", "a word that may be erased")
    clock.advance(days=1)
    act(people["librarian"], source)
    act(people["writer"], "thing_%")
    clock.advance(days=1)
    act(SYSTEM, "thing_2")
    return Trail(db, people, source)


def test_each_filter_finds_what_it_says_on_every_database(trail: Trail) -> None:
    everything, librarian, writer = trail.numbers(), trail.people["librarian"].id, trail.people["writer"].id
    last = everything[-1]
    assert trail.numbers(action="thing.happened") == [last - 3, last - 2, last - 1, last]
    assert trail.numbers(by=writer) == [last - 3, last - 1]
    assert trail.numbers(by=librarian, action="thing.happened") == [last - 2]
    assert last - 2 in trail.numbers(about=trail.source)
    assert trail.numbers(about="VELMORA LAB") == trail.numbers(about=trail.source)
    assert trail.numbers(about="thing_%") == [last - 1], "no sign of a title stands for others"
    assert trail.numbers(about="%") == []
    assert trail.numbers(since=date(2026, 6, 16)) == [last - 2, last - 1, last]
    assert trail.numbers(until=date(2026, 6, 15)) == everything[:-3]
    assert trail.numbers(since=date(2026, 6, 16), until=date(2026, 6, 16)) == [last - 2, last - 1]
    assert trail.numbers(since=date.min, until=date.max) == everything
    assert trail.numbers(by="nobody") == []


def test_who_acted_is_listed_and_nobody_else(trail: Trail) -> None:
    people = people_of_trail(trail.db, trail.people["auditor"])
    ids = {trail.people[role].id for role in ("librarian", "writer")} | {SYSTEM.id}
    assert {one for one, _ in people} == ids
    assert people[-1] == (SYSTEM.id, SYSTEM.name)


Asked = dict[str, object]
ASKED: Sequence[Asked] = (
    {"action": "thing.happened"},
    {"about": "velmora"},
    {"since": date(2026, 6, 16), "until": date(2026, 6, 16)},
    {"by": "nobody"},
)


@pytest.fixture
def whole(trail: Trail, tmp_path: Path) -> Path:
    file = tmp_path / "trail.jsonl"
    export_trail(trail.db, file)
    return file


def part_of(trail: Trail, folder: Path, asked: Asked) -> Path:
    file = folder / "part.jsonl"
    told = export_part(trail.db, trail.people["auditor"], file, Sought(**asked))  # type: ignore[arg-type]  # likewise
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert json.loads(json.dumps(told)) == lines[0]["part"]
    assert [json.loads(one["canonical"])["number"] for one in lines[1:]] == trail.numbers(**asked)
    assert told["entries"] + told["others"] == len(trail.numbers())
    return file


def judge(trail: Path, part: Path) -> tuple[int, str]:
    words = [sys.executable, "-I", str(VERIFIER), str(trail), "--part", str(part)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_stranger_holds_the_found_entries_against_the_whole_trail(
    trail: Trail, whole: Path, tmp_path: Path, asked: Asked
) -> None:
    part = part_of(trail, tmp_path, asked)
    code, said = judge(whole, part)
    assert code == 0, said
    assert "The part holds" in said
    sought = json.loads(part.read_text(encoding="utf-8").splitlines()[0])["part"]["sought"]
    told = next(line for line in said.splitlines() if line.startswith("What was sought: "))
    assert json.loads(told.removeprefix("What was sought: ").removesuffix(".")) == sought
    assert "a word that may be erased" not in part.read_text(encoding="utf-8")


def test_entries_behind_the_part_do_not_count_against_it(trail: Trail, tmp_path: Path) -> None:
    part = part_of(trail, tmp_path, {"action": "thing.happened"})
    with trail.db.write() as tx:
        record(tx, trail.people["writer"], "thing.happened", "thing_3")
    whole = tmp_path / "trail.jsonl"
    export_trail(trail.db, whole)
    assert judge(whole, part)[0] == 0


Lines = list[dict[str, object]]
CHANGES: dict[str, tuple[Callable[[Lines], object], str]] = {
    "left out": (lambda kept: kept.pop(2), "says 4 entries in order and holds 3"),
    "left out, and counted so": (
        lambda kept: (kept.pop(2), kept[0]["part"].update(entries=3)),  # type: ignore[attr-defined]  # JSON
        "fits what was sought and is missing in the part",
    ),
    "changed": (
        lambda kept: kept[2].update(canonical=str(kept[2]["canonical"]).replace("thing.happened", "thing.lost")),
        "is not that of the trail",
    ),
    "of another search": (
        lambda kept: kept[0]["part"]["sought"].update(action="source.registered"),  # type: ignore[index]  # JSON
        "fits what was sought and is missing",
    ),
    "of another chain": (
        lambda kept: kept[0]["part"]["head"].update(hash="f" * 64),  # type: ignore[index]  # JSON
        "is not the head that the part names",
    ),
    "no part": (lambda kept: kept.pop(0), "is no part of a trail"),
    "no count": (lambda kept: kept[0]["part"].pop("entries"), "is no part of a trail"),  # type: ignore[attr-defined]  # JSON
    "no number of the head": (lambda kept: kept[0]["part"]["head"].pop("number"), "is no part of a trail"),  # type: ignore[index]  # JSON
    "no hash of the head": (lambda kept: kept[0]["part"]["head"].pop("hash"), "is no part of a trail"),  # type: ignore[index]  # JSON
    "a head of words": (lambda kept: kept[0]["part"].update(head="lost"), "is no part of a trail"),  # type: ignore[attr-defined]  # JSON
    "a count of words": (lambda kept: kept[0]["part"].update(entries="four"), "is no part of a trail"),  # type: ignore[attr-defined]  # JSON
    "a number of words": (lambda kept: kept[0]["part"]["head"].update(number="four"), "is no part of a trail"),  # type: ignore[index]  # JSON
    "nothing sought": (lambda kept: kept[0]["part"].update(sought=None), "is no part of a trail"),  # type: ignore[attr-defined]  # JSON
    "subjects that are none": (lambda kept: kept[0]["part"]["sought"].update(subjects=5), "is no part of a trail"),  # type: ignore[index]  # JSON
    "a day that is none": (lambda kept: kept[0]["part"]["sought"].update(since=5), "is no part of a trail"),  # type: ignore[index]  # JSON
}  # fmt: skip


@pytest.mark.parametrize("how", CHANGES)
def test_a_part_that_was_tampered_with_is_found(trail: Trail, whole: Path, tmp_path: Path, how: str) -> None:
    change, word = CHANGES[how]
    part = part_of(trail, tmp_path, {"action": "thing.happened"})
    kept = [json.loads(line) for line in part.read_text(encoding="utf-8").splitlines()]
    change(kept)
    part.write_text("".join(json.dumps(one) + "\n" for one in kept), encoding="utf-8")
    code, said = judge(whole, part)
    assert code == 1
    assert said.startswith("BROKEN: ")
    assert word in said


def test_only_who_verifies_the_trail_exports_a_part(trail: Trail, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        export_part(trail.db, trail.people["rep"], tmp_path / "part.jsonl", Sought(action="thing.happened"))
