"""How this installation is known to the provider, what is asked of it, and what comes back."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Registration:
    """How this installation is known to the provider."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    """Empty for a public client, which PKCE alone protects."""
    return_address: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One way there and back: what binds the answer to the question."""

    nonce: str
    verifier: str
    begun_at: datetime
    fresh: bool
    """Whether the person must have typed their secret, or whatever the provider asks for, since then."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token must say."""

    issuer: str
    client_id: str
    nonce: str
    fresh_since: datetime | None
    """The person must have logged in since then; None where any earlier login serves."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Who logged in, and when."""

    issuer: str
    subject: str
    at: datetime | None
    email: str | None
    """Only where the provider says that it has verified it; case-folded."""
