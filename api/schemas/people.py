"""The shapes of people, their tokens, and the server's sign of life."""

from typing import Literal

from pydantic import ConfigDict, Field

from api.schemas.base import Incoming, Json, Outgoing


class NewUser(Incoming):
    """A person to add."""

    name: str
    roles: list[str]
    password: str = Field(description="15 characters or more; taken exactly as given.")
    language: Literal["en", "fr"] = "en"

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class NewToken(Incoming):
    """A token to make."""

    name: str


class Vouching(Incoming):
    """The passphrase of whoever acts; not needed in a session that was opened by it or by a confirmed login."""

    password: str | None = None

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class Health(Outgoing):
    """The server answers."""

    ok: bool


class UserOut(Outgoing):
    """A person."""

    user: Json


class Users(Outgoing):
    """The people."""

    users: list[Json]


class Logins(Outgoing):
    """Links to the company login: one's own, and those that one may confirm for others."""

    logins: list[Json]


class TokenOut(Outgoing):
    """A token; its text is shown this once."""

    token: str
