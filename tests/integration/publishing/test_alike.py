"""How many are served: those that are alike in all that decides are judged once, and the number is that of judging each."""

import random
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, insert, select, update

from assistant.corpus.products import find_product, freeze_product
from assistant.corpus.rights import set_display_right
from assistant.corpus.sources import withdraw_source
from assistant.publishing.affected import affected_items
from assistant.publishing.alike import count_served
from assistant.publishing.model import Publication
from assistant.publishing.serving import served
from assistant.store.database import Database, Transaction
from assistant.store.schema import citation, piece, source_scope
from assistant.store.schema import publication as publication_table
from eval.suites.withdrawal import multiply
from tests.builders.dossier import SENTENCES, add_source
from tests.builders.release import People
from tests.builders.statements import counted

COPIES = 250
DAYS = ("2026-06-10", "2026-06-14", "2026-06-15", "2026-06-30")


@pytest.fixture
def sources(db: Database, people: People, published: Publication) -> dict[str, str]:
    """By what is the matter with each: another approved one, a withdrawn, a replaced, one not to be shown at length."""
    del published
    librarian = people["librarian"]
    others = {
        name: add_source(db, librarian, (*SENTENCES, f"It is {name}."), title=name)
        for name in ("good", "withdrawn", "replaced", "sparing")
    }
    for name, markets in (("follower", ("EU", "FR")), ("stranger", ("EU",))):
        others[name] = add_source(
            db,
            librarian,
            (*SENTENCES, f"It is {name}."),
            title=name,
            markets=markets,
            replaces=others["replaced"] if name == "follower" else None,
        )
    with db.write() as tx:  # the newer version is for promotion, not for the company's own use
        kept = (source_scope.c.source_id == others["follower"], source_scope.c.value == "internal")
        assert tx.execute(delete(source_scope).where(*kept)).rowcount == 1
    withdraw_source(db, librarian, others["withdrawn"], "A new risk")
    set_display_right(db, librarian, others["sparing"], "reference_only", "The publisher's licence.")
    return others


def _vary(tx: Transaction, draw: random.Random, at: int, sources: dict[str, str], frozen: str) -> None:
    """Let copy `at` differ in what decides: half of them stand on a newer version, the others differ in anything."""
    newer = draw.random() < 0.5
    replaced, follower, stranger = (sources[name] for name in ("replaced", "follower", "stranger"))
    facts = {
        "market": draw.choice(["EU", "FR"]) if newer else draw.choice(["EU", "FR", "US"]),
        "audience": draw.choice(["hcp", "patient"]),
        "qualification": draw.choice(["promotional", "internal"]),
    }
    standing = draw.choice([follower, follower, follower, stranger]) if newer else ""
    awaited = draw.choice(["", *DAYS]) if newer or draw.random() < 0.3 else ""
    said = {
        "status": "published" if newer else draw.choice(["published"] * 5 + ["suspended", "recalled"]),
        "expires_on": None if newer else draw.choice([None, None, *map(date.fromisoformat, DAYS)]),
        "release": {
            "visa_number": f"FR-{at}",
            **({"standing": {replaced: standing}} if standing else {}),
            **({"confirm_by": {replaced: awaited}} if awaited else {}),
        },
    }
    if not newer and draw.random() < 0.2:
        facts["product_id"] = frozen
    tx.execute(
        update(publication_table).where(publication_table.c.id == f"publication_{at:016x}").values(**said)
    )
    tx.execute(update(piece).where(piece.c.id == f"piece_{at:016x}").values(**facts))
    others = draw.sample(["good", "withdrawn", "replaced", "sparing"], draw.choice([0, 0, 1, 1, 2]))
    for name in ["replaced"] if newer else others:
        _cite(tx, f"revision_{at:016x}", sources[name], draw.choice([1, 2, 4]), draw.choice([20, 280, 320]))


def _cite(tx: Transaction, revision: str, source: str, quotes: int, length: int) -> None:
    cited = {"revision_id": revision, "lineage": source, "source_id": source, "spans": [[1, 0, length]]}
    place = {"reading_id": "reading", "passage_id": "passage"}
    rows = [{**cited, **place, "ordinal": n, "quote_sha256": f"{n:064x}"} for n in range(quotes)]
    tx.execute(insert(citation), rows)


def test_the_number_is_that_of_judging_each_whatever_they_differ_in(
    db: Database, published: Publication, people: People, source: str, sources: dict[str, str]
) -> None:
    draw = random.Random(5)
    add_source(db, people["librarian"], ("Frozena is a product of its own.",), product="Frozena")
    freeze_product(db, people["safety"], "Frozena", "Signal")
    with db.write() as tx:
        frozen = find_product(tx.connection, "Frozena").id
        multiply(tx, published, COPIES)
        for at in range(COPIES):
            _vary(tx, draw, at, sources, frozen)
    for now in (datetime(2026, 6, 15, 10, 0, tzinfo=UTC), datetime(2026, 6, 15, 22, 30, tzinfo=UTC)):
        with db.read() as connection:
            ids = list(connection.scalars(select(publication_table.c.id)))
            each = sum(served(connection, one, now).ok for one in ids)
            assert count_served(connection, select(publication_table), now) == (COPIES + 1, each)
        assert COPIES / 10 < each < COPIES
    report = affected_items(db, people["auditor"], source=source)
    shown = [one["served"] for item in report["items"] for one in item["publications"]]
    assert (report["counts"]["publications"], report["counts"]["served"]) == (len(shown), sum(shown))


def test_a_source_withdrawn_since_the_last_look_counts_at_once(
    db: Database, published: Publication, people: People, source: str
) -> None:
    with db.write() as tx:
        multiply(tx, published, 30)
    assert affected_items(db, people["auditor"], source=source, limit=2)["counts"]["served"] == 31
    withdraw_source(db, people["librarian"], source, "A new risk")
    assert affected_items(db, people["auditor"], source=source, limit=2)["counts"]["served"] == 0


def test_of_a_hundred_that_are_alike_one_is_judged(
    db: Database, published: Publication, sources: dict[str, str]
) -> None:
    del sources
    with db.write() as tx:
        multiply(tx, published, 100)
        for at in range(100):  # a number of its own, as every visa has, decides nothing
            tx.execute(
                update(publication_table)
                .where(publication_table.c.id == f"publication_{at:016x}")
                .values(release={"visa_number": f"FR-{at}"})
            )
    with db.read() as connection, counted(db) as sent:
        assert count_served(connection, select(publication_table), db.clock.now()) == (101, 101)
    (loaded,) = (one for one in sent if "publication.manifest_hash" in one)
    assert loaded.count("?") + loaded.count("%(id_") == 1, (
        "the parameters of the statement that reads publications"
    )
