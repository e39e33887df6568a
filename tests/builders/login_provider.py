"""A company's login for tests: a real HTTP server with real keys, which can be told to lie."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "ancrage at the house", "a secret: with, signs"
KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
NEWER_KEY = RSAKey.generate_key(2048, {"kid": "second", "use": "sig", "alg": "RS256"})


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime: ...


@dataclass
class Login:
    """What a person did at the login, and how it will lie about that."""

    subject: str
    wanted: dict[str, str]
    claims: dict[str, Any]
    sign_with: str


@dataclass
class LoginProvider:
    """The login. `issuer` is where it serves."""

    clock: Clock
    issuer: str = ""
    described: dict[str, Any] = field(default_factory=dict)
    """What its description says otherwise."""
    key: RSAKey = field(default_factory=lambda: KEY)
    codes: dict[str, Login] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    secret_given: str = "encoded"
    """How it takes the secret: encoded in the header as RFC 6749 has it, plain in the header, or in the form."""
    answer: tuple[int, bytes] | None = None
    """What it answers to everything, in place of the truth."""

    def log_in(self, address: str, subject: str, *, sign_with: str = "", **claims: Any) -> dict[str, str]:
        """Somebody logs in at the address to which the browser was sent; returns the query of the way back.

        `claims` replace those of the token, and None leaves one out.
        """
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}" == self.issuer
        wanted = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert wanted["response_type"] == "code"
        assert wanted["code_challenge_method"] == "S256"
        assert wanted["client_id"] == CLIENT
        code = f"code {len(self.codes)}"
        self.codes[code] = Login(subject, wanted, claims, sign_with)
        return {"state": wanted["state"], "code": code, "iss": self.issuer}

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=house",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.described,
        }

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        if not self._is_the_client(form, base64.b64decode(authorization.removeprefix("Basic ")).decode()):
            return 401, {"error": "invalid_client"}
        login = self.codes.pop(form.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        if (
            login is None
            or proof.rstrip(b"=").decode() != login.wanted["code_challenge"]
            or form["redirect_uri"] != login.wanted["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(self.clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": login.subject,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": login.wanted["nonce"],
            **login.claims,
        }
        said = {name: value for name, value in claims.items() if value is not None}
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": self.signed(said, login)}

    def _is_the_client(self, form: dict[str, str], basic: str) -> bool:
        encoded, plain = urlencode({CLIENT: SECRET}).replace("=", ":"), f"{CLIENT}:{SECRET}"
        given = {
            "encoded": basic == encoded,
            "plain": basic == plain,
            "form": form.get("client_secret") == SECRET,
        }
        return given[self.secret_given]

    def signed(self, claims: dict[str, Any], login: Login) -> str:
        if login.sign_with == "none":
            parts = ({"alg": "none"}, claims)
            return ".".join(_part(json.dumps(part).encode()) for part in parts) + "."
        if login.sign_with == "public key as secret":
            header = {"alg": "HS256", "kid": self.key.kid}
            said = ".".join(_part(json.dumps(part).encode()) for part in (header, claims))
            return f"{said}.{_part(hmac.digest(self.key.as_pem(private=False), said.encode(), 'sha256'))}"
        key = OTHER_KEY if login.sign_with == "other" else self.key
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def serving_login(clock: Clock) -> Iterator[LoginProvider]:
    """Serve it on this machine while the block lasts."""
    login = LoginProvider(clock)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            login.asked.append(self.path)
            if self.path == "/.well-known/openid-configuration":
                self._say(200, login.description())
            elif self.path == "/keys":
                self._say(200, {"keys": [login.key.as_dict(private=False)]})
            else:
                self._say(404, {})

        def do_POST(self) -> None:
            login.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(*login.token(form, self.headers.get("Authorization", "")))

        def _say(self, status: int, body: dict[str, Any]) -> None:
            status, data = login.answer or (status, json.dumps(body).encode())
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    login.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield login
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
