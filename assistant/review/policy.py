"""Who has to sign a piece and in which order, who may publish it, and for how long: the rows of a policy, applied.

A policy is data (see policies.yaml); `policy_reading` makes one of a text and refuses what may never be, `plan` says what it
asks for a piece.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from assistant.people.roles import Role
from assistant.review.model import Piece

LONGEST_MONTHS = 24
"""What no policy lengthens: the time for which a publication lives unless it is certified again (WF5)."""

Wanted = bool | tuple[str, ...]
"""What a condition asks for: yes or no, or one of these words."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a policy may ask about a piece that goes to review."""

    kind: str
    market: str
    qualification: str
    findings: frozenset[str] = frozenset()
    """Rules that found something, beyond what is for information."""
    override_requested: bool = False
    unchanged: bool = False
    """Whether it is made only of segments that stand, word for word, with the same quotes and in that order, in approved revisions."""

    @classmethod
    def of(cls, piece: Piece) -> "Facts":
        """What is known of the piece before it is checked."""
        return cls(piece.kind, piece.market, piece.qualification)


@dataclass(frozen=True, slots=True)
class When:
    """Conditions by name, all of which have to hold; none always holds."""

    conditions: Mapping[str, Wanted] = field(default_factory=dict)

    def holds(self, facts: Facts) -> bool:
        """Whether every condition holds."""
        known: Mapping[str, str | frozenset[str] | bool] = {
            "kinds": facts.kind,
            "markets": facts.market,
            "qualifications": facts.qualification,
            "findings": facts.findings,
            "override_requested": facts.override_requested,
            "unchanged": facts.unchanged,
        }
        return all(_fits(known[name], wanted) for name, wanted in self.conditions.items())

    @property
    def always(self) -> bool:
        """Whether nothing is asked."""
        return not self.conditions

    def only(self, name: str, value: str) -> bool:
        """Whether the condition of that name admits nothing but the value."""
        return self.conditions.get(name) == (value,)


def _fits(fact: str | frozenset[str] | bool, wanted: Wanted) -> bool:
    if isinstance(wanted, bool):
        return fact is wanted
    if isinstance(fact, frozenset):
        return not fact.isdisjoint(wanted)
    return fact in wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """A role's signature in a step: how many are enough, of how many tasks, and when it is asked for at all."""

    role: Role
    needed: int = 1
    asked: int = 1
    when: When = field(default_factory=When)
    skip: When | None = None
    """Where it holds, the signature is not asked for; never, where there is none."""

    @property
    def always(self) -> bool:
        """Whether every piece of the workflow needs it."""
        return self.when.always and self.skip is None


@dataclass(frozen=True, slots=True)
class PolicyStep:
    """Signatures that are asked for side by side."""

    signatures: tuple[Asked, ...]
    working_days: int | None = None
    """From its opening to its due date; the policy's own number where none is given."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """The way of the pieces that it fits: steps, one after the other."""

    name: str
    when: When
    steps: tuple[PolicyStep, ...]

    @property
    def signatures(self) -> tuple[Asked, ...]:
        """Those of every step."""
        return tuple(asked for step in self.steps for asked in step.signatures)


@dataclass(frozen=True, slots=True)
class Rule:
    """Roles, and when they are called for."""

    roles: tuple[Role, ...]
    when: When


@dataclass(frozen=True, slots=True)
class ConfirmationRule:
    """Who confirms a publication after a source was replaced, within how many working days."""

    rule: Rule
    working_days: int


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who is told of a task that nobody decided, how many working days after its due date."""

    after_working_days: int
    to: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A whole policy. `hash` is the SHA-256 of its canonical JSON: comments and layout do not count."""

    workflows: tuple[Workflow, ...]
    publication: tuple[Rule, ...]
    superseded_and_standing: Mapping[str, str]
    confirmation: tuple[ConfirmationRule, ...]
    escalation: Escalation
    months_valid: int
    working_days_to_review: int
    hash: str = ""

    def workflow(self, facts: Facts) -> Workflow:
        """The first that fits; the last one always does."""
        return next(found for found in self.workflows if found.when.holds(facts))

    def publishers(self, piece: Piece) -> tuple[Role, ...]:
        """Roles of which any one may publish the piece."""
        return self.releasers(Facts.of(piece))

    def releasers(self, facts: Facts) -> tuple[Role, ...]:
        """Roles of which any one may publish a piece of which this is known."""
        return next(rule.roles for rule in self.publication if rule.when.holds(facts))

    def confirmers(self, piece: Piece) -> tuple[tuple[Role, ...], int]:
        """Roles that have to confirm the piece, each once, by distinct people; and their working days."""
        return self.confirmers_of(Facts.of(piece))

    def confirmers_of(self, facts: Facts) -> tuple[tuple[Role, ...], int]:
        """The same for a piece of which this is known."""
        found = next(r for r in self.confirmation if r.rule.when.holds(facts))
        return found.rule.roles, found.working_days

    def when_superseded(self, market: str) -> str:
        """`live` or `suspended`: a publication whose quotes stand in the version that replaced its source."""
        policies = self.superseded_and_standing
        return policies.get(market, policies["other"])


@cache
def default_policy() -> Policy:
    """The policy that ships with the product."""
    from assistant.review.policy_reading import read_policy

    return read_policy(files("assistant.review").joinpath("policies.yaml").read_text(encoding="utf-8"))


def add_months(day: date, months: int) -> date:
    """The same day that many months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    for back in range(4):
        try:
            return day.replace(year=day.year + years, month=month + 1, day=day.day - back)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
