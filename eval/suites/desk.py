"""The review desk under load: pages of a queue with 100,000 tasks, the review screen and its page pictures, as a browser
waits for them; and a source that 10,000 published pieces cite: the report of what it led to, and its withdrawal.

A served home is asked over HTTP by a named reviewer. The first PDF of the data is drafted from and reviewed; the tasks
beside it are made in SQL. The database is SQLite, or a new one on the PostgreSQL server that ANCRAGE_EVAL_POSTGRES_URL names.
"""

import os
import random
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert, text

from assistant.bootstrap import App, open_app
from assistant.content.request import DraftRequest
from assistant.people.accounts import add_user, find_actor
from assistant.people.sessions import make_token
from assistant.review.queue_words import words_kept
from assistant.review.submission import submit
from assistant.review.tasks import claim
from assistant.settings import Settings
from assistant.store.schema import review_round, task, task_word
from eval.folders import label_files
from eval.metrics import percentile
from eval.served import served
from eval.suites import figure
from eval.suites.house import approved_request, empty_database
from eval.suites.withdrawal import PUBLISHED, publish_ten_thousand, withdraw_under_them
from ingestion.errors import AncrageError

TASKS = 100_000
PICTURES = 40
_PASSPHRASE = "measured, never kept"  # noqa: S105  opens a home that is deleted with the measurement
_BATCH = 5_000
_ADJECTIVES = ("renal", "cardiac", "paediatric", "hepatic", "elderly", "nocturnal", "severe", "chronic")
_PEOPLE = ("librarian", "writer", "medical", "regulatory")
QUEUE = {
    "expected of me": "/review",
    "all": "/review?view=all",
    "overdue": "/review?view=overdue",
    "gravest first": "/review?order=risk&view=all",
    "market, kind and risk": "/review?view=all&market=FR&kind=quiz&risk=block",
    "a rare word": "/review?view=all&words=piece77",
    "a common word": "/review?view=all&words=renal",
    "a word that no title has": "/review?view=all&words=zzz",
    "an author": "/review?view=all&words=author33",
    "a product and a common word": "/review?view=all&words=product7+renal",
    "two common words that few tasks have both": "/review?view=all&words=product7+quartet0",
    "two common words that no task has both": "/review?view=all&words=quartet0+quartet1",
    "a holder of few": "/review?view=all&words=medical",
    "a holder of many, a kind and a market": "/review?view=all&words=holder+two+quiz+france",
    "the beginning of an id": "/review?view=all&words=piece_0004",
    "a letter": "/review?view=all&words=p",
}


def run(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure each page of the queue 20 times, each statement of the review screen 5 times, and each picture of the first
    pages of a source that was just added when nobody has looked at it yet and again.
    """
    url = os.environ.get("ANCRAGE_EVAL_POSTGRES_URL", "")
    with (
        TemporaryDirectory(prefix="ancrage-desk-") as folder,
        empty_database(Path(folder), url) as database_url,
    ):
        settings = Settings(home=Path(folder), database_url=database_url, egress=False, workers=1)
        app = open_app(settings)
        try:
            token, piece, added = _furnish(app, data, say)
        finally:
            app.close()
        with served(settings) as address:
            get = _reader(address, token)
            system = "postgresql" if url else "sqlite"
            rows = []
            for name, path in QUEUE.items():
                rows += _timed(system, f"queue, {name}", [get(path) for _ in range(21)][1:])
            everything = [get(path) for path in QUEUE.values() for _ in range(5)]
            rows += _timed(system, f"queue page with {TASKS} tasks", everything)
            if piece:
                get(f"/review/{piece}")
                times = [get(f"/review/{piece}?statement=s{n}") for n in range(1, 7) for _ in range(5)]
                rows += _timed(system, "review screen", times)
            pages = range(1, min(added["pages"], PICTURES) + 1)
            pictures = [f"/sources/{added['id']}/pages/{number}.png" for number in pages]
            rows += _timed(system, "first page picture, cold", [get(picture) for picture in pictures])
            rows += _timed(system, "first page picture, warm", [get(picture) for picture in pictures])
        rows += _under_ten_thousand(settings, system, added["language"])
    for row in rows:
        say(f"{row['system']}: {row['metric']}: {row['value']:.0f}")
    return rows


def _under_ten_thousand(settings: Settings, system: str, language: str) -> list[dict[str, Any]]:
    """The same house with 10,000 published pieces: pages about them, then the withdrawal, once the server has gone."""
    with closing(open_app(settings)) as app:
        people = {role: find_actor(app.db, role) for role in _PEOPLE}
        wanted = DraftRequest("desk", "key-moments", "EU", language, qualification="internal")
        source = publish_ten_thousand(app, people, wanted, _PASSPHRASE)
        token = make_token(app.db, people["regulatory"], "desk")
    with served(settings) as address:
        get = _reader(address, token)
        rows = _timed(
            system,
            f"affected page with {PUBLISHED} published pieces",
            [get(f"/affected?source={source}") for _ in range(11)][1:],
        )
        rows += _timed(
            system,
            f"published page with {PUBLISHED} published pieces",
            [get("/published") for _ in range(11)][1:],
        )
    with closing(open_app(settings)) as app:
        found = withdraw_under_them(app, people["librarian"], source)
    about = {"dataset": "desk", "split": "all", "system": system, "low": None, "high": None}
    return rows + [{**about, **row} for row in found]


def _timed(system: str, name: str, times: list[float]) -> list[dict[str, Any]]:
    return [
        figure("desk", f"{name} {share} ms", percentile(times, part), len(times), system=system)
        for share, part in (("median", 0.5), ("p95", 0.95))
    ]


def _furnish(app: App, data: Path, say: Callable[[str], None]) -> tuple[str, str, dict[str, Any]]:
    """People, a piece in review, and the tasks; returns the reviewer's token, the piece, and the label."""
    add_user(app.db, None, "root", {"admin"}, _PASSPHRASE)
    admin = find_actor(app.db, "root")
    for role in _PEOPLE:
        add_user(app.db, admin, role, {role}, _PASSPHRASE)
    librarian, writer, medical = (find_actor(app.db, role) for role in _PEOPLE[:3])
    file = next(iter(label_files(data)), None)
    if file is None:
        raise AncrageError(f"There is no PDF in {data}.", help="Give a folder with a label.")
    (added,) = app.add_sources(librarian, [(file, approved_request("desk", "label"))])
    if isinstance(added, AncrageError):
        raise added
    draft = app.draft(
        writer, DraftRequest("desk", "key-moments", "EU", added["language"], qualification="internal")
    )
    piece = draft["piece"]["id"]
    submit(app.db, writer, piece)
    claim(app.db, medical, piece)
    _make_tasks(app, piece, medical.id)
    say(f"{TASKS} tasks are made.")
    return make_token(app.db, medical, "desk"), piece, added


def _make_tasks(app: App, piece: str, reviewer: str) -> None:
    admin = find_actor(app.db, "root")
    holders = [
        add_user(app.db, admin, f"holder {number}", {"medical"}, _PASSPHRASE).id
        for number in ("one", "two", "three")
    ]
    chance = random.Random(1)  # noqa: S311  the same tasks every time
    with app.db.write() as tx:
        head = tx.execute(text("SELECT product_id, revision_id FROM piece WHERE id = :p"), {"p": piece}).one()
        closed = {
            "id": "round_desk",
            "piece_id": piece,
            "revision_id": head.revision_id,
            "number": 0,
            "status": "cancelled",
            "submitted_by": "user_desk",
            "submitted_at": tx.now,
        }
        tx.execute(insert(review_round).values(**closed))
        for begin in range(0, TASKS, _BATCH):
            made = [_task(n, chance, tx.now, reviewer, holders) for n in range(begin, begin + _BATCH)]
            places = {"piece_id": piece, "round_id": "round_desk", "product_id": head.product_id}
            tx.execute(insert(task), [{**row, **places} for row in made])
            words = [
                {"task_id": row["id"], "word": word}
                for n, row in enumerate(made, begin)
                for word in _words(n, row)
            ]
            tx.execute(insert(task_word), words)
    with app.db.write() as tx:
        tx.execute(text("ANALYZE"))  # as the server does by itself after a while


def _words(n: int, row: dict[str, Any]) -> tuple[str, ...]:
    """Of its title, and as if it were of one of ten products, one of 200 authors, and a piece of its own."""
    ended = "quartet0" if row["status"] == "approved" else f"quartet{n % 4}"
    return words_kept((row["title"], f"product{n % 10}", f"author{n % 200} {ended}", f"piece_{n:08x}"))


def _task(n: int, chance: random.Random, now: Any, reviewer: str, holders: list[str]) -> dict[str, Any]:
    status = chance.choices(("open", "claimed", "approved"), (60, 30, 10))[0]
    holder = None if status == "open" else chance.choice(holders)
    return {
        "id": f"task_{n:06}",
        "role": chance.choice(("medical", "regulatory", "legal", "pharmacist")),
        "status": status,
        "assignee_id": reviewer if n % 1000 == 0 and status == "claimed" else holder,
        "claimed_at": None if status == "open" else now,
        "lease_until": now + timedelta(hours=chance.randrange(-48, 48)) if status == "claimed" else None,
        "created_at": now,
        "due_on": (now + timedelta(days=chance.randrange(-10, 30))).date(),
        "market": chance.choice(("FR", "EU", "UK", "US")),
        "kind": chance.choice(("key-moments", "quiz", "email", "brief")),
        "title": f"{chance.choice(_ADJECTIVES)} impairment: piece{n}",
        "risk": chance.choices(range(4), (5, 25, 30, 40))[0],
    }


def _reader(address: str, token: str) -> Callable[[str], float]:
    """Milliseconds until a page has come whole."""

    def get(path: str) -> float:
        wanted = urllib.request.Request(address + path, headers={"Authorization": f"Bearer {token}"})  # noqa: S310  our own server
        began = time.perf_counter()
        with urllib.request.urlopen(wanted, timeout=60) as answer:  # noqa: S310
            answer.read()
        return (time.perf_counter() - began) * 1000

    return get
