"""Who has to approve a piece, who may publish it, and for how long: the rows of policies.yaml, applied."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.people.roles import Role
from assistant.review.model import Piece


@dataclass(frozen=True, slots=True)
class Rule:
    """Roles, and when they are called for."""

    roles: tuple[Role, ...]
    when: Mapping[str, Any]

    def matches(self, piece: Piece, rules_found: Collection[str], override_requested: bool) -> bool:
        """Whether every condition of `when` holds."""
        conditions = {
            "kinds": lambda wanted: piece.kind in wanted,
            "markets": lambda wanted: piece.market in wanted,
            "qualifications": lambda wanted: piece.qualification in wanted,
            "findings": lambda wanted: not set(wanted).isdisjoint(rules_found),
            "override_requested": lambda wanted: override_requested is wanted,
        }
        return all(conditions[name](wanted) for name, wanted in self.when.items())


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
    """The whole of policies.yaml."""

    approval: tuple[Rule, ...]
    publication: tuple[Rule, ...]
    superseded_and_standing: Mapping[str, str]
    confirmation: tuple[ConfirmationRule, ...]
    escalation: Escalation
    months_valid: int
    working_days_to_review: int

    def approvers(
        self, piece: Piece, rules_found: Collection[str], override_requested: bool
    ) -> tuple[Role, ...]:
        """Roles that have to approve, each once, by distinct people."""
        roles = {
            role
            for rule in self.approval
            if rule.matches(piece, rules_found, override_requested)
            for role in rule.roles
        }
        return tuple(sorted(roles))

    def publishers(self, piece: Piece) -> tuple[Role, ...]:
        """Roles of which any one may publish the piece."""
        return next(
            rule.roles for rule in self.publication if rule.matches(piece, (), override_requested=False)
        )

    def confirmers(self, piece: Piece) -> tuple[tuple[Role, ...], int]:
        """Roles that have to confirm the piece, each once, by distinct people; and their working days."""
        found = next(r for r in self.confirmation if r.rule.matches(piece, (), override_requested=False))
        return found.rule.roles, found.working_days

    def when_superseded(self, market: str) -> str:
        """`live` or `suspended`: a publication whose quotes stand in the version that replaced its source."""
        policies = self.superseded_and_standing
        return policies.get(market, policies["other"])


@cache
def load_policy() -> Policy:
    """The policy that ships with the product."""
    import yaml

    data = yaml.safe_load(files("assistant.review").joinpath("policies.yaml").read_text(encoding="utf-8"))
    return Policy(
        approval=_rules(data["approval"]),
        publication=_rules(data["publication"]),
        superseded_and_standing=data["superseded_and_standing"],
        confirmation=tuple(
            ConfirmationRule(rule, row["working_days"])
            for rule, row in zip(_rules(data["confirmation"]), data["confirmation"], strict=True)
        ),
        escalation=Escalation(
            data["escalation"]["after_working_days"], tuple(Role(role) for role in data["escalation"]["to"])
        ),
        months_valid=data["months_valid"],
        working_days_to_review=data["working_days_to_review"],
    )


def _rules(rows: list[dict[str, Any]]) -> tuple[Rule, ...]:
    return tuple(Rule(tuple(Role(role) for role in row["roles"]), row["when"]) for row in rows)


def add_months(day: date, months: int) -> date:
    """The same day that many months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    for back in range(4):
        try:
            return day.replace(year=day.year + years, month=month + 1, day=day.day - back)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
