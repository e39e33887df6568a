"""What every shape shares, and the shape of a refusal."""

from typing import Annotated, Any

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


class Reason(Incoming):
    """Why."""

    reason: str


class Problem(Outgoing):
    """What was refused."""

    code: str
    message: str
    retry: bool = Field(description="Whether the same request may succeed later.")
    help: str = Field(description="What to do next.")


class Refused(Outgoing):
    """Every refusal has this shape."""

    error: Problem
