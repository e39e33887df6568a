"""The shapes of what a market asks for before a signed piece is used."""

from pydantic import ConfigDict, Field

from api.schemas.base import Incoming, Json, Outgoing


class NewRelease(Incoming):
    """What the market asks for at release: in France the visa of promotional content, elsewhere records by name."""

    model_config = ConfigDict(extra="allow", str_strip_whitespace=True)

    visa_number: str | None = None
    visa_granted_on: str | None = None
    visa_expires_on: str | None = None


class NewPermitRequest(Incoming):
    """A request that was deposited with the authority."""

    number: str = Field(description="France: YY/MM/CIS/PM/NNN.")
    requested_on: str
    outside_window: str | None = Field(
        default=None, description="Why the law lets it be deposited on that day."
    )


class NewGrant(Incoming):
    """The authority granted it."""

    granted_on: str
    number: str | None = None
    expires_on: str | None = None
    reference: str | None = None


class NewRefusal(Incoming):
    """The authority refused it."""

    refused_on: str
    reason: str
    number: str | None = None


class NewCertificate(Incoming):
    """A named signatory certifies the final form; the password again."""

    qualification: str = Field(description="doctor or pharmacist.")
    registration: str
    password: str
    manifest_hash: str | None = None

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class NewSubmission(Incoming):
    """It was sent to the authority with its form."""

    reference: str
    submitted_on: str


class NewWindows(Incoming):
    """The windows of deposit of a year."""

    market: str = "FR"
    type: str = "PM"
    year: int
    days: list[tuple[str, str]]
    source: str
    version: int | None = None


class ReleaseOut(Outgoing):
    """The release conditions of a piece, and what was recorded."""

    release: Json


class Windows(Outgoing):
    """The windows of deposit by year, and the years and kinds whose windows are not recorded though they should be."""

    windows: list[Json]
    missing: list[Json]


class Deadlines(Outgoing):
    """Answers that are due, and what ends."""

    deadlines: list[Json]
