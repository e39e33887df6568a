"""Notices posted to Teams, Slack or any program.

Who reads a channel is not known here, so that no title is ever posted: what happened, and the link, behind which each
reader sees what their roles permit.
"""

import hashlib
import hmac
import http.client
import json
import socket
import ssl
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import SplitResult

from assistant.notices.addresses import NotDelivered, Outside
from assistant.notices.model import Form
from assistant.notices.wording import Said, words

_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Poster:
    """Posts to the listed hosts."""

    secret: str
    public_url: str
    outside: Outside
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def send(self, key: str, address: str, form: Form, said: Said, language: str) -> None:
        """Post one notice. The same key always comes with the same delivery, so that a receiver can tell it again.

        The answer is not read and a redirection is not followed. Raises NotDelivered, EgressOff, InvalidInput.
        """
        parts = self.outside.require_webhook(address)
        body = payload(form, key, said, language, self.public_url)
        at = said.notice.at.isoformat(timespec="seconds")
        headers = {"Content-Type": "application/json", "User-Agent": "Ancrage", "Idempotency-Key": key}
        if form == "json" and self.secret:
            headers |= {"X-Ancrage-Timestamp": at, "X-Ancrage-Signature": signature(self.secret, at, body)}
        self._post(parts, body, headers)

    def _post(self, parts: SplitResult, body: bytes, headers: dict[str, str]) -> None:
        host = parts.hostname or ""
        number, port = self.outside.address_of(parts)
        connection = http.client.HTTPConnection(host, port, timeout=_SECONDS)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            # Connected to the very address that was looked at; the certificate is that of the name.
            plain = socket.create_connection((number, port), timeout=_SECONDS)
            connection.sock = plain
            if parts.scheme == "https":
                connection.sock = self.tls.wrap_socket(plain, server_hostname=host)
            connection.request("POST", path, body, headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise NotDelivered("The webhook cannot be reached.", help="Check its address.") from error
        finally:
            connection.close()
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise NotDelivered(f"The webhook answered {status}.", help="Check its address.", status=status)


def payload(form: Form, key: str, said: Said, language: str, public_url: str) -> bytes:
    """The bytes that are posted."""
    link = f"{public_url}{said.link}"
    body: dict[str, Any]
    if form == "slack":
        body = {"text": f"{said.text} <{link}|{words('open', language)}>"}
    elif form == "teams":
        body = {
            "type": "message",
            "attachments": [
                {
                    "contentType": "application/vnd.microsoft.card.adaptive",
                    "content": {
                        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                        "type": "AdaptiveCard",
                        "version": "1.4",
                        "body": [{"type": "TextBlock", "text": said.text, "wrap": True}],
                        "actions": [
                            {"type": "Action.OpenUrl", "title": words("open", language), "url": link}
                        ],
                    },
                }
            ],
        }
    else:
        one = said.notice
        at = one.at.isoformat(timespec="seconds")
        body = {"id": key, "kind": one.kind, "event": one.action, "at": at, "text": said.text, "link": link}
    return json.dumps(body, ensure_ascii=False, sort_keys=True).encode()


def signature(secret: str, at: str, body: bytes) -> str:
    """HMAC-SHA-256 of the timestamp, a dot and the body, as `sha256=…`."""
    return "sha256=" + hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
