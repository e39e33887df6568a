"""The shapes of review policies and of deputies."""

from datetime import date

from pydantic import Field

from api.schemas.base import Incoming, Json, Outgoing


class PolicyText(Incoming):
    """A review policy, as YAML or JSON text."""

    text: str = Field(max_length=64_000)


class NewPolicy(PolicyText):
    """A review policy to put in force, and why."""

    reason: str


class NewDeputy(Incoming):
    """A deputy to name: somebody with the same role, from the first to the last day."""

    deputy: str
    role: str
    starts_on: date
    ends_on: date
    reason: str


class PolicyOut(Outgoing):
    """A review policy."""

    policy: Json


class Delegations(Outgoing):
    """Who decides in whose stead."""

    delegations: list[Json]
