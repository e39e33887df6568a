"""The whole web app over a real application on SQLite, with a small world in it and a browser for each role."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update
from starlette.testclient import TestClient

from api.app import create_app
from api.gate import SESSION_COOKIE
from assistant.bootstrap import App, open_app
from assistant.corpus.rights import set_display_right
from assistant.people.oidc.identities import link
from assistant.people.roles import Actor, Role
from assistant.people.sessions import open_session
from assistant.publishing.publications import publish
from assistant.review.decisions import approve
from assistant.review.submission import submit
from assistant.settings import Settings
from assistant.store.schema import identity
from tests.builders.dossier import Terms, add_piece, add_source, document_of
from tests.builders.login_provider import CLIENT, SECRET, LoginProvider, serving_login
from tests.integration.conftest import PASSWORD, FakeClock, insert_person

HOSTILE = "<script>alert('x')</script> & \"quotes\""


@dataclass
class World:
    """An app with people, a source, a draft, a piece in review and a published one."""

    app: App
    people: dict[str, Actor]
    ids: dict[str, str] = field(default_factory=dict)


class Browser(TestClient):
    """A signed-in browser that knows its session's token."""

    csrf: str = ""

    def send_form(self, path: str, **fields: Any) -> Any:
        """Post a form with the session's token."""
        return self.post(path, data={"csrf": self.csrf, **fields}, follow_redirects=False)


@pytest.fixture(scope="session")
def furnished(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Actor], dict[str, str]]:
    """A database file with the world in it, made once."""
    home = tmp_path_factory.mktemp("furnished")
    shutil.copyfile(sqlite_template, home / "ancrage.sqlite")
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    app = _open(home, FakeClock())
    with app.db.write() as tx:
        people = {role.value: insert_person(tx, f"The {role.value}", [role], quick) for role in Role}
        people["other writer"] = insert_person(tx, "Another writer", [Role.WRITER], quick)
    made = World(app, people)
    _furnish(made)
    app.close()
    return home, people, made.ids


@pytest.fixture
def world(
    furnished: tuple[Path, dict[str, Actor], dict[str, str]], tmp_path: Path, clock: FakeClock
) -> Iterator[World]:
    origin, people, ids = furnished
    home = tmp_path / "home"
    shutil.copytree(origin, home)
    app = _open(home, clock)
    yield World(app, people, dict(ids))
    app.close()


def _open(home: Path, clock: FakeClock) -> App:
    url = f"sqlite:///{home / 'ancrage.sqlite'}"
    return open_app(Settings(home=home, database_url=url, egress=False, workers=1), clock)


def _furnish(world: World) -> None:
    db, people = world.app.db, world.people
    source = add_source(db, people["librarian"], title=f"Label {HOSTILE}")
    set_display_right(db, people["librarian"], source, "handout", "Public label.")
    draft = add_piece(db, people["writer"], document_of(db, source, 3))
    reviewed = add_piece(db, people["writer"], document_of(db, source, 2))
    answer = Terms(qualification="reactive_medical")  # readers outside the company see nothing internal
    published = add_piece(db, people["writer"], document_of(db, source, 1), answer)
    submit(db, people["writer"], reviewed.id)
    submit(db, people["writer"], published.id)
    approve(db, people["medical"], published.id, PASSWORD)
    approve(db, people["regulatory"], published.id, PASSWORD)
    publication = publish(db, people["regulatory"], published.id)
    with db.read() as connection:
        from assistant.corpus.products import find_product

        product = find_product(connection, "Velmora")
    world.ids |= {
        "source": source,
        "product": product.id,
        "draft": draft.id,
        "piece": reviewed.id,
        "published": published.id,
        "publication": publication.id,
    }


@pytest.fixture
def browse(world: World) -> Iterator[Callable[[str], Browser]]:
    """A browser of the person of that role; "" is a stranger's."""
    web = create_app(world.app)
    open_browsers: list[Browser] = []

    def sign_in(role: str) -> Browser:
        browser = Browser(web, follow_redirects=False, raise_server_exceptions=False)
        open_browsers.append(browser)
        if role:
            opened = open_session(world.app.db, world.people[role].name, PASSWORD)
            browser.cookies.set(SESSION_COOKIE, opened.token)
            browser.csrf = opened.csrf
        return browser

    yield sign_in
    for browser in open_browsers:
        browser.close()


OF_THE_LOGIN = ("medical", "regulatory", "legal", "admin", "rep")


def use_login(world: World, issuer: str, client: str, secret: str, subjects: Mapping[str, str]) -> None:
    """Let the house use this login; the person of each role was linked to their subject long ago, as on most days."""
    world.app.settings = replace(
        world.app.settings,
        oidc_issuer=issuer,
        oidc_client_id=client,
        oidc_client_secret=secret,
        oidc_name="House ID",
    )
    for role, subject in subjects.items():
        link(world.app.db, world.people["admin"], f"The {role}", issuer, subject=subject)
    with world.app.db.write() as tx:
        tx.execute(update(identity).values(created_at=tx.now - timedelta(days=2)))


@pytest.fixture
def login(world: World, clock: FakeClock) -> Iterator[LoginProvider]:
    """A login that knows a person for each of some roles, by the subject "sub-ROLE"."""
    with serving_login(clock) as provider:
        use_login(world, provider.issuer, CLIENT, SECRET, {role: f"sub-{role}" for role in OF_THE_LOGIN})
        yield provider
