"""A real server on a home of its own, and a real browser in front of it.

The browser is the machine's own chromium; where there is none, these tests are left out with a line that says so.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.bootstrap import open_app
from assistant.people.accounts import add_user, find_actor
from assistant.people.roles import Actor
from assistant.settings import Settings, sqlite_url
from assistant.store.database import Database

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
PASSWORD = "seven quiet harbours at dawn"
PEOPLE = {
    "Ada": "admin",
    "Lena": "librarian",
    "Wanda": "writer",
    "Marc": "medical",
    "Rita": "regulatory",
    "Phil": "pharmacist",
    "Lea": "legal",
    "Sofia": "safety",
    "Remy": "rep",
    "Helen": "hcp",
    "Aude": "auditor",
}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
READY_WITHIN = 60.0
PATIENCE = 30_000
"""Milliseconds that a page has to become what is expected of it, as long as its acts have: a slow machine is no defect."""
GRAVE = {"serious", "critical"}
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""All that axe asks for by itself, and what WCAG 2.2 added: 24 px for a finger, which axe leaves off."""


@dataclass
class Site:
    """A served home, and what the tests of a session have made in it."""

    address: str
    home: Path
    made: dict[str, str] = field(default_factory=dict)
    password: str = PASSWORD
    """Everybody's."""
    unserved: Path | None = None
    """The filled home as it was before its server began: what a served home holds may change while it is copied."""

    def copy_to(self, folder: Path) -> Path:
        """The filled home once more, for a server of its own."""
        assert self.unserved is not None, "only the filled home is kept as it was made"
        return shutil.copytree(self.unserved, folder)


@dataclass(frozen=True)
class Desk:
    """A home's database, its librarian and its writer."""

    db: Database
    lena: Actor
    wanda: Actor


AtHome = Callable[[], AbstractContextManager[Desk]]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a chromium."""
    found = find_chromium()
    if found is None:
        pytest.skip("Browser tests are left out: there is no chromium (set ANCRAGE_TEST_CHROMIUM to one)")
    return found


def find_chromium() -> str | None:
    """The machine's chromium, or the one that ANCRAGE_TEST_CHROMIUM names."""
    given = os.environ.get("ANCRAGE_TEST_CHROMIUM")
    return given or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`ancrage serve` in a process of its own, with a person for each role."""
    del chromium  # no server where there is no browser
    home = tmp_path_factory.mktemp("e2e") / "home"
    app = open_app(Settings(home=home, database_url=sqlite_url(home), workers=1))
    admin = add_user(app.db, None, "Ada", ["admin"], PASSWORD).actor()
    for name, role in PEOPLE.items():
        if name != "Ada":
            add_user(app.db, admin, name, [role], PASSWORD)
    app.close()
    with served(home) as address:
        yield Site(address, home)


@pytest.fixture(scope="session")
def filled(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A served home in which every page has something to show."""
    from api.cli.demo import PASSPHRASE

    del chromium
    home = tmp_path_factory.mktemp("e2e") / "filled"
    home.mkdir()
    words = [
        sys.executable,
        "-m",
        "tests.e2e.filled",
        str(home),
    ]  # in a process of its own: the browser holds the event loop here
    said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    made = json.loads(said.splitlines()[-1])
    unserved = shutil.copytree(home, home.with_name("unserved"))
    with served(home) as address:
        yield Site(address, home, made, PASSPHRASE, unserved)


@pytest.fixture(scope="session")
def at_home(site: Site) -> AtHome:
    """`with at_home() as desk:` what is made at the site's home without a page; it is closed before the pages are asked."""

    @contextmanager
    def opened() -> Iterator[Desk]:
        app = open_app(Settings(home=site.home, database_url=sqlite_url(site.home), workers=1))
        try:
            yield Desk(app.db, *(find_actor(app.db, name) for name in ("Lena", "Wanda")))
        finally:
            app.close()

    return opened


@contextmanager
def served(home: Path, **more: str) -> Iterator[str]:
    """`ancrage serve` in a process of its own, with more of its variables; the address it answers at."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    own = {"ANCRAGE_HOME": str(home), "ANCRAGE_EGRESS": "off", "ANCRAGE_WORKERS": "1"}
    environment = {**os.environ, **own, "ANCRAGE_PUBLIC_URL": address, **more}
    environment.pop("ANCRAGE_DATABASE_URL", None)
    command = [sys.executable, "-c", "import sys; from api.cli import main; sys.exit(main())"]
    with subprocess.Popen(
        [*command, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        ear = Ear(server)
        try:
            ear.wait_until_ready()
            yield address
        finally:
            server.terminate()
            server.wait(30)
            ear.join()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Ear(threading.Thread):
    """Hears what the server says, so that it never waits to be heard."""

    def __init__(self, server: "subprocess.Popen[str]") -> None:
        """Listen at once."""
        super().__init__(daemon=True)
        self._server = server
        self._said: list[str] = []
        self._ready = threading.Event()
        self.start()

    def run(self) -> None:
        assert self._server.stdout is not None
        for line in self._server.stdout:
            self._said.append(line)
            if "is ready on" in line:
                self._ready.set()
        self._ready.set()

    def wait_until_ready(self) -> None:
        assert self._ready.wait(READY_WITHIN), "the server is not ready"
        assert self._server.poll() is None, "".join(self._said)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator["Browser"]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, browser: "Browser", site: Site, name: str, **options: object) -> None:
        """Sign in; without a name, stay a stranger."""
        self._context = browser.new_context(**options)  # type: ignore[arg-type]  # a test names real options
        self.page: Page = self._context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self._site = site
        if not name:
            return
        self.go("/sign-in")
        self.page.locator("main [name=name]").fill(name)
        self.page.locator("main [name=password]").fill(site.password)
        self.page.locator("main form:has([name=password]) button").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def go(self, path: str) -> int:
        """Open a page of the site; returns its status."""
        answer = self.page.goto(self._site.address + path)
        assert answer is not None
        return answer.status

    def speak(self, language: str) -> None:
        """Read the pages in a language."""
        chosen = self.page.locator(f"button[name=language][value={language}]")
        if chosen.count():
            chosen.click()
            self.page.wait_for_load_state()

    def barriers(self) -> list[str]:
        """What on this page shuts a reader out, by axe's rules, or runs over the edge.

        Where `ANCRAGE_TEST_PICTURES` names a folder, a picture of the page is kept there, to be looked at.
        """
        from axe_playwright_python.sync_playwright import Axe

        self._keep_picture()
        found = Axe().run(self.page, options=RULES).response["violations"]
        problems = [
            f"{self.page.url}: {v['id']} {node['html']}"
            for v in found
            if v["impact"] in GRAVE
            for node in v["nodes"]
        ]
        edge = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        over = int(self.page.evaluate(edge))
        return problems + [f"{self.page.url}: {over} px too wide"] * (over > 0)

    def _keep_picture(self) -> None:
        if folder := os.environ.get("ANCRAGE_TEST_PICTURES"):
            language = self.page.evaluate("document.documentElement.lang")
            width = self.page.evaluate("window.innerWidth")
            name = re.sub(
                r"_[0-9A-Za-z]{8,}|[^a-z]+", "-", self.page.url.partition("//")[2].partition("/")[2]
            )
            self.page.screenshot(
                path=f"{folder}/{name.strip('-')[:60] or 'home'}-{width}-{language}.png", full_page=True
            )

    def leave(self) -> None:
        """Close the browser."""
        self._context.close()
        assert not self.faults
