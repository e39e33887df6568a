"""Where anything may be sent at all: the egress switch, the administrators' list, and no way into the house's network."""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from assistant.errors import InvalidInput
from ingestion.errors import AncrageError

Resolve = Callable[[str, int], list[str]]
"""From a host and a port to its IP addresses."""


class NotDelivered(AncrageError):
    """A message could not be handed over; it is tried again."""

    code = "not_delivered"
    retry = True
    http_status = 502


class EgressOff(AncrageError):
    """The switch keeps every connection to another host closed."""

    code = "egress_off"
    http_status = 403


def resolve(host: str, port: int) -> list[str]:
    """By the system's resolver. Raises NotDelivered where it knows no such host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotDelivered("The host's name is not known.", help="Check the address.") from error
    return sorted({str(entry[4][0]) for entry in found})


def is_loopback(host: str) -> bool:
    """Whether the name can mean nothing but this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Outside:
    """What may be reached from here."""

    egress: bool
    hosts: frozenset[str] = frozenset()
    """Hosts to which webhooks may post, as the administrators have set them."""
    resolve: Resolve = resolve

    def require_host(self, host: str) -> None:
        """Raise EgressOff for another machine while the switch is off."""
        if not self.egress and not is_loopback(host):
            raise EgressOff(
                f"ANCRAGE_EGRESS is off: nothing is sent to {host}.",
                help="Switch it on, or use a server on this machine.",
                host=host,
            )

    def require_webhook(self, address: str) -> SplitResult:
        """The parts of an address to which a webhook may post. Raises InvalidInput, EgressOff."""
        parts, port = _split(address)
        host = parts.hostname or ""
        if parts.username is not None or parts.fragment or port == 0:
            raise InvalidInput("That is not a webhook's address.", help="For instance https://host/path.")
        if host not in self.hosts:
            raise InvalidInput(
                f"Webhooks may not post to {host}.",
                help="An administrator lists the hosts in ANCRAGE_WEBHOOK_HOSTS.",
                host=host,
            )
        if parts.scheme != "https" and not is_loopback(host):
            raise InvalidInput(
                "A webhook's address begins with https://.", help="Only this machine may go without."
            )
        self.require_host(host)
        return parts

    def address_of(self, parts: SplitResult) -> tuple[str, int]:
        """The IP address and port to connect to, looked up once, so that a second answer cannot lead elsewhere.

        A listed name that leads into the house's own network is refused, unless it is listed by that very number or
        as this machine. Raises InvalidInput, NotDelivered.
        """
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = self.resolve(host, port)
        for one in found:
            number = ipaddress.ip_address(one.partition("%")[0])
            if number.is_global or one == host or (number.is_loopback and is_loopback(host)):
                continue
            raise InvalidInput(
                f"{host} leads into an inner network; nothing is posted there.",
                help="An administrator can list the very IP address in ANCRAGE_WEBHOOK_HOSTS.",
                host=host,
            )
        if not found:
            raise NotDelivered("The host has no address.", help="Check the address.")
        return found[0], port


def _split(address: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise InvalidInput(
            "That is not a webhook's address.", help="For instance https://host/path."
        ) from error
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or not address.isascii()
        or not address.isprintable()
    ):
        raise InvalidInput("That is not a webhook's address.", help="For instance https://host/path.")
    return parts, port
