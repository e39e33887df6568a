"""The command line over the real parts: the documents of docs/command-line.md, and its exit codes."""

import io as streams
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from api.cli.commands import execute
from api.cli.forward import CommandServer, forward
from api.cli.io import Io
from api.cli.parser import parse
from assistant.bootstrap import App, open_app
from assistant.settings import Settings
from assistant.store.schema import note
from eval import sample

PASSPHRASE = "a passphrase for the tests"
PEOPLE = {"lena": "librarian", "wanda": "writer", "marc": "medical", "rita": "regulatory", "aude": "auditor"}
LABEL = sample.FOLDER / "files" / "en" / "label-v1.pdf"
APPROVAL = ("--approval", "RA-1", "--approved-on", "2026-01-01", "--expires-on", "2099-01-01")
AS_LABEL = ("--kind", "label", "--market", "EU", "--language", "en", "--audience", "hcp")


@dataclass(frozen=True)
class Shell:
    """Types commands as people would."""

    app: App
    cwd: Path

    def ends(self, person: str | None, password: str) -> Io:
        return Io(streams.StringIO(), streams.StringIO(), self.cwd, person, lambda: password)

    def type(self, person: str | None, *words: str, password: str = PASSPHRASE) -> tuple[int, dict[str, Any]]:
        io = self.ends(person, password)
        code = execute(self.app, parse(["--json", *words]), io)
        return code, json.loads(io.out.getvalue())  # type: ignore[attr-defined]

    def done(self, person: str, *words: str) -> dict[str, Any]:
        code, document = self.type(person, *words)
        assert code == 0, document
        return document

    def read(self, person: str, *words: str) -> str:
        """What a person reads who asks for no JSON."""
        io = self.ends(person, PASSPHRASE)
        assert execute(self.app, parse(list(words)), io) == 0
        return io.out.getvalue()  # type: ignore[attr-defined,no-any-return]

    def refused(self, person: str | None, *words: str, password: str = PASSPHRASE) -> str:
        code, document = self.type(person, *words, password=password)
        assert code == 1, document
        assert set(document["error"]) >= {"code", "message", "retry", "help"}
        return str(document["error"]["code"])


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    home = tmp_path_factory.mktemp("home")
    app = open_app(Settings.from_environment({"ANCRAGE_HOME": str(home), "ANCRAGE_WORKERS": "1"}))
    typing = Shell(app, home)
    assert typing.refused(None, "user", "add", "wanda", "--role", "writer") == "not_allowed"
    typing.type(None, "user", "add", "ada", "--role", "admin")
    for name, role in PEOPLE.items():
        typing.done("ada", "user", "add", name, "--role", role)
    typing.done("lena", "source", "add", str(LABEL), "--product", "Velmora", *AS_LABEL, *APPROVAL)
    yield typing
    app.close()


def test_a_passphrase_of_fourteen_characters_is_refused(shell: Shell) -> None:
    assert (
        shell.refused("ada", "user", "add", "bob", "--role", "writer", password="x" * 14) == "invalid_input"
    )


def test_nobody_and_an_unknown_person_are_refused(shell: Shell) -> None:
    assert shell.refused(None, "source", "list") == "not_signed_in"
    assert shell.refused("nobody", "source", "list") == "not_signed_in"


def test_a_source_says_what_was_read_of_it(shell: Shell) -> None:
    (source,) = shell.done("lena", "source", "list", "--product", "velmora")["sources"]
    assert source["status"] == "approved"
    assert source["kind"] == "label"
    assert source["pages"] == sum(source["pages_by_quality"].values()) == 10
    assert source["passages"] > 30
    assert len(source["sha256"]) == 64


def test_the_same_file_again_changes_nothing_and_says_so(shell: Shell) -> None:
    (before,) = shell.done("lena", "source", "list")["sources"]
    again = shell.done("lena", "source", "add", str(LABEL), "--product", "Velmora", *AS_LABEL, *APPROVAL)[
        "source"
    ]
    assert again["already_known"] is True
    assert again["id"] == before["id"]


def test_one_bad_file_never_stops_the_others(shell: Shell, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04xl/workbook.xml and then nothing of use")
    paper = sample.FOLDER / "files" / "en" / "claims.csv"
    words = (
        "source",
        "add",
        str(bad),
        str(paper),
        "--product",
        "Other",
        "--kind",
        "claims",
        "--market",
        "EU",
    )
    code, document = shell.type("lena", *words)
    assert code == 1
    assert [source["product"] for source in document["sources"]] == ["Other"]
    assert document["refused"][0]["file"] == str(bad)
    assert document["refused"][0]["error"]["code"] == "unreadable_file"


@pytest.mark.parametrize(
    "dates",
    [
        ("2026-13-45", "2027-01-01"),
        ("2026-01-01", "2025-01-01"),
        ("2099-01-01", "2099-12-31"),
        ("01/02/2026", "2027-01-01"),
    ],
)
def test_dates_that_cannot_be_are_refused(shell: Shell, dates: tuple[str, str]) -> None:
    approval = ("--approval", "R", "--approved-on", dates[0], "--expires-on", dates[1])
    words = ("source", "add", str(LABEL), "--product", "Dates", *AS_LABEL, *approval)
    assert shell.refused("lena", *words) == "invalid_input"


def test_only_a_librarian_adds_and_an_unknown_market_is_refused(shell: Shell) -> None:
    add = ("source", "add", str(LABEL), "--product", "P", "--kind", "label", "--market")
    assert shell.refused("wanda", *add, "EU") == "not_allowed"
    assert shell.refused("lena", *add, "ATLANTIS") == "invalid_input"


def test_a_hit_has_its_text_its_place_and_its_scores(shell: Shell) -> None:
    found = shell.done(
        "wanda", "search", "renal impairment dose", "--product", "Velmora", "--market", "EU", "--k", "3"
    )
    assert len(found["hits"]) == 3
    for hit in found["hits"]:
        assert {"passage", "source", "title", "locator", "rectangles", "text", "score", "scores"} <= set(hit)
        assert {"words", "vectors", "fused"} <= set(hit["scores"])
        assert hit["locator"]["page"] >= 1
        assert hit["rectangles"]


def test_an_approval_for_the_eu_does_not_serve_france(shell: Shell) -> None:
    assert shell.done("wanda", "search", "renal", "--product", "Velmora", "--market", "FR")["hits"] == []
    draft = ("draft", "quiz", "--product", "Velmora", "--market", "FR", "--language", "en")
    assert shell.refused("wanda", *draft) == "no_evidence"


def test_an_unknown_product_is_refused_everywhere_but_at_the_door(shell: Shell) -> None:
    for words in (
        ("search", "x", "--product", "Nothing", "--market", "EU"),
        ("ask", "x?", "--product", "Nothing", "--market", "EU"),
        ("draft", "quiz", "--product", "Nothing", "--market", "EU", "--language", "en"),
        ("product", "show", "Nothing"),
    ):
        assert shell.refused("wanda", *words) == "unknown_product"


def test_a_command_that_is_forwarded_answers_the_same(shell: Shell) -> None:
    server = CommandServer(shell.cwd, lambda argv, io: execute(shell.app, parse(argv), io))
    server.start("http://127.0.0.1:1")
    words = ["--json", "product", "show", "Velmora"]
    io = shell.ends("wanda", "")
    try:
        assert forward(shell.cwd, parse(words), words, io) == 0
    finally:
        server.stop()
    assert json.loads(io.out.getvalue()) == shell.done("wanda", "product", "show", "Velmora")  # type: ignore[attr-defined]


def test_from_a_draft_to_a_signed_piece_and_its_end_with_its_source(shell: Shell) -> None:
    draft = shell.done(
        "wanda", "draft", "key-moments", "--product", "Velmora", "--market", "EU", "--language", "en"
    )
    piece = draft["piece"]["id"]
    assert {s["verdict"] for s in draft["statements"]} == {"pass"}
    for statement in draft["statements"]:
        assert statement["citations"][0]["spans"][0]["page"] >= 1
    submitted = shell.done("wanda", "review", "submit", piece)
    tasks = {task["role"]: task["id"] for task in submitted["tasks"]}
    assert set(tasks) == {"medical", "regulatory"}
    assert shell.refused("rita", "publish", piece) == "wrong_state"
    assert shell.refused("wanda", "review", "approve", tasks["medical"]) == "not_allowed"
    assert shell.refused("ada", "review", "approve", tasks["medical"]) == "not_allowed"
    wrong = ("review", "approve", tasks["medical"])
    assert shell.refused("marc", *wrong, password="not the passphrase") == "wrong_password"
    first = shell.done("marc", "review", "approve", tasks["medical"], "--meaning", "approval")
    assert first["signature"]["manifest_hash"] == submitted["manifest"]["hash"]
    assert shell.refused("marc", "review", "approve", tasks["medical"]) == "already_decided"
    shown = shell.read("rita", "review", "claim", piece)
    assert f"task {tasks['medical']}  medical: approved  marc\n" in shown
    assert f"task {tasks['regulatory']}  regulatory: claimed  rita\n" in shown
    assert "signed by marc (medical): approval, " in shown
    assert shell.done("rita", "review", "approve", piece)["piece"]["status"] == "approved"
    published = shell.done("rita", "publish", piece)["publication"]
    assert published["hash"] == submitted["manifest"]["hash"]
    source = draft["statements"][0]["citations"][0]["source"]
    stopped = shell.done("lena", "source", "withdraw", source, "--reason", "a new safety signal")
    recalled = {item["piece"]: item["publication"] for item in stopped["recalled"]}
    assert recalled[piece] == published["id"]
    assert shell.done("wanda", "search", "renal", "--product", "Velmora", "--market", "EU")["hits"] == []
    verdict = shell.done("aude", "audit", "verify")
    assert verdict["ok"] is True
    assert verdict["first_bad"] is None


def test_a_new_product_is_said_to_be_one(shell: Shell) -> None:
    told = []
    for _ in range(2):
        io = shell.ends("lena", PASSPHRASE)
        assert (
            execute(shell.app, parse(["source", "add", str(LABEL), "--product", "Velmorra", *AS_LABEL]), io)
            == 0
        )
        told.append(io.err.getvalue())  # type: ignore[attr-defined]
    assert "New product: Velmorra." in told[0]
    assert "New product" not in told[1]


def test_a_quiz_and_the_figures_are_printed_for_a_person(shell: Shell) -> None:
    product = ("--product", "Printed")
    shell.done("lena", "source", "add", str(LABEL), *product, *AS_LABEL, *APPROVAL)
    made = shell.done("wanda", "draft", "quiz", *product, "--market", "EU", "--language", "en")
    told = shell.read("wanda", "draft", "quiz", *product, "--market", "EU", "--language", "en")
    flat = " ".join(told.split())
    questions = made["content"]["questions"]
    assert questions
    for number, question in enumerate(questions, 1):
        assert f" {number}. {question['stem']} " in flat
        for option in question["options"]:
            assert f" {'✓' if option['key'] else '·'} {option['text']} " in flat
    shell.done("wanda", "review", "submit", made["piece"]["id"])
    lines = shell.read("marc", "figures").splitlines()
    assert lines[0].split() == ["FIGURE", "OF", "MEASURE", "VALUE"]
    assert any(line.split()[:2] == ["cycle", "writing"] for line in lines)


def test_comments_and_decisions_are_read_with_their_reasons(shell: Shell) -> None:
    product = ("--product", "Comments")
    shell.done("lena", "source", "add", str(LABEL), *product, *AS_LABEL, *APPROVAL)
    draft = shell.done("wanda", "draft", "key-moments", *product, "--market", "EU", "--language", "en")
    piece = draft["piece"]["id"]
    submitted = shell.done("wanda", "review", "submit", piece)
    medical = next(task["id"] for task in submitted["tasks"] if task["role"] == "medical")
    shell.done("marc", "review", "comment", piece, "Too long.", "--statement", "s1", "--mandatory")
    shell.done("wanda", "review", "comment", piece, "I agree.")
    shown = shell.done("wanda", "review", "show", piece)
    first, second = (comment["id"] for comment in shown["comments"])
    told = shell.read("wanda", "review", "show", piece)
    assert f"comment {first} at s1 by marc: open, must be settled\n    Too long.\n" in told
    assert f"comment {second} by wanda: open\n    I agree.\n" in told
    shell.done("marc", "review", "resolve", first)
    shell.done("marc", "review", "reject", medical, "--reason", "It says too little of renal function.")
    told = shell.read("wanda", "review", "show", piece)
    assert f"comment {first} at s1 by marc: settled by marc, had to be\n" in told
    assert "round 1: rejected by marc (medical), " in told
    assert "\n    It says too little of renal function.\n" in told


def test_the_words_of_an_entry_are_erased_by_its_number_and_the_chain_stays(shell: Shell) -> None:
    shell.done("rita", "product", "freeze", "Velmora", "--reason", "Mr Durand called")
    shell.done("rita", "product", "unfreeze", "Velmora", "--reason", "it was nothing")
    with shell.app.db.read() as connection:
        number = connection.scalar(
            select(note.c.audit_number).where(note.c.text.contains("Mr Durand called"))
        )
    assert shell.refused("wanda", "audit", "erase", str(number)) == "not_allowed"
    assert shell.done("ada", "audit", "erase", str(number)) == {"erased_entry": number}
    assert shell.refused("ada", "audit", "erase", str(number)) == "not_found"
    with shell.app.db.read() as connection:
        assert connection.scalar(select(note.c.text).where(note.c.audit_number == number)) is None
    assert shell.done("aude", "audit", "verify")["ok"] is True
