"""Notices as electronic mail, over SMTP."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from assistant.errors import InvalidInput
from assistant.notices.addresses import NotDelivered, Outside, is_loopback
from assistant.notices.wording import Said, words

_SECONDS = 20
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Mailer:
    """Hands mail to the server of the settings."""

    server: str
    sender: str
    public_url: str
    outside: Outside
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    @property
    def ready(self) -> bool:
        """Whether mail is set up."""
        return bool(self.server and self.sender)

    def host(self) -> str:
        """The server's host. Raises InvalidInput for an address that is none, EgressOff where it may not be reached."""
        host = _parts(self.server).hostname or ""
        self.outside.require_host(host)
        return host

    def send(self, key: str, to: str, said: Sequence[Said], language: str) -> None:
        """Send one message of one notice, or of a day's. The same key gives the same Message-ID.

        Raises NotDelivered, EgressOff, InvalidInput for a server's address that is none.
        """
        message = compose(said, language, self.public_url)
        message["From"], message["To"] = self.sender, to
        message["Message-ID"] = f"<{key}@{self.sender.rpartition('@')[2].rstrip('>')}>"
        host, parts = self.host(), _parts(self.server)
        try:
            with self._connect(host, parts) as server:
                if parts.username:
                    server.login(unquote(parts.username), unquote(parts.password or ""))
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered(
                "The mail server did not take the message.", help="Check ANCRAGE_SMTP_URL."
            ) from error

    def _connect(self, host: str, parts: SplitResult) -> smtplib.SMTP:
        port = parts.port or _PORTS[parts.scheme]
        if parts.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=self.tls)
        server = smtplib.SMTP(host, port, timeout=_SECONDS)
        try:
            self._encrypt(server, host)
        except BaseException:
            server.close()
            raise
        return server

    def _encrypt(self, server: smtplib.SMTP, host: str) -> None:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=self.tls)
        elif not is_loopback(host):
            raise NotDelivered(
                "The mail server offers no encryption.", help="Use smtps://, or a server with STARTTLS."
            )


def compose(said: Sequence[Said], language: str, public_url: str) -> EmailMessage:
    """The message, without its addresses: plain text, one paragraph a notice, each with its link."""
    hidden = words("hidden", language)
    message = EmailMessage()
    first = said[0]
    subject = (
        f"{first.title or hidden}: {first.text}"
        if len(said) == 1
        else f"{words('digest', language)} ({len(said)})"
    )
    message["Subject"] = f"Ancrage – {' '.join(subject.split())}"
    message["Auto-Submitted"] = "auto-generated"
    paragraphs = [f"{one.title or hidden}\n{one.text}\n{public_url}{one.link}" for one in said]
    message.set_content("\n\n".join([*paragraphs, f"-- \n{words('why', language)}"]) + "\n")
    return message


def _parts(server: str) -> SplitResult:
    try:
        parts = urlsplit(server)
        known = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise InvalidInput(
            "ANCRAGE_SMTP_URL is no mail server.", help="For instance smtp://user:password@host:587."
        )
    return parts
