"""Every act that changes the world leaves exactly its entries, in its own transaction, or changes nothing at all."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from assistant.audit.on_record import verify_and_record
from assistant.audit.trail import record
from assistant.audit.verify import erase_note, verify_trail
from assistant.corpus.decks import set_deck
from assistant.corpus.model import Source, SourceRequest
from assistant.corpus.products import add_product, freeze_product, unfreeze_product, update_product
from assistant.corpus.references import confirm_reference
from assistant.corpus.register.files import Register, Row
from assistant.corpus.register.filling import fill_product
from assistant.corpus.rights import set_display_right
from assistant.corpus.sources import approve_source, register_source, withdraw_source
from assistant.errors import WrongPassword
from assistant.people.accounts import add_user, deactivate_user, set_language, verify_password
from assistant.people.oidc.asking import begin_login, take
from assistant.people.oidc.confirming import confirm_link, reject_link
from assistant.people.oidc.identities import link, person_of, unlink
from assistant.people.oidc.model import Claims
from assistant.people.passphrase import change_passphrase, reset_passphrase
from assistant.people.roles import Actor
from assistant.people.sessions import close_session, make_token, open_session, revoke_token, token_actor
from assistant.store.database import Database
from assistant.store.schema import api_token, metadata
from assistant.store.schema import source as source_table
from tests.builders.reading import actions
from tests.builders.register import MEDICINE
from tests.integration.conftest import PASSWORD, YEAR, reading_of

ROOMS = ("people", "people/oidc", "corpus", "corpus/register", "audit")
ASSISTANT = Path(__file__).parents[2] / "assistant"
ISSUER = "https://login.house.example"
WRONG = "not the right passphrase"


@dataclass(frozen=True)
class World:
    """What stands before the act."""

    people: dict[str, Actor]
    approved: Source
    pending: Source
    recording: Source
    """With a deck that was proposed for it."""
    session: str
    token: str
    note: int
    state: str
    link: str


REGISTER = Register(
    {"medicines": {"69999991": (Row("CIS_bdpm.txt", 1, tuple(MEDICINE.split("\t"))),)}},
    {"CIS_bdpm.txt": "0" * 64},
)
Act = Callable[[Database, World], object]


def _wrong_password(db: Database, world: World) -> None:
    with pytest.raises(WrongPassword):
        verify_password(db, world.people["writer"], WRONG)


def _fifth_wrong_password(db: Database, world: World) -> None:
    for _ in range(4):
        _wrong_password(replace(db, failpoint=lambda _name: None), world)
    _wrong_password(db, world)


def _right_after_wrong(db: Database, world: World) -> None:
    _wrong_password(replace(db, failpoint=lambda _name: None), world)
    verify_password(db, world.people["writer"], PASSWORD)


def _frozen_then_unfrozen(db: Database, world: World) -> None:
    freeze_product(replace(db, failpoint=lambda _name: None), world.people["safety"], "Velmora", "Why.")
    unfreeze_product(db, world.people["safety"], "Velmora", "Why not.")


def _register(db: Database, world: World) -> None:
    known = world.approved
    request = SourceRequest("A new product", "label", ("FR",), approval=YEAR)
    register_source(db, world.people["librarian"], request, known.reading_id, known.sha256, "label.pdf")


def _revoke(db: Database, world: World) -> None:
    with db.read() as connection:
        token = connection.execute(select(api_token.c.id)).scalar_one()
    revoke_token(db, world.people["writer"], token)


ACTS: dict[str, tuple[Act, list[str]]] = {
    "add_user": (lambda db, w: add_user(db, w.people["admin"], "Eve", ["rep"], PASSWORD), ["user.added"]),
    "deactivate_user": (lambda db, w: deactivate_user(db, w.people["admin"], "The rep"), ["user.deactivated"]),
    "set_language": (lambda db, w: set_language(db, w.people["rep"], "fr"), ["user.language_set"]),
    "clear_failures": (_right_after_wrong, ["user.password_wrong", "user.failures_cleared"]),
    "count_failure": (_wrong_password, ["user.password_wrong"]),
    "count_failure, the fifth": (_fifth_wrong_password, ["user.password_wrong"] * 5 + ["user.locked"]),
    "link": (
        lambda db, w: link(db, w.people["admin"], "The rep", ISSUER, subject="r-1"),
        ["identity.linked"],
    ),
    "link, by invitation": (
        lambda db, w: link(db, w.people["admin"], "The rep", ISSUER, email="rep@house.example"),
        ["identity.invited"],
    ),
    "unlink": (lambda db, w: unlink(db, w.people["admin"], "The writer"), ["identity.unlinked"]),
    "_accept_invitation": (
        lambda db, _w: person_of(db, Claims(ISSUER, "l-1", None, "legal@house.example"), by_email=True),
        ["identity.linked"],
    ),
    "confirm_link": (
        lambda db, w: confirm_link(db, w.people["writer"], w.link, PASSWORD),
        ["identity.confirmed"],
    ),
    "reject_link": (
        lambda db, w: reject_link(db, w.people["writer"], w.link, PASSWORD),
        ["identity.rejected"],
    ),
    "begin_login": (lambda db, _w: begin_login(db, "a browser", {}), []),  # minutes; what comes of it is audited
    "take": (lambda db, w: take(db, w.state, "a browser"), []),
    "begin_session": (lambda db, w: open_session(db, w.people["rep"].name, PASSWORD), ["session.opened"]),
    "close_session": (lambda db, w: close_session(db, w.session), ["session.closed"]),
    "change_passphrase": (
        lambda db, w: change_passphrase(db, w.people["rep"], PASSWORD, "another passphrase for the tests"),
        ["user.password_changed"],
    ),
    "reset_passphrase": (
        lambda db, w: reset_passphrase(db, w.people["admin"], "The rep"),
        ["user.password_reset"],
    ),
    "make_token": (lambda db, w: make_token(db, w.people["rep"], "reports"), ["token.made"]),
    "set_deck": (
        lambda db, w: set_deck(db, w.people["librarian"], w.recording.id, None),
        ["source.deck_set"],
    ),
    "revoke_token": (_revoke, ["token.revoked"]),
    "token_actor": (lambda db, w: token_actor(db, w.token), []),  # only notes when it was last used
    "add_product": (lambda db, w: add_product(db, w.people["librarian"], "Other", {}), ["product.added"]),
    "update_product": (
        lambda db, w: update_product(db, w.people["librarian"], "Velmora", {"brand": "Velmora"}),
        ["product.updated"],
    ),
    "_set_status": (lambda db, w: freeze_product(db, w.people["safety"], "Velmora", "Why."), ["product.frozen"]),
    "_set_status, back": (_frozen_then_unfrozen, ["product.frozen", "product.unfrozen"]),
    "register_source": (_register, ["product.added", "source.registered", "source.approved"]),
    "approve_source": (
        lambda db, w: approve_source(db, w.people["librarian"], w.pending.id, YEAR),
        ["source.approved", "source.superseded"],
    ),
    "withdraw_source": (
        lambda db, w: withdraw_source(db, w.people["librarian"], w.approved.id, "Why."),
        ["source.withdrawn"],
    ),
    "confirm_reference": (
        lambda db, w: confirm_reference(db, w.people["librarian"], w.approved.id, {"year": 2024}),
        ["source.reference_confirmed"],
    ),
    "set_display_right": (
        lambda db, w: set_display_right(db, w.people["librarian"], w.approved.id, "handout", "Why."),
        ["source.right_set"],
    ),
    "fill_product": (
        lambda db, w: fill_product(db, w.people["librarian"], "Velmora", REGISTER),
        ["product.filled"],
    ),
    "erase_note": (lambda db, w: erase_note(db, w.people["admin"], w.note), ["note.erased"]),
    "verify_and_record": (
        lambda db, w: verify_and_record(db, w.people["auditor"], Path("without heads")), ["audit.verified"],
    ),
}  # fmt: skip


@pytest.fixture
def world(db: Database, people: dict[str, Actor], add_source: Callable[..., Source]) -> World:
    approved = add_source(reading_of("The dose is 5 mg."))
    pending = add_source(reading_of("The dose is 10 mg."), replaces=approved.id, approval=None)
    recording = add_source(reading_of("Next slide."), title="A webinar", kind="transcript")
    proposed = update(source_table).where(source_table.c.id == recording.id)
    with db.write() as tx:
        tx.execute(proposed.values(deck={"source": approved.id, "slides": []}))
    session = open_session(db, people["writer"].name, PASSWORD).token
    token = make_token(db, people["writer"], "reports")
    with db.write() as tx:
        note = record(tx, people["writer"], "thing.said", "thing_1", free_text="a reason")
    linked = link(db, people["admin"], "The writer", ISSUER, subject="w-1").id
    link(db, people["admin"], "The legal", ISSUER, email="Legal@House.example")
    state, _ = begin_login(db, "a browser", {})
    return World(people, approved, pending, recording, session, token, note, state, linked)


def everything(db: Database) -> dict[str, list[Any]]:
    with db.read() as connection:
        return {t.name: sorted(map(str, connection.execute(select(t)))) for t in metadata.sorted_tables}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_leaves_exactly_its_entries(db: Database, world: World, name: str) -> None:
    act, expected = ACTS[name]
    before = actions(db)
    act(db, world)
    assert actions(db) == before + expected
    assert verify_trail(db)["ok"] is True


@pytest.mark.parametrize("name", [name for name, (_, expected) in ACTS.items() if expected])
def test_an_act_that_dies_at_its_entry_changes_nothing(
    db: Database, world: World, name: str, die_at: Callable[[str], Callable[[str], None]]
) -> None:
    act, expected = ACTS[name]
    last = expected[-1]
    forerunners = {"clear_failures": 1, "count_failure, the fifth": 4, "_set_status, back": 1}.get(name, 0)
    before = actions(db)
    state = everything(db)
    with pytest.raises(RuntimeError, match=last):
        act(replace(db, failpoint=die_at(f"audit:{last}")), world)
    assert actions(db) == before + expected[:forerunners]
    if not forerunners:
        assert everything(db) == state
    assert verify_trail(db)["ok"] is True


def test_no_act_is_missing_from_the_list() -> None:
    writing = set()
    for room in ROOMS:
        for file in (ASSISTANT / room).glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.FunctionDef) and "db.write()" in {
                    ast.unparse(item.context_expr)
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.With)
                    for item in inner.items
                }:
                    writing.add(node.name)
    assert writing == {name.partition(",")[0] for name in ACTS}
