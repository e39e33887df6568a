"""Many files at once: folders and manifests, one bad file among them, and a command that was killed in the middle."""

import csv
import io as streams
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from api.cli.commands import execute
from api.cli.forward import CommandServer, forward
from api.cli.io import Io
from api.cli.parser import parse
from assistant.bootstrap import App, open_app
from assistant.people.accounts import add_user, find_actor
from assistant.people.roles import Role
from assistant.settings import Settings
from assistant.store.schema import audit_entry, job, reading, source

ROOT = Path(__file__).parents[2]
PASSPHRASE = "a passphrase for the tests"
AS_TALK = ("--product", "Velmora", "--kind", "transcript", "--market", "FR")
HEADER = "Fichier;Produit;Type;Marché;Langue;Approbation;Approuvé le;Expire le;Remplace\n"
DATES = "MLR-1;2026-01-01;2099-01-01"


def talk(path: Path, dose: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"WEBVTT\n\n00:01.000 --> 00:04.000\nThe recommended dose is {dose} mg once daily.\n")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def app(home: Path) -> Iterator[App]:
    opened = open_home(home)
    add_user(opened.db, None, "ada", frozenset({Role.ADMIN}), PASSPHRASE)
    add_user(opened.db, find_actor(opened.db, "ada"), "lena", frozenset({Role.LIBRARIAN}), PASSPHRASE)
    yield opened
    opened.close()


def open_home(home: Path) -> App:
    return open_app(Settings.from_environment({"ANCRAGE_HOME": str(home), "ANCRAGE_WORKERS": "1"}))


def ends(cwd: Path) -> Io:
    return Io(streams.StringIO(), streams.StringIO(), cwd, "lena", lambda: PASSPHRASE)


def typed(app: App, cwd: Path, *words: str) -> tuple[int, dict[str, Any]]:
    io = ends(cwd)
    code = execute(app, parse(["--json", *words]), io)
    return code, json.loads(io.out.getvalue())  # type: ignore[attr-defined]


def test_a_folder_is_taken_in_with_all_that_can_be_read(app: App, tmp_path: Path) -> None:
    talk(tmp_path / "files" / "one.vtt", 5)
    talk(tmp_path / "files" / "deep" / "er" / "two.vtt", 10)
    talk(tmp_path / "files" / "again.vtt", 5)
    (tmp_path / "files" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "files" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "files" / "broken.vtt").write_text("WEBVTT\n\nno cue at all\n")
    (tmp_path / "files" / "passwd.vtt").symlink_to("/etc/passwd")
    words = ("source", "add", "files", *AS_TALK, "--report", "report.json")
    code, document = typed(app, tmp_path, *words)
    assert code == 1
    assert [(found["file"], found["file_name"]) for found in document["sources"]] == [
        ("files/again.vtt", "again.vtt"),
        ("files/deep/er/two.vtt", "two.vtt"),
        ("files/one.vtt", "again.vtt"),
    ]
    assert [(it["file"], it["error"]["code"]) for it in document["refused"]] == [
        ("files/broken.vtt", "unreadable_file")
    ]
    assert {Path(it["file"]).name for it in document["skipped"]} == {"picture.png", ".DS_Store", "passwd.vtt"}
    assert document["counts"] == {
        "files": 7,
        "added": 2,
        "already_known": 1,
        "refused": 1,
        "skipped": 3,
        "refused_by_code": {"unreadable_file": 1},
    }
    assert json.loads((tmp_path / "report.json").read_text()) == document
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["outcome"] for row in csv.DictReader(file)].count("added") == 2
    _, again = typed(app, tmp_path, *words)
    assert (again["counts"]["added"], again["counts"]["already_known"]) == (0, 3)
    with app.db.read() as connection:
        assert connection.execute(select(func.count()).select_from(reading)).scalar() == 2


def test_a_manifest_names_each_files_options_and_a_wrong_line_stops_no_other(
    app: App, tmp_path: Path
) -> None:
    folder = tmp_path / "dossier"
    for name, dose in (("v1.vtt", 5), ("sous/v2.vtt", 10), ("c.vtt", 15), ("d.vtt", 20)):
        talk(folder / name, dose)
    talk(tmp_path / "outside.vtt", 25)
    lines = (
        f"sous\\v2.vtt;Velmora;transcription;FR|EU;en;{DATES};v1.vtt\n"
        f"v1.vtt;Velmora;transcript;FR;en;{DATES};\n"
        "c.vtt;Velmora;transcript;FR;en;MLR-1;01/02/2026;2099-01-01;\n"
        f"d.vtt;Velmora;transcript;FRANCE;en;{DATES};\n"
        f"../outside.vtt;Velmora;transcript;FR;en;{DATES};\n"
        f"none.vtt;Velmora;transcript;FR;en;{DATES};\n"
        ";;;;;;;;\n"
        f"d.vtt;Velmora;transcript;FR;en;{DATES};none.vtt\n"
    )
    (folder / "manifest.csv").write_bytes((HEADER + lines).encode("cp1252"))
    code, document = typed(app, tmp_path, "source", "import", "--manifest", "dossier/manifest.csv")
    assert code == 1
    newer, older = document["sources"]
    assert (newer["replaces"], newer["markets"], newer["status"]) == (older["id"], ["EU", "FR"], "approved")
    refused = {it["line"]: it["error"] for it in document["refused"]}
    assert {line: error["code"] for line, error in refused.items()} == dict.fromkeys(
        (4, 5, 6, 7, 9), "invalid_input"
    )
    assert all(error["message"].startswith(f"Line {line}: ") for line, error in refused.items())
    assert "01/02/2026" in refused[4]["message"]
    assert "outside the manifest's folder" in refused[6]["message"]
    assert "none.vtt, which was refused" in refused[9]["message"]
    _, listed = typed(app, tmp_path, "source", "list")
    assert {s["file_name"]: s["status"] for s in listed["sources"]} == {
        "v1.vtt": "superseded",
        "v2.vtt": "approved",
    }


def test_a_manifest_with_a_column_that_nobody_knows_is_refused_whole(app: App, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("file,market,expire_on\na.vtt,FR,2027-01-01\n")
    code, document = typed(app, tmp_path, "source", "import", "--manifest", "m.csv")
    assert (code, document["error"]["code"]) == (1, "invalid_input")
    assert "expire_on" in document["error"]["message"]


@pytest.mark.parametrize(
    "report", ["list.json", "list.csv", "./x/../list.json", "one.vtt", "t.txt", "bad.json"]
)
def test_a_report_is_never_written_over_the_manifest_or_a_file_that_it_names(
    app: App, tmp_path: Path, report: str
) -> None:
    (tmp_path / "x").mkdir()
    talk(tmp_path / "one.vtt", 5)
    (tmp_path / "t.csv").write_text("claim\nA claim.\n")
    lines = "one.vtt,Velmora,transcript,FR\nt.csv,Velmora,claims,FR\nbad.csv,Velmora,nothing,FR\n"
    (tmp_path / "list.csv").write_text(f"file,product,kind,market\n{lines}")
    (tmp_path / "bad.csv").write_text("Of a line that is refused.")
    before = {path: path.read_bytes() for path in tmp_path.glob("*.*")}
    code, document = typed(app, tmp_path, "source", "import", "--manifest", "list.csv", "--report", report)
    assert (code, document["error"]["code"]) == (1, "invalid_input")
    assert "would be written over" in document["error"]["message"]
    assert {path: path.read_bytes() for path in tmp_path.glob("*.*")} == before
    assert typed(app, tmp_path, "source", "list")[1]["sources"] == []


def test_a_report_is_never_written_over_what_a_folder_holds(app: App, tmp_path: Path) -> None:
    talk(tmp_path / "files" / "one.vtt", 5)
    (tmp_path / "files" / "notes.xyz").write_text("Nothing that can be read.")
    for report in ("files/one.vtt", "files/notes.xyz"):
        code, document = typed(app, tmp_path, "source", "add", "files", *AS_TALK, "--report", report)
        assert (code, document["error"]["code"]) == (1, "invalid_input"), report
    assert (tmp_path / "files" / "notes.xyz").read_text() == "Nothing that can be read."
    assert typed(app, tmp_path, "source", "list")[1]["sources"] == []
    assert typed(app, tmp_path, "source", "add", "files", *AS_TALK, "--report", "files/new.json")[0] == 0


def test_a_manifest_is_forwarded_to_a_server(app: App, tmp_path: Path) -> None:
    talk(tmp_path / "one.vtt", 5)
    (tmp_path / "m.csv").write_text("\ufefffile,product,kind,market\none.vtt,Velmora,transcript,FR\n")
    server = CommandServer(tmp_path, lambda argv, io: execute(app, parse(argv), io))
    server.start("http://127.0.0.1:1")
    words = ["--json", "source", "import", "--manifest", "m.csv", "--report", "report.json"]
    io = ends(tmp_path)
    try:
        assert forward(tmp_path, parse(words), words, io) == 0
    finally:
        server.stop()
    assert json.loads(io.out.getvalue())["counts"]["added"] == 1  # type: ignore[attr-defined]
    assert (tmp_path / "report.csv").exists()


@pytest.mark.parametrize("point", ["ingest:stored:3", "job:store:2", "job:cascade:3"])
def test_a_killed_import_goes_on_where_it_stopped_and_reads_nothing_twice(
    app: App, home: Path, tmp_path: Path, point: str
) -> None:
    app.close()
    files = tmp_path / "files"
    for number in range(6):
        talk(files / f"{number}.vtt", number)
    words = [
        sys.executable,
        "-c",
        "from api.cli import main; raise SystemExit(main())",
        "--as",
        "lena",
        "--json",
    ]
    words += ["source", "add", str(files), *AS_TALK]
    environ = {
        **os.environ,
        "ANCRAGE_HOME": str(home),
        "ANCRAGE_WORKERS": "1",
        "PYTHONPATH": str(ROOT),
    }
    killed = subprocess.run(
        words, env={**environ, "ANCRAGE_FAILPOINT": point}, capture_output=True, text=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    done = subprocess.run(words, env=environ, capture_output=True, text=True, check=False)
    document = json.loads(done.stdout)
    assert (done.returncode, len(document["sources"]), document["refused"]) == (0, 6, [])
    opened = open_home(home)
    try:
        with opened.db.read() as connection:
            actions = list(connection.execute(select(audit_entry.c.action)).scalars())
            counts = [
                connection.execute(select(func.count()).select_from(table)).scalar()
                for table in (source, reading)
            ]
            jobs = list(connection.execute(select(job.c.arguments).where(job.c.kind == "ingest")).scalars())
        assert actions.count("source.registered") == actions.count("source.indexed") == 6
        assert counts == [6, 6]
        assert len(jobs) == len({arguments["sha256"] for arguments in jobs}) == 6
        assert list((home / "incoming").iterdir()) == []
    finally:
        opened.close()
