"""The people and the pieces in review that a measurement of deciding begins with."""

from dataclasses import dataclass
from pathlib import Path

from assistant.bootstrap import App
from assistant.content.request import DraftRequest
from assistant.people.accounts import add_user, find_actor
from assistant.people.roles import Actor
from assistant.people.sessions import make_token
from assistant.review.checking import check_revision
from assistant.review.model import NewPiece
from assistant.review.pieces import create_piece, load_piece, load_revision, save_revision
from assistant.review.rounds import last_round, tasks_of_round
from assistant.review.submission import submit
from eval import sample
from eval.suites.house import PASSPHRASE, approved_request
from ingestion.errors import AncrageError

WRITERS = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks over HTTP."""

    id: str
    token: str


@dataclass(frozen=True, slots=True)
class Stage:
    """What stands before anybody decides."""

    reviewers: tuple[Person, ...]
    writers: tuple[Person, ...]
    pieces: tuple[str, ...]
    authors: dict[str, Person]
    """Of each piece."""


def furnish(app: App, reviewers: int, pieces: int) -> Stage:
    """Draft once from the shipped sample, make as many pieces of that text, and send them all to review."""
    add_user(app.db, None, "root", {"admin"}, PASSPHRASE)
    admin = find_actor(app.db, "root")
    add_user(app.db, admin, "librarian", {"librarian"}, PASSPHRASE)
    authors = [_person(app, admin, f"writer {n}", "writer") for n in range(WRITERS)]
    made: list[str] = []
    author_of: dict[str, Person] = {}
    first = _first_piece(app, authors[0][0])
    for n in range(pieces):
        author, known = authors[n % WRITERS]
        piece = first if n == 0 else _another(app, author, first)
        submit(app.db, author, piece)
        made.append(piece)
        author_of[piece] = known
    roles = _roles_asked(app, first)
    deciding = [_person(app, admin, f"reviewer {n}", roles[n % len(roles)])[1] for n in range(reviewers)]
    return Stage(tuple(deciding), tuple(known for _, known in authors), tuple(made), author_of)


def _person(app: App, admin: Actor, name: str, role: str) -> tuple[Actor, Person]:
    add_user(app.db, admin, name, {role}, PASSPHRASE)
    actor = find_actor(app.db, name)
    return actor, Person(actor.id, make_token(app.db, actor, "measurement"))


def _first_piece(app: App, writer: Actor) -> str:
    label = Path(sample.__file__).parent / "files" / "en" / "label-v1.pdf"
    librarian = find_actor(app.db, "librarian")
    (added,) = app.add_sources(librarian, [(label, approved_request("Velmora", "label"))])
    if isinstance(added, AncrageError):
        raise added
    request = DraftRequest("Velmora", "key-moments", "EU", added["language"], qualification="internal")
    return str(app.draft(writer, request)["piece"]["id"])


def _another(app: App, writer: Actor, like: str) -> str:
    """A piece of its own with the same text."""
    with app.db.write() as tx:
        known = load_piece(tx.connection, like)
        assert known.revision_id is not None
        text = load_revision(tx.connection, known.revision_id)
        new = NewPiece(
            known.product_id,
            known.kind,
            known.market,
            known.language,
            known.audience,
            known.channel,
            known.qualification,
            known.title,
            known.engine,
        )
        piece = create_piece(tx, writer, new)
        revision = save_revision(tx, writer, piece.id, text.document, dict(text.provenance))
        check_revision(tx, load_piece(tx.connection, piece.id), revision, "draft", writer)
    return piece.id


def _roles_asked(app: App, piece: str) -> list[str]:
    with app.db.read() as connection:
        found = last_round(connection, piece)
        assert found is not None
        return sorted({task.role for task in tasks_of_round(connection, found.id)})
