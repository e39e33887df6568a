"""`ancrage demo`: the whole way on the shipped sample, with the same commands that a person would type."""

import io as streams
import json
import os
import shlex
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from api.cli.commands import execute
from api.cli.forward import is_alive
from api.cli.home import owned
from api.cli.io import Io
from api.cli.parser import parse
from api.cli.show import show
from api.cli.show.pieces import statement_lines
from assistant.bootstrap import App, open_app
from assistant.errors import Busy, IntegrityError, InvalidInput
from assistant.settings import Settings, settings_from_environment, sqlite_url
from eval import sample

MARK = "demo.json"
"""Only a folder that holds this file is ever emptied."""

PASSPHRASE = "ancrage demo passphrase"  # noqa: S105  printed for everybody to see
PEOPLE = {
    "ada": "admin",
    "lena": "librarian",
    "wanda": "writer",
    "marc": "medical",
    "rita": "regulatory",
    "leo": "legal",
    "phil": "pharmacist",
    "sofia": "safety",
    "remy": "rep",
    "helen": "hcp",
    "aude": "auditor",
}
PRODUCT = "Velmora"
QUESTIONS = (
    ("fr", "FR", "Quelle est la dose initiale recommandée ?"),
    ("en", "EU", "What was the hazard ratio for the primary endpoint in ORIENT-HF?"),
    ("fr", "FR", "Ma patiente a fait une éruption sous Velmora hier"),
    ("en", "EU", "Does Velmora cure psoriasis?"),
)


def demo(io: Io, *, serve_after: bool, port: int) -> int:
    """Run the demonstration in a home of its own, made afresh; then serve it. Returns the exit code."""
    began = time.monotonic()
    settings = settings_from_environment()
    if "ANCRAGE_HOME" not in os.environ:
        home = io.cwd / ".demo"
        settings = replace(settings, home=home, database_url=sqlite_url(home))
    _empty(settings.home)
    with owned(settings, io) as mine:
        if not mine:
            raise Busy(f"A server is running on {settings.home}.", help="Stop it, then run the demo again.")
        app = open_app(settings)
        try:
            story = Story(app, io)
            tell(story)
        finally:
            app.close()
    io.out.write(f"\nAll of this took {time.monotonic() - began:.0f} s and is kept in {settings.home}.\n")
    if not serve_after:
        return 0
    return _serve(settings, port, io)


def _empty(home: Path) -> None:
    if home.exists() and any(home.iterdir()):
        if is_alive(home):
            raise Busy(f"A server is running on {home}.", help="Stop it, then run the demo again.")
        if not (home / MARK).exists():
            raise InvalidInput(
                f"{home} holds something that is not a demo.",
                help="Set ANCRAGE_HOME to an empty or new folder.",
            )
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    (home / MARK).write_text(json.dumps({"made_by": "ancrage demo"}), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Story:
    """Types commands, shows them as they would be typed, and keeps their documents."""

    app: App
    io: Io

    def chapter(self, title: str) -> None:
        """Begin a part."""
        self.io.out.write(f"\n=== {title}\n")
        self.io.out.flush()

    def run(self, person: str, *words: str, quiet: bool = False) -> dict[str, Any]:
        """Run `ancrage WORDS` as a person. Raises IntegrityError where the demonstration itself is refused."""
        arguments = parse(["--as", person, "--json", *words])
        heard = streams.StringIO()
        ends = replace(self.io, out=heard, user=person, password=lambda: PASSPHRASE)
        shown = " ".join(shlex.quote(word) for word in words)
        self.io.out.write(f"$ ancrage --as {person} {shown}\n")
        self.io.out.flush()
        code = execute(self.app, arguments, ends)
        document: dict[str, Any] = json.loads(heard.getvalue())
        if code:
            raise IntegrityError(
                f"The demonstration was stopped: {document}", help="This is a defect; please report it."
            )
        if not quiet:
            show(document, self.io)
        return document


def tell(story: Story) -> dict[tuple[str, str], str]:
    """Fill an empty home; returns the drafts by kind and language."""
    dossier = yaml.safe_load((sample.FOLDER / "dossier.yaml").read_text(encoding="utf-8"))
    story.chapter("People")
    for person, role in PEOPLE.items():
        story.run("ada", "user", "add", person, "--role", role, quiet=True)
    story.chapter("The product sheet and its approved sources")
    sheet = story.app.settings.home / "velmora.yaml"
    sheet.write_text(yaml.safe_dump(dossier["product"], allow_unicode=True), encoding="utf-8")
    story.run("lena", "product", "add", PRODUCT, "--sheet", str(sheet), quiet=True)
    for document in dossier["documents"]:
        if not document.get("later"):
            add_source(story, document)
    story.run("lena", "source", "list", "--product", PRODUCT)
    story.chapter("Eight drafts: four kinds in two languages")
    drafts = _draft_all(story)
    story.chapter("One piece goes through review to publication")
    publish(story, drafts["key-moments", "fr"])
    publish(story, drafts["brief", "en"])
    story.chapter("Questions to the approved sources")
    for language, market, question in QUESTIONS:
        story.run("helen", "ask", question, "--product", PRODUCT, "--market", market, "--language", language)
    story.chapter("The trail of all this")
    story.run("aude", "audit", "verify")
    return drafts


def add_source(story: Story, document: dict[str, Any], *more: str) -> None:
    """Add a document of the dossier as its librarian."""
    words = ["source", "add", str(sample.FOLDER / "files" / document["file"]), "--product", PRODUCT]
    words += ["--kind", document["kind"], "--language", document["language"], "--title", document["title"]]
    words += [
        "--market",
        *document["markets"],
        "--audience",
        *document["audiences"],
        "--use",
        *document["uses"],
    ]
    words += ["--approval", document["approval"], "--approved-on", str(document["approved_on"])]
    words += ["--expires-on", str(document["expires_on"])]
    if "display" in document:
        words += ["--display", document["display"]]
    words += more
    story.run("lena", *words, quiet=True)


def _draft_all(story: Story) -> dict[tuple[str, str], str]:
    drafts = {}
    for language, market in (("fr", "FR"), ("en", "EU")):
        for kind in ("key-moments", "quiz", "email", "brief"):
            words = ("draft", kind, "--product", PRODUCT, "--market", market, "--language", language)
            document = story.run("wanda", *words, quiet=True)
            drafts[kind, language] = document["piece"]["id"]
            story.io.out.write(f"  {document['piece']['id']}: {len(document['statements'])} statements\n")
            for statement in document["statements"]:
                story.io.out.write("\n".join(statement_lines(statement)) + "\n")
    return drafts


def publish(story: Story, piece: str) -> None:
    """Take a draft through review to publication."""
    submitted = story.run("wanda", "review", "submit", piece)
    reviewers = {role: person for person, role in PEOPLE.items()}
    for statement in submitted["statements"]:
        if statement["verdict"] == "needs_review":
            reason = "Read against the label: same dose, same population."
            story.run("marc", "review", "attest", piece, statement["id"], "--reason", reason, quiet=True)
    for task in submitted["tasks"]:
        person = reviewers[task["role"]]
        story.run(person, "review", "claim", task["id"], quiet=True)
        story.run(
            person, "review", "approve", task["id"], "--meaning", "approval", "--password-stdin", quiet=True
        )
    promotional_in_france = (
        submitted["piece"]["market"] == "FR" and submitted["piece"]["qualification"] == "promotional"
    )
    visa = (
        ["--visa-number", "26/11/69999991/PM/001", "--visa-granted-on", "2026-11-02"]
        if promotional_in_france
        else []
    )
    releaser = "phil" if submitted["piece"]["market"] == "FR" else "rita"
    story.run(releaser, "publish", piece, *visa)


def _serve(settings: Settings, port: int, io: Io) -> int:
    from api.cli.serve import serve

    io.out.write("\nSign in with any of these names; the passphrase of all is: " + PASSPHRASE + "\n")
    for person, role in PEOPLE.items():
        io.out.write(f"  {person:8} {role}\n")
    io.out.flush()
    with owned(settings, io) as mine:
        if not mine:
            raise Busy(
                "A server has taken the demo's home meanwhile.", help="Stop it, then run the demo again."
            )
        return serve(settings, "127.0.0.1", port, "all", io)
