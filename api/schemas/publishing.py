"""The shapes of publications, of who received them, and of what stops them."""

from pydantic import Field

from api.schemas.base import Incoming, Json, Outgoing


class NewUse(Incoming):
    """One use of a publication; the recipient's name can be erased later."""

    mode: str = Field(description="One word: visit, email, hand-out, congress …")
    used_on: str
    recipient: str


class UseOut(Outgoing):
    """What was entered in the register of recipients; `entry` is the audit entry whose note is the name."""

    use: Json


class RegisterOut(Outgoing):
    """The register of recipients of a piece."""

    register_: Json = Field(alias="register", serialization_alias="register")


class AffectedItems(Outgoing):
    """What a source or a piece has led to."""

    affected: Json


class Status(Outgoing):
    """Whether a copy is in force."""

    status: Json


class PublicationHead(Outgoing):
    """A publication."""

    id: str
    piece: str
    hash: str
    published_at: str
    expires_on: str | None
    status: str


class PublicationOut(Outgoing):
    """A publication."""

    publication: PublicationHead


class Publications(Outgoing):
    """A page of what is published; `next` is the `after` of the page that follows, if one does."""

    publications: list[PublicationHead]
    next: str | None


class Calendar(Outgoing):
    """What runs out, and the reminders of it."""

    calendar: list[Json]
    reminders: list[Json]


class Recalled(Outgoing):
    """What was stopped."""

    recalled: list[Json]
    sources: list[Json]


class Affected(Outgoing):
    """What a withdrawal would stop."""

    affected: list[Json]
