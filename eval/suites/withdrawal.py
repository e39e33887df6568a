"""Withdrawing a source that 10,000 published pieces cite: how long it takes, and whether any is served afterwards.

Every piece has its own revision, citations and publication; all of them are asked, in one listing and one by one.
"""

import time
from typing import Any

from sqlalchemy import insert, select, text

from assistant.bootstrap import App
from assistant.content.request import DraftRequest
from assistant.corpus.sources import withdraw_source
from assistant.people.roles import Actor
from assistant.publishing.listing import list_published
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.serving import served
from assistant.review.decisions import approve
from assistant.review.submission import submit
from assistant.store.database import Transaction
from assistant.store.schema import citation, piece, publication, revision

PUBLISHED = 10_000
_BATCH = 1_000
_SECOND = 1.0


def publish_ten_thousand(app: App, people: dict[str, Actor], wanted: DraftRequest, passphrase: str) -> str:
    """The source that 10,000 pieces cite, each published.

    `wanted` is a piece that cites one source; `people` are a librarian, a writer, a medical and a regulatory reviewer.
    """
    first, source = _published(app, people, wanted, passphrase)
    with app.db.write() as tx:
        multiply(tx, first, PUBLISHED - 1)
    with app.db.write() as tx:
        tx.execute(text("ANALYZE"))  # as the server does by itself after a while
    return source


def withdraw_under_them(app: App, librarian: Actor, source: str) -> list[dict[str, Any]]:
    """[{"metric", "value", "n"}]: milliseconds of the withdrawal and of the listings, and how many are still served."""
    with app.db.read() as connection:
        ids = list(connection.scalars(select(publication.c.id).order_by(publication.c.id)))
    before, ms_before = _listed(app)
    began = time.perf_counter()
    withdraw_source(app.db, librarian, source, "Measured.")
    withdrawn = time.perf_counter()
    after, ms_after = _listed(app)
    time.sleep(max(0.0, _SECOND - (time.perf_counter() - withdrawn)))
    still = _still_served(app, ids)
    asked = time.perf_counter() - withdrawn
    return [
        {"metric": "published before the withdrawal, in one listing", "value": before, "n": len(ids)},
        {"metric": "listing ms", "value": ms_before, "n": len(ids)},
        {"metric": "withdrawal ms", "value": (withdrawn - began) * 1000, "n": 1},
        {"metric": "still served at once, in one listing", "value": after, "n": len(ids)},
        {"metric": "listing after the withdrawal ms", "value": ms_after, "n": len(ids)},
        {"metric": "still served one second later, each asked", "value": still, "n": len(ids)},
        {"metric": "asked until s after the withdrawal", "value": asked, "n": len(ids)},
    ]


def _published(
    app: App, people: dict[str, Actor], wanted: DraftRequest, passphrase: str
) -> tuple[Publication, str]:
    """One piece, drafted, reviewed and published; and the source that all of it cites."""
    draft = app.draft(people["writer"], wanted)
    piece_id = draft["piece"]["id"]
    submit(app.db, people["writer"], piece_id)
    for role in ("medical", "regulatory"):
        approve(app.db, people[role], piece_id, passphrase)
    released = publish(app.db, people["regulatory"], piece_id)
    (source,) = {cited["source"] for one in draft["statements"] for cited in one["citations"]}
    return released, source


def _listed(app: App) -> tuple[float, float]:
    began = time.perf_counter()
    found = list_published(app.db)
    return float(len(found)), (time.perf_counter() - began) * 1000


def _still_served(app: App, ids: list[str]) -> float:
    with app.db.read() as connection:
        now = app.clock.now()
        return float(sum(served(connection, one, now).ok for one in ids))


def multiply(tx: Transaction, one: Publication, count: int, first: int = 0) -> None:
    """Copies of the piece with its revision and citations, each published on its own; numbered from `first`."""
    rows = {
        "piece": dict(tx.execute(select(piece).where(piece.c.id == one.piece_id)).mappings().one()),
        "revision": dict(
            tx.execute(select(revision).where(revision.c.id == one.revision_id)).mappings().one()
        ),
        "publication": dict(
            tx.execute(select(publication).where(publication.c.id == one.id)).mappings().one()
        ),
    }
    cited = [
        dict(row)
        for row in tx.execute(select(citation).where(citation.c.revision_id == one.revision_id)).mappings()
    ]
    for begin in range(first, first + count, _BATCH):
        numbers = range(begin, min(begin + _BATCH, first + count))
        for table, own in ((piece, "piece"), (revision, "revision"), (publication, "publication")):
            tx.execute(insert(table), [{**rows[own], **_ids(own, n)} for n in numbers])
        tx.execute(
            insert(citation), [{**row, "revision_id": f"revision_{n:016x}"} for n in numbers for row in cited]
        )


def _ids(own: str, n: int) -> dict[str, str]:
    """The ids of the copy: its own, and those of what belongs to it."""
    belongs = {"piece": ("revision",), "revision": ("piece",), "publication": ("piece", "revision")}
    return {"id": f"{own}_{n:016x}", **{f"{name}_id": f"{name}_{n:016x}" for name in belongs[own]}}
