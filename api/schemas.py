"""The shapes of the API's JSON: what comes in is checked against them, what goes out is described by them.

They are those of the command line's `--json`. More keys may stand in an answer than are named here; none is renamed.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Json = dict[str, Any]
EntryNumber = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""Of the audit trail: databases count in 64 bits."""


class Incoming(BaseModel):
    """A body: a key that is not known here is refused rather than passed over."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Outgoing(BaseModel):
    """An answer; further keys may be added."""

    model_config = ConfigDict(extra="allow")


# What comes in ------------------------------------------------------------------------------------------------
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


class NewProduct(Incoming):
    """A product to register."""

    name: str
    sheet: Json = Field(
        default_factory=dict, description="Any fields of the product sheet; all may be missing."
    )


class SheetFields(Incoming):
    """Fields of the sheet to change; the others stay."""

    sheet: Json


class PolicyText(Incoming):
    """A review policy, as YAML or JSON text."""

    text: str = Field(max_length=64_000)


class NewPolicy(PolicyText):
    """A review policy to put in force, and why."""

    reason: str


class NewAdaptation(Incoming):
    """For whom a published piece is to be adapted; empty: as it is."""

    market: str
    audience: str = ""
    channel: str = ""


class NewDispute(Incoming):
    """A finding that is held to be wrong."""

    rule: str
    place: str = Field(default="piece", description="A statement's id, or piece.")
    reason: str


class NewDeputy(Incoming):
    """A deputy to name: somebody with the same role, from the first to the last day."""

    deputy: str
    role: str
    starts_on: date
    ends_on: date
    reason: str


class Reason(Incoming):
    """Why."""

    reason: str


class NewApproval(Incoming):
    """An approval: both dates are inclusive, in the market's time zone."""

    approval: str = Field(description="Its reference.")
    approved_on: str = Field(examples=["2026-01-31"])
    expires_on: str = Field(examples=["2028-01-31"])


class NewRight(Incoming):
    """What may be shown of a source outside the company, and why it changes."""

    display: Literal["reference_only", "in_house", "page_picture", "handout"]
    reason: str


class NewDraft(Incoming):
    """A piece to draft."""

    product: str
    kind: Literal["key-moments", "quiz", "email", "brief"]
    market: str
    language: Literal["fr", "en"]
    topic: str | None = None
    sources: list[str] = []
    engine: str = "extractive"
    audience: str = "hcp"
    qualification: str | None = None
    channel: str | None = None


class NewWording(Incoming):
    """Another text for one statement, based on the revision that was read."""

    text: str
    base: str = Field(description="The id of the revision that was edited.")


class Submission(Incoming):
    """What is fixed when a piece goes to review."""

    override_request: str | None = None
    qualification: str | None = None
    audience: str | None = None
    channel: str | None = None


class NewComment(Incoming):
    """A comment on the piece, or on one statement of it."""

    text: str
    statement: str | None = None
    quoted: str | None = None
    parent: str | None = None
    mandatory: bool = False


class NewAttestation(Incoming):
    """A named medical reviewer vouches for a statement."""

    statement: str
    reason: str


class NewOverride(Incoming):
    """One of the two named reasons that lift a block."""

    rule: str
    place: str = "piece"
    reason: str


class NewSignature(Incoming):
    """A signature: the password again, the meaning, and the manifest that was seen."""

    password: str
    meaning: str = "approval"
    manifest_hash: str | None = None
    changes: str | None = Field(default=None, description="Approve with these changes: the piece goes back.")

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


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


class NewUse(Incoming):
    """One use of a publication; the recipient's name can be erased later."""

    mode: str = Field(description="One word: visit, email, hand-out, congress …")
    used_on: str
    recipient: str


class NewQuestion(Incoming):
    """A question to the approved sources."""

    question: str
    product: str
    market: str
    conversation: str | None = None
    language: Literal["fr", "en"] | None = None


# What goes out ------------------------------------------------------------------------------------------------
class Problem(Outgoing):
    """What was refused."""

    code: str
    message: str
    retry: bool = Field(description="Whether the same request may succeed later.")
    help: str = Field(description="What to do next.")


class Refused(Outgoing):
    """Every refusal has this shape."""

    error: Problem


class Health(Outgoing):
    """The server answers."""

    ok: bool


class UseOut(Outgoing):
    """What was entered in the register of recipients; `entry` is the audit entry whose note is the name."""

    use: Json


class RegisterOut(Outgoing):
    """The register of recipients of a piece."""

    register_: Json = Field(alias="register", serialization_alias="register")


class AffectedItems(Outgoing):
    """What a source or a piece has led to."""

    affected: Json


class ReleaseOut(Outgoing):
    """The release conditions of a piece, and what was recorded."""

    release: Json


class Windows(Outgoing):
    """The windows of deposit by year."""

    windows: list[Json]


class Deadlines(Outgoing):
    """Answers that are due, and what ends."""

    deadlines: list[Json]


class Status(Outgoing):
    """Whether a copy is in force."""

    status: Json


class UserOut(Outgoing):
    """A person."""

    user: Json


class Users(Outgoing):
    """The people."""

    users: list[Json]


class TokenOut(Outgoing):
    """A token; its text is shown this once."""

    token: str


class ProductOut(Outgoing):
    """A product."""

    product: Json


class Products(Outgoing):
    """The products."""

    products: list[Json]


class SourceHead(Outgoing):
    """A source."""

    id: str
    sha256: str
    product: str
    kind: str
    status: str
    pages: int
    passages: int
    pages_by_quality: dict[str, int]
    already_known: bool


class SourceOut(Outgoing):
    """A source."""

    source: SourceHead


class Sources(Outgoing):
    """The sources."""

    sources: list[SourceHead]


class StartedJob(Outgoing):
    """Work that was begun for a file."""

    id: str
    file: str


class Started(Outgoing):
    """What was begun, and which files were refused at once. See `GET /api/jobs/{id}`."""

    jobs: list[StartedJob]
    refused: list[Json] = []


class JobHead(Outgoing):
    """How far some work is."""

    id: str
    kind: str
    status: Literal["queued", "running", "done", "failed"]
    done: int
    total: int
    doing: str
    result: Json | None
    error: Json | None


class JobOut(Outgoing):
    """How far some work is."""

    job: JobHead


class Hits(Outgoing):
    """Passages that may be used now, best first."""

    hits: list[Json]
    tier: str
    language: str | None
    widened: dict[str, list[str]]
    reranking: str | None
    ms: float


class PieceHead(Outgoing):
    """What a piece is and where it stands."""

    id: str
    kind: str
    product: str
    market: str
    language: str
    engine: str
    revision: int
    hash: str
    status: str


class Draft(Outgoing):
    """A piece: its statements with their citations, what was rejected, the findings, the typed document."""

    piece: PieceHead
    statements: list[Json]
    rejected: list[Json]
    findings: list[Json]
    content: Json


class Pieces(Outgoing):
    """The pieces."""

    pieces: list[PieceHead]


class Review(Outgoing):
    """Everything about a piece's review."""

    piece: PieceHead
    task: Json | None
    decision: Json | None
    signature: Json | None


class PolicyOut(Outgoing):
    """A review policy."""

    policy: Json


class Delegations(Outgoing):
    """Who decides in whose stead."""

    delegations: list[Json]


class Tasks(Outgoing):
    """The tasks of reviewers, where the next ones begin, and the reader's own pieces."""

    tasks: list[Json]
    next: str | None
    pieces: list[Json]


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
    """What is published."""

    publications: list[PublicationHead]


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


class AnswerOut(Outgoing):
    """An answer in approved sentences, or why there is none."""

    status: Literal["answered", "not_found", "referred", "refused"]
    statements: list[Json]
    message: str | None
    case: Json | None
    ms: float


class Cases(Outgoing):
    """Safety and medical-information cases."""

    cases: list[Json]


class Verified(Outgoing):
    """Whether the audit trail holds."""

    ok: bool
    entries: int
    first_bad: int | None
    head: str


class Entries(Outgoing):
    """Entries of the audit trail, newest first."""

    entries: list[Json]
