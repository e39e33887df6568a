"""A company's login that was not written here: Canaille, served in a process of its own, with people and one client.

Run as a program, with its issuer and the address to return to, it is that process. It takes words on its standard input, a line each, and says
when each is done: `keys` for new keys, `secret METHOD` for how the client gives its secret from now on, nothing to hear that it is there.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx

INSTALLED = Path(__file__).parents[2] / ".venv" / "login"
"""Apart from everything else (`make login`): its wheel brings a package named `tests` along."""
CLIENT, SECRET = "ancrage at the house", "a secret: with, signs & more"
PEOPLE = ("medical", "regulatory")
PASSPHRASE = "a passphrase of the house"
_MOST_STEPS = 20


@dataclass
class IndependentLogin:
    """The login, as tests speak to it."""

    issuer: str
    process: "subprocess.Popen[str]"

    def tell(self, words: str) -> None:
        """Have it change something; returns once it has."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"


@dataclass
class PersonAtTheLogin:
    """Somebody's browser at the login: it keeps its session there."""

    name: str
    back: str
    asked: list[str] = field(default_factory=list)
    """What was asked of the person."""
    browser: httpx.Client = field(default_factory=lambda: httpx.Client(trust_env=False))

    def log_in(self, address: str) -> dict[str, str]:
        """Go there and do what is asked; returns the query of the way back."""
        answer = self.browser.get(address)
        for _ in range(_MOST_STEPS):
            if answer.is_redirect:
                address = urljoin(str(answer.url), answer.headers["location"])
                if address.startswith(self.back):
                    return dict(parse_qsl(urlsplit(address).query))
                answer = self.browser.get(address)
                continue
            assert answer.status_code == 200, answer.text
            form = self._answers(answer.url.path)
            self.asked += form
            answer = self.browser.post(answer.url, data=form)
        raise AssertionError(f"the login asks and asks: {self.asked}")

    def _answers(self, page: str) -> dict[str, str]:
        if page == "/login":
            return {"login": self.name}
        return {"password": PASSPHRASE} if page == "/auth/password" else {"answer": "accept"}


@contextmanager
def serving_independent_login(port: int, back: str) -> Iterator[IndependentLogin]:
    """Serve it on this machine while the block lasts; browsers return to `back`."""
    issuer = f"http://localhost:{port}"
    words = [sys.executable, "-P", __file__, issuer, back]
    with subprocess.Popen(
        words,
        env={**os.environ, "PYTHONPATH": str(INSTALLED), "AUTHLIB_INSECURE_TRANSPORT": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            login = IndependentLogin(issuer, process)
            login.tell("")
            yield login
        finally:
            process.terminate()


def _serve(issuer: str, back: str) -> None:
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Nothing."""

    app, change = _house(issuer, back)
    port = urlsplit(issuer).port
    assert port is not None
    server = make_server("localhost", port, app, server_class=Server, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for line in sys.stdin:
        change(*line.split())
        sys.stdout.write("done\n")
        sys.stdout.flush()


def _house(issuer: str, back: str) -> Any:
    from canaille import create_app
    from canaille.app import models
    from canaille.backends import Backend

    settings = {
        "TESTING": True,
        "ENV_FILE": None,
        "SECRET_KEY": "of tests",
        "WTF_CSRF_ENABLED": False,
        "PREFERRED_URL_SCHEME": "http",
        "SERVER_NAME": urlsplit(issuer).netloc,
        "CANAILLE": {
            "DATABASE": "memory",
            "JAVASCRIPT": False,
            "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc"]}},
            "LOGGING": {"version": 1},
        },
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [_key()]},
    }
    app = create_app(config=settings)
    kept = Backend.instance
    with app.app_context():
        for name in PEOPLE:
            kept.save(
                models.User(
                    formatted_name=name,
                    family_name=name,
                    user_name=name,
                    emails=[f"{name}@house.example"],
                    password=PASSPHRASE,
                )
            )
        client = models.Client(
            client_id=CLIENT,
            client_secret=SECRET,
            client_name="Ancrage",
            client_id_issued_at=datetime.now(UTC),
            redirect_uris=[back],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "email"],
            token_endpoint_auth_method="client_secret_basic",
        )
        kept.save(client)
        kept.update(client, audience=[client])
        kept.save(client)

    def change(what: str = "", value: str = "") -> None:
        if what == "keys":
            app.config["CANAILLE_OIDC"]["ACTIVE_JWKS"] = [_key()]
        elif what == "secret":
            with app.app_context():
                kept.update(client, token_endpoint_auth_method=value)
                kept.save(client)

    return app, change


def _key() -> dict[str, Any]:
    from joserfc.jwk import RSAKey

    key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"})
    key.ensure_kid()
    return dict(key.as_dict(private=True))


if __name__ == "__main__":
    _serve(*sys.argv[1:])
