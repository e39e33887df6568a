"""The shapes of review policies and of deputies."""

from datetime import date

from pydantic import Field

from api.schemas.base import Incoming, Json, Outgoing


class PolicyText(Incoming):
    """A review policy, as YAML or JSON text."""

    text: str = Field(max_length=64_000)


class NewPolicy(PolicyText):
    """A review policy to propose or to put in force, and why."""

    reason: str


class PolicyToAdopt(NewPolicy):
    """A review policy to put in force, why, and one's own passphrase again."""

    password: str


class PolicyAdoption(Incoming):
    """Why a proposed policy is put in force, one's own passphrase again, and the hash of the policy that it was compared with."""

    reason: str
    password: str
    before: str | None = None


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


class PolicyChanges(Outgoing):
    """What one policy changes of the one in force."""

    policy_changes: Json


class Delegations(Outgoing):
    """Who decides in whose stead."""

    delegations: list[Json]
