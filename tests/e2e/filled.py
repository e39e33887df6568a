"""A home in which every page has something to show: the demonstration, and what happens to its pieces afterwards."""

import io
import json
import sys
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Column, ColumnElement, Table, select

from api.cli.demo import PASSPHRASE, PRODUCT, Story, add_source, publish, tell
from api.cli.io import Io
from assistant.bootstrap import App, open_app
from assistant.content.editing import edit_segment
from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.people.accounts import find_actor
from assistant.review.model import Revision
from assistant.review.pieces import load_piece, newest_revision
from assistant.settings import Settings, sqlite_url
from assistant.store.database import Database
from assistant.store.schema import case, confirmation, job, product, publication, source, user
from eval import sample
from tests.builders.dossier import edit
from tests.builders.rereading import add_read_by_older

NEW_LABEL = "en/label-v2.pdf"
TALK = """WEBVTT

00:00:01.000 --> 00:00:06.000
<v Dr Blue>The dose stays as it is in mild renal impairment.

00:00:06.500 --> 00:00:12.000
<v Dr Blue>Potassium is measured one week after the start.
"""


def fill(home: Path) -> dict[str, str]:
    """Fill an empty home. Returns the ids of what the pages are about, by name."""
    app = open_app(Settings(home=home, database_url=sqlite_url(home), egress=False, workers=1))
    try:
        ends = Io(io.StringIO(), io.StringIO(), home, None, lambda: PASSPHRASE)
        story = Story(app, ends)
        drafts = tell(story)
        _send_one_back(story, drafts["quiz", "en"])
        publish(story, drafts["key-moments", "en"])
        story.run("rita", "recall", drafts["key-moments", "en"], "--reason", "A new risk was found")
        publish(story, _draft(story, "overdose"))
        _replace_the_english_label(story)
        reviewed = _review_one(story)
        return _ids(app) | {
            "again": _second_round(story),
            "lifted": _set_a_finding_aside(story, drafts["email", "fr"]),
            "proposal": _propose_a_policy(story),
            "checked": _check_a_text(story),
            "reread": _read_a_talk_again(story),
            "draft": drafts["brief", "fr"],
            "quiz": drafts["quiz", "en"],
            "piece": reviewed,
            "published": drafts["key-moments", "fr"],
            "pulled": drafts["key-moments", "en"],
        }
    finally:
        app.close()


def _draft(story: Story, topic: str) -> str:
    words = ("--product", PRODUCT, "--market", "EU", "--language", "en", "--topic", topic)
    return str(story.run("wanda", "draft", "key-moments", *words)["piece"]["id"])


def _check_a_text(story: Story) -> str:
    """Somebody else's text, with a claim that nothing carries."""
    file = story.app.settings.home / "leaflet.txt"
    file.write_text("Velmora reduces the risk of death by 50%.\n", encoding="utf-8")
    words = ("--product", PRODUCT, "--market", "FR", "--language", "en")
    return str(story.run("wanda", "check", str(file), *words)["piece"]["id"])


def _review_one(story: Story) -> str:
    """Marc has it in hand; Rita has flagged a statement."""
    piece = _draft(story, "hyperkalaemia")
    submitted = story.run("wanda", "review", "submit", piece)
    first = submitted["statements"][0]["id"]
    for task in submitted["tasks"]:
        if task["role"] == "medical":
            story.run("marc", "review", "claim", task["id"])
    flag = ("--statement", first, "--mandatory")
    story.run("rita", "review", "comment", piece, "Is this the wording of the approved label?", *flag)
    story.run("marc", "review", "comment", piece, "Reads well; the dose stands first.")
    return piece


def _second_round(story: Story) -> str:
    """Sent back, one sentence reworded by hand, sent again: the new wording waits for a medical attestation."""
    db = story.app.db
    piece = _draft(story, "dose")
    _send_one_back(story, piece)
    newest = _newest(db, piece)
    first = next(one for one in newest.document.segments if one.kind == "statement")
    edit_segment(db, find_actor(db, "wanda"), piece, first.id, f"Please note: {first.text}", newest.id)
    story.run("wanda", "review", "submit", piece)
    return piece


def _set_a_finding_aside(story: Story, piece: str) -> str:
    """A French piece without its mentions, sent with a request; one of two reviewers has lifted a block."""
    db = story.app.db
    wanda = find_actor(db, "wanda")
    document = _newest(db, piece).document
    bare = tuple(one for one in document.segments if one.kind != "fragment")
    edit(db, wanda, piece, replace(document, segments=bare))
    request = "They stand on the page around it."
    shown = story.run("wanda", "review", "submit", piece, "--request-override", request)
    block = next(one for one in shown["open"]["blocks"] if one["overridable"])
    where = () if block["where"] == "piece" else ("--statement", block["where"])
    story.run("leo", "review", "override", piece, block["rule"], *where, "--reason", "Seen around it.")
    return piece


def _newest(db: Database, piece: str) -> Revision:
    with db.read() as connection:
        return newest_revision(connection, load_piece(connection, piece))


def _send_one_back(story: Story, piece: str) -> None:
    submitted = story.run("wanda", "review", "submit", piece)
    for task in submitted["tasks"]:
        if task["role"] == "medical":
            story.run("marc", "review", "claim", task["id"])
            reason = "Ask about the dose first."
            story.run("marc", "review", "request-changes", task["id"], "--reason", reason)


def _replace_the_english_label(story: Story) -> None:
    dossier = yaml.safe_load((sample.FOLDER / "dossier.yaml").read_text(encoding="utf-8"))
    newer = next(d for d in dossier["documents"] if d["file"] == NEW_LABEL)
    known = story.run("lena", "source", "list", "--product", PRODUCT)["sources"]
    (old,) = (s["id"] for s in known if (s["kind"], s["language"]) == ("label", "en"))
    add_source(story, newer, "--replaces", old)


def _read_a_talk_again(story: Story) -> str:
    """A recording in which an older reader misread a word, and today's reading beside it; returns the source's id."""
    app, lena = story.app, find_actor(story.app.db, "lena")
    file = app.settings.home / "talk on potassium.vtt"
    file.write_text(TALK, encoding="utf-8")
    approval = ApprovalRequest("RA-2026-77", date(2026, 1, 31), date(2099, 1, 30))
    request = SourceRequest(
        PRODUCT, "transcript", ("UK",), "en", title="Talk on potassium", approval=approval
    )
    source = add_read_by_older(app, lena, file, request, {"Potassium": "Magnesium"})
    app.rereading.read(lena, source)
    return source


def _propose_a_policy(story: Story) -> str:
    """Legal signs first, and the pharmacist last in France; returns the policy's hash."""
    policy = yaml.safe_load(files("assistant.review").joinpath("policies.yaml").read_text(encoding="utf-8"))
    usual = policy["workflows"][0]
    medical, regulatory, *legal = usual["steps"][0]["signatures"]
    last = [{"role": "pharmacist", "when": {"markets": ["FR"]}}]
    usual["steps"] = [
        {"signatures": [medical, *legal], "working_days": 3},
        {"signatures": [regulatory, *last], "working_days": 2},
    ]
    file = story.app.settings.home / "policy.yaml"
    file.write_text(yaml.safe_dump(policy, allow_unicode=True), encoding="utf-8")
    reason = "Regulatory reads what medical has signed."
    (proposed,) = story.run("phil", "policy", "propose", str(file), "--reason", reason)["proposals"]
    return str(proposed["hash"])


def _ids(app: App) -> dict[str, str]:
    with app.db.read() as connection:

        def one(table: Table, first: Column[Any], *conditions: ColumnElement[bool]) -> str:
            """The first of that order: pictures of a page show the same every time."""
            found = connection.scalar(select(table.c.id).where(*conditions).order_by(first).limit(1))
            assert found is not None, f"nothing in {table.name}"
            return str(found)

        live = connection.execute(
            select(publication.c.id, publication.c.manifest_hash)
            .where(publication.c.status == "published")
            .order_by(publication.c.published_at.desc())
            .limit(1)
        ).one()
        return {
            "product": one(product, product.c.created_at),
            "source": one(source, source.c.title, source.c.replaces.is_not(None)),
            "replaced": one(source, source.c.title, source.c.replaces.is_not(None)),
            "confirmation": one(confirmation, confirmation.c.opened_at),
            "job": one(
                job, job.c.created_at, job.c.created_by.in_(select(user.c.id).where(user.c.name == "lena"))
            ),
            "publication": live.id,
            "gone": one(publication, publication.c.published_at, publication.c.status == "recalled"),
            "hash": live.manifest_hash,
            "case": one(case, case.c.opened_at, case.c.kind == "adverse_event"),
        }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(Path(sys.argv[1]))))
