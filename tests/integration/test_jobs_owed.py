"""What follows from a withdrawal is owed: a cascade that failed is not lost, and the withdrawal stands meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from assistant.errors import WrongState
from assistant.people.roles import Actor
from assistant.publishing.publications import publish
from assistant.publishing.serving import served
from assistant.review.decisions import approve
from assistant.review.pieces import load_piece
from assistant.review.submission import submit
from tests.builders.dossier import add_piece, add_source, document_of
from tests.integration.conftest import PASSWORD

if TYPE_CHECKING:
    from assistant.bootstrap import App

OpenApp = Callable[..., "App"]


@dataclass
class Trouble:
    """Makes the recall of a piece fail for as long as it lasts."""

    lasts: bool = True

    def __call__(self, name: str) -> None:
        if self.lasts and name == "audit:piece.recalled":
            raise RuntimeError("the disk was away for a moment")


@dataclass(frozen=True)
class Published:
    """A published piece, its source, and the application whose cascade fails."""

    app: "App"
    source: str
    piece: str
    publication: str

    def states(self) -> tuple[str, bool]:
        with self.app.db.read() as connection:
            state = served(connection, self.publication, self.app.clock.now())
            return load_piece(connection, self.piece).status, state.ok


@pytest.fixture
def trouble() -> Trouble:
    return Trouble()


@pytest.fixture
def published(app_factory: OpenApp, people: dict[str, Actor], trouble: Trouble) -> Published:
    app = app_factory()
    app.db = replace(app.db, failpoint=trouble)
    source = add_source(app.db, people["librarian"])
    piece = add_piece(app.db, people["writer"], document_of(app.db, source)).id
    submit(app.db, people["writer"], piece)
    approve(app.db, people["medical"], piece, PASSWORD)
    approve(app.db, people["regulatory"], piece, PASSWORD)
    return Published(app, source, piece, publish(app.db, people["regulatory"], piece).id)


def test_a_withdrawal_stands_though_what_follows_fails_and_says_so(
    published: Published, people: dict[str, Actor]
) -> None:
    answer = published.app.withdraw(people["librarian"], published.source, "It was retracted.")
    assert (answer["follow_up"], answer["recalled"]) == ("pending", [])
    assert "next start" in answer["warning"]
    assert answer["sources"][0]["status"] == "withdrawn"
    assert published.states() == ("published", False)  # not marked yet, and not served all the same


def test_the_next_start_carries_out_what_is_owed(
    published: Published, people: dict[str, Actor], trouble: Trouble
) -> None:
    published.app.withdraw(people["librarian"], published.source, "It was retracted.")
    assert published.app.finish_interrupted() == 0  # tried again, and failed again
    trouble.lasts = False
    assert published.app.finish_interrupted() == 1
    assert published.states() == ("recalled", False)
    assert published.app.finish_interrupted() == 0


def test_the_same_withdrawal_again_carries_it_out_and_a_third_one_changes_nothing(
    published: Published, people: dict[str, Actor], trouble: Trouble
) -> None:
    published.app.withdraw(people["librarian"], published.source, "It was retracted.")
    trouble.lasts = False
    answer = published.app.withdraw(people["librarian"], published.source, "It was retracted.")
    assert [recalled["piece"] for recalled in answer["recalled"]] == [published.piece]
    assert "follow_up" not in answer
    assert published.states() == ("recalled", False)
    with pytest.raises(WrongState):
        published.app.withdraw(people["librarian"], published.source, "It was retracted.")
