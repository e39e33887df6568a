"""The deposit pack: what an authority is given, checked by the program that lies in it; and the commands of a release."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.bootstrap import App
from assistant.errors import NotAllowed, WrongState
from assistant.people.roles import Actor
from assistant.publishing.conditions.permits import Grant, grant_permit, request_permit
from assistant.publishing.evidence.archive import Pack
from assistant.publishing.evidence.deposit import deposit_pack
from assistant.publishing.evidence.verify import problems_of
from assistant.store.database import Database
from tests.builders.dossier import Terms, add_piece, add_source, document_of, edit, reworded
from tests.builders.release import JULY, NUMBER, OTHER, promotional, sign_promotional
from tests.integration.conftest import FakeClock
from tests.integration.test_cli import Shell
from tests.integration.test_evidence_pack import Drawing

People = dict[str, Actor]


def members_of(pack: Pack) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_the_final_form_the_marked_references_the_changes_and_the_form(
    db: Database, people: People, clock: FakeClock
) -> None:
    source = add_source(db, people["librarian"])
    piece = promotional(db, people, source, "FR")
    clock.instant = JULY
    first = deposit_pack(db, people["pharmacist"], piece, Drawing())
    assert json.loads(members_of(first)["changes.json"]) == {"changes": [], "since": None}
    grant_permit(db, people["pharmacist"], piece, Grant(date(2026, 7, 10), NUMBER))
    edit(db, people["writer"], piece, reworded(document_of(db, source, 3), "t1", "Velmora: key messages"))
    with pytest.raises(WrongState, match="draft and cannot be deposited"):
        deposit_pack(db, people["pharmacist"], piece, Drawing())
    sign_promotional(db, people, piece, ["t1"])
    request_permit(db, people["pharmacist"], piece, OTHER, date(2026, 7, 10))
    pack = deposit_pack(db, people["pharmacist"], piece, Drawing())
    members = members_of(pack)
    assert problems_of(pack.content, pack.root) == []
    assert {"renditions/piece.html", "renditions/piece.pdf", "renditions/piece.txt", "manifest.json"} <= set(
        members
    )
    form = json.loads(members["form.json"])
    assert (form["authority"], form["type"], form["number"], form["previous_number"]) == (
        "ANSM",
        "PM",
        OTHER,
        NUMBER,
    )
    assert (form["cis"], form["window_closes_on"], form["statements"]) == ("69999991", "2026-07-28", 3)
    changes = json.loads(members["changes.json"])
    assert changes["since"]["number"] == NUMBER
    assert {(one["segment"], one["how"]) for one in changes["changes"]} == {
        ("t1", "changed"),
        ("s3", "added"),
    }
    excerpts = json.loads(members["references/excerpts.json"])
    assert members[excerpts[0]["pages"][0]["picture"]].decode().startswith("pdf picture of page 1")
    (reference,) = json.loads(members["references/references.json"])
    assert reference["title"] == "Velmora label"
    page = members["summary.html"].decode()
    assert NUMBER in page
    assert "<ins>" in page
    assert problems_of(pack.content.replace(b"69999991", b"69999992", 1), pack.root)


def test_the_commands_go_from_the_request_to_the_deposit_pack_and_the_release(
    db: Database, people: People, clock: FakeClock, app_factory: Callable[[], App], tmp_path: Path
) -> None:
    source = add_source(db, people["librarian"])
    piece = promotional(db, people, source, "FR")
    clock.instant = JULY
    shell = Shell(app_factory(), tmp_path)
    pharmacist, regulatory = "The pharmacist", "The regulatory"
    shown = shell.done(pharmacist, "release", "show", piece)["release"]
    assert (shown["ready"], [one["id"] for one in shown["conditions"]]) == (
        False,
        ["internal_number", "visa"],
    )
    shown = shell.done(pharmacist, "release", "request", piece, "--number", NUMBER, "--on", "2026-07-09")[
        "release"
    ]
    assert shown["records"][0]["answer_by"] == "2026-09-29"
    assert shell.refused(regulatory, "release", "request", piece, "--number", OTHER) == "already_decided"
    assert shell.refused("The writer", "release", "grant", piece) == "not_allowed"
    assert shell.refused(pharmacist, "release", "grant", piece, "--on", "2026-07-08") == "invalid_input"
    (due,) = shell.done(pharmacist, "release", "deadlines")["deadlines"]
    assert (due["what"], due["on"]) == ("answer", "2026-09-29")
    written = shell.done(pharmacist, "release", "deposit-pack", piece, "--out", "deposit.zip")["pack"]
    assert problems_of((tmp_path / "deposit.zip").read_bytes(), written["root"]) == []
    shown = shell.done(regulatory, "release", "grant", piece)["release"]
    assert (shown["ready"], shown["records"][0]["decided_on"]) == (True, "2026-07-10")
    assert shell.done(pharmacist, "publish", piece)["publication"]["release"]["visa_number"] == NUMBER
    windows = ("--year", "2027", "--days", "2027-01-11..2027-01-29", "--source", "ANSM, decision of 2026")
    years = shell.done(regulatory, "release", "windows", *windows)["windows"]
    assert [one["year"] for one in years] == [2026, 2027]
    assert shell.refused(regulatory, "release", "windows", "--year", "2027", "--days", "x") == "invalid_input"
    (ends,) = shell.done(pharmacist, "release", "deadlines")["deadlines"]
    assert (ends["what"], ends["on"], ends["remind_on"]) == ("ends", "2028-07-10", "2028-01-10")


def test_who_may_make_one(db: Database, people: People) -> None:
    source = add_source(db, people["librarian"])
    piece = add_piece(db, people["writer"], document_of(db, source), Terms()).id
    with pytest.raises(NotAllowed):
        deposit_pack(db, people["writer"], piece, Drawing())
