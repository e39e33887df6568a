"""Where the model of the settings is asked, and whether it may be: everything that can be said before a connection is opened."""

import re
from urllib.parse import urlsplit

from assistant.engines.model_errors import EgressOff
from assistant.errors import InvalidInput
from assistant.settings import Settings

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def require_egress(host: str, *, egress: bool) -> None:
    """Raise EgressOff where the host is another machine and connections there are switched off."""
    if not egress and host not in LOCAL:
        raise EgressOff(
            f"Connections to other hosts are switched off, and {host} is one.",
            help="Draft with --engine extractive, use an endpoint on this machine, or set ANCRAGE_EGRESS=on.",
            host=host,
        )


def endpoint(settings: Settings) -> str:
    """The address that would be asked. Raises EgressOff or InvalidInput before anything is opened."""
    if not settings.openai_model:
        raise InvalidInput(
            "No model is set.", help="Set ANCRAGE_OPENAI_MODEL, or draft with --engine extractive."
        )
    if settings.openai_api_version and not settings.openai_base_url:
        raise InvalidInput(
            "An Azure endpoint has no address.",
            help="Set ANCRAGE_OPENAI_BASE_URL to https://NAME.openai.azure.com, or leave ANCRAGE_OPENAI_API_VERSION empty.",
        )
    if not re.fullmatch(r"[ -~]*", settings.openai_api_key):
        raise InvalidInput(
            "ANCRAGE_OPENAI_API_KEY holds a sign that no key has.",
            help="Copy the key again: without line ends or typographic quotes.",
        )
    address = settings.openai_base_url or "https://api.openai.com/v1"
    host = host_of(address)
    if not host:
        raise InvalidInput(
            "ANCRAGE_OPENAI_BASE_URL is not an address.", help="For instance http://localhost:8080/v1."
        )
    if urlsplit(address).path.rstrip("/").endswith("/completions"):
        raise InvalidInput(
            "ANCRAGE_OPENAI_BASE_URL names one of the endpoint's functions.",
            help="Leave /chat/completions out: for instance http://localhost:8080/v1.",
        )
    require_egress(host, egress=settings.egress)
    return address


def host_of(address: str) -> str:
    """Of an address of the web; empty for anything else."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and parts.port != 0
    except ValueError:  # a port that is no number, half of an IPv6 address
        return ""
    return (parts.hostname or "") if usable and re.fullmatch(r"[!-~]+", address) else ""
