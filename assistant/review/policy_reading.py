"""A policy from its text: every word is known, every number is possible, and no inviolable signature is missing."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import rfc8785

from assistant.corpus.markets import known_market
from assistant.errors import InvalidInput
from assistant.people.roles import Role
from assistant.review.inviolable import SIGNERS, broken
from assistant.review.model import KINDS, QUALIFICATIONS
from assistant.review.policy import (
    LONGEST_MONTHS,
    Asked,
    ConfirmationRule,
    Escalation,
    Policy,
    PolicyStep,
    Rule,
    Wanted,
    When,
    Workflow,
)

if TYPE_CHECKING:
    from yaml import MappingNode

LONGEST = 64_000
"""Characters of a policy."""
_MOST = 9
"""Signatures of one role in a step."""
_MOST_STEPS = 12
_DAYS = range(1, 366)
_MONTHS = range(1, LONGEST_MONTHS + 1)
_NAME = 60
_WORDS = ("kinds", "markets", "qualifications", "findings")
_YES_NO = ("override_requested", "unchanged")
_OF_A_PIECE = ("kinds", "markets", "qualifications")


def read_policy(text: str) -> Policy:
    """The policy that the YAML (or JSON) text holds, with its hash.

    Raises InvalidInput that says where it is wrong; for a signature that no policy may drop it names the rule, too.
    """
    policy = _policy(_loaded(text))
    dropped = list(broken(policy))
    if dropped:
        listed = "; ".join(f"{where} breaks {rule}: {what}" for rule, where, what in dropped)
        raise InvalidInput(
            f"The policy drops a signature that no policy may drop. {listed[:1].upper()}{listed[1:]}.",
            help="Ask for it without `when` and without `skip`. The rules are in docs/workflow.md.",
            rules=sorted({rule for rule, _, _ in dropped}),
        )
    return _with_hash(policy)


def policy_json(policy: Policy) -> dict[str, Any]:
    """The policy as plain values; reading them gives the same policy."""
    return {
        "workflows": [
            {
                "name": workflow.name,
                "when": _plain(workflow.when),
                "steps": [
                    {
                        **({} if step.working_days is None else {"working_days": step.working_days}),
                        "signatures": [_asked_json(asked) for asked in step.signatures],
                    }
                    for step in workflow.steps
                ],
            }
            for workflow in policy.workflows
        ],
        "publication": [_rule_json(rule) for rule in policy.publication],
        "superseded_and_standing": dict(policy.superseded_and_standing),
        "confirmation": [
            {**_rule_json(found.rule), "working_days": found.working_days} for found in policy.confirmation
        ],
        "escalation": {
            "after_working_days": policy.escalation.after_working_days,
            "to": [str(role) for role in policy.escalation.to],
        },
        "months_valid": policy.months_valid,
        "working_days_to_review": policy.working_days_to_review,
    }


def canonical(policy: Policy) -> str:
    """Canonical JSON (RFC 8785)."""
    return rfc8785.dumps(policy_json(policy)).decode()


def _with_hash(policy: Policy) -> Policy:
    from dataclasses import replace

    return replace(policy, hash=hashlib.sha256(canonical(policy).encode()).hexdigest())


def _asked_json(asked: Asked) -> dict[str, Any]:
    return {
        "role": str(asked.role),
        "needed": asked.needed,
        "asked": asked.asked,
        "when": _plain(asked.when),
        **({} if asked.skip is None else {"skip": _plain(asked.skip)}),
    }


def _rule_json(rule: Rule) -> dict[str, Any]:
    return {"roles": [str(role) for role in rule.roles], "when": _plain(rule.when)}


def _plain(when: When) -> dict[str, Any]:
    return {
        name: wanted if isinstance(wanted, bool) else list(wanted) for name, wanted in when.conditions.items()
    }


def _loaded(text: str) -> Mapping[str, Any]:
    import yaml

    if len(text) > LONGEST:
        raise _wrong("The text", f"has {len(text)} characters", f"Keep it within {LONGEST}.")
    try:
        _require_plain(text)
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        place = "" if line is None else f" at line {line + 1}"
        raise _wrong("The text", f"is not YAML{place}", "Compare it with `ancrage policy show`.") from error
    return _mapping(data, "The policy")


def _require_plain(text: str) -> None:
    """Nothing is written once and meant many times: a few lines of aliases can stand for millions of values."""
    import yaml

    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _repeats(event.start_mark.line if event.start_mark else 0)
    nodes = [yaml.compose(text, Loader=yaml.SafeLoader)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.SequenceNode):
            nodes += node.value
        elif isinstance(node, yaml.MappingNode):
            _require_keys_once(node)
            nodes += [value for _, value in node.value]


def _require_keys_once(node: "MappingNode") -> None:
    """YAML readers take the last of two keys without a word: nobody would see which signatures were dropped."""
    seen = set()
    for key, _ in node.value:
        name, line = str(key.value)[:_NAME], key.start_mark.line + 1
        if key.tag == "tag:yaml.org,2002:merge":
            raise _repeats(line - 1)
        if name in seen:
            raise InvalidInput(
                f"The policy holds the key {name} twice, again at line {line}.", help="Keep one of the two."
            )
        seen.add(name)


def _repeats(line: int) -> InvalidInput:
    return InvalidInput(
        f"The policy repeats by an alias or a merge what is written elsewhere, at line {line + 1}.",
        help="Write it out there: a policy has neither aliases (*name) nor merges (<<).",
    )


def _policy(data: Mapping[str, Any]) -> Policy:
    known = {
        "workflows",
        "publication",
        "superseded_and_standing",
        "confirmation",
        "escalation",
        "months_valid",
        "working_days_to_review",
    }
    _keys(data, known, known, "The policy")
    workflows = tuple(_workflow(row, at) for at, row in enumerate(_rows(data["workflows"], "workflows"), 1))
    names = [workflow.name for workflow in workflows]
    if len(set(names)) != len(names):
        raise _wrong("workflows", "give one name twice", "Every workflow has a name of its own.")
    _require_last([workflow.when for workflow in workflows], "workflows")
    publication = tuple(_rule(row, "publication") for row in _rows(data["publication"], "publication"))
    _require_last([rule.when for rule in publication], "publication")
    confirmation = tuple(_confirmation(row) for row in _rows(data["confirmation"], "confirmation"))
    _require_last([found.rule.when for found in confirmation], "confirmation")
    return Policy(
        workflows=workflows,
        publication=publication,
        superseded_and_standing=_superseded(data["superseded_and_standing"]),
        confirmation=confirmation,
        escalation=_escalation(data["escalation"]),
        months_valid=_number(data["months_valid"], _MONTHS, "months_valid"),
        working_days_to_review=_number(data["working_days_to_review"], _DAYS, "working_days_to_review"),
    )


def _workflow(row: object, at: int) -> Workflow:
    data = _mapping(row, f"The workflow {at}")
    _keys(data, {"name", "when", "steps"}, {"name", "when", "steps"}, f"The workflow {at}")
    name = data["name"]
    if not isinstance(name, str) or not name.strip() or len(name) > _NAME or not name.isprintable():
        raise _wrong(f"The workflow {at}", "has no name", f"Name it in a line of at most {_NAME} characters.")
    where = f"The workflow {name}"
    steps = tuple(
        _step(one, f"{where}, step {n},") for n, one in enumerate(_rows(data["steps"], f"{where}: steps"), 1)
    )
    if len(steps) > _MOST_STEPS:
        raise _wrong(where, f"has {len(steps)} steps", f"{_MOST_STEPS} at most.")
    return Workflow(name.strip(), _when(data["when"], where, (*_WORDS, *_YES_NO)), steps)


def _step(row: object, where: str) -> PolicyStep:
    data = _mapping(row, where)
    _keys(data, {"signatures", "working_days"}, {"signatures"}, where)
    days = data.get("working_days")
    return PolicyStep(
        tuple(_asked(one, where) for one in _rows(data["signatures"], f"{where} signatures")),
        None if days is None else _number(days, _DAYS, f"{where} working_days"),
    )


def _asked(row: object, where: str) -> Asked:
    data = _mapping(row, where)
    _keys(data, {"role", "needed", "asked", "when", "skip"}, {"role"}, where)
    role = _role(data["role"], where, SIGNERS)
    needed = _number(data.get("needed", 1), range(1, _MOST + 1), f"{where} {role}: needed")
    asked = _number(data.get("asked", needed), range(needed, _MOST + 1), f"{where} {role}: asked")
    conditions = (*_WORDS, *_YES_NO)
    skip = None if "skip" not in data else _when(data["skip"], f"{where} {role}: skip", conditions)
    if skip is not None and skip.always:
        raise _wrong(f"{where} {role}", "is skipped always", "Say when it is skipped, or leave it out.")
    return Asked(role, needed, asked, _when(data.get("when", {}), f"{where} {role}", conditions), skip)


def _rule(row: object, where: str) -> Rule:
    data = _mapping(row, where)
    _keys(data, {"roles", "when"}, {"roles", "when"}, where)
    return Rule(_roles(data["roles"], where, SIGNERS), _when(data["when"], where, _OF_A_PIECE))


def _confirmation(row: object) -> ConfirmationRule:
    data = dict(_mapping(row, "confirmation"))
    days = _number(data.pop("working_days", None), _DAYS, "confirmation: working_days")
    return ConfirmationRule(_rule(data, "confirmation"), days)


def _escalation(value: object) -> Escalation:
    data = _mapping(value, "escalation")
    _keys(data, {"after_working_days", "to"}, {"after_working_days", "to"}, "escalation")
    days = _number(data["after_working_days"], range(366), "escalation: after_working_days")
    return Escalation(days, _roles(data["to"], "escalation", tuple(Role)))


def _superseded(value: object) -> dict[str, str]:
    data = _mapping(value, "superseded_and_standing")
    if "other" not in data:
        raise _wrong(
            "superseded_and_standing", "says nothing of the other markets", "Add `other: live` or suspended."
        )
    for market, how in data.items():
        if market != "other":
            _market(market, "superseded_and_standing")
        if how not in ("live", "suspended"):
            raise _wrong(f"superseded_and_standing: {market}", "is neither live nor suspended", "Say which.")
    return {str(market): str(how) for market, how in data.items()}


def _when(value: object, where: str, known: Iterable[str]) -> When:
    data = _mapping(value, f"{where}: when")
    _keys(data, set(known), set(), f"{where}: when")
    return When({name: _condition(name, wanted, f"{where}: {name}") for name, wanted in data.items()})


def _condition(name: str, wanted: object, where: str) -> Wanted:
    if name in _YES_NO:
        if not isinstance(wanted, bool):
            raise _wrong(where, "is neither true nor false", "Say which.")
        return wanted
    words = tuple(_word(word, where) for word in _rows(wanted, where))
    known = {"kinds": KINDS, "qualifications": QUALIFICATIONS}.get(name)
    for word in words:
        if known is not None and word not in known:
            raise _wrong(where, f"names {word}, which is none", f"One of: {', '.join(sorted(known))}.")
    return tuple(_market(word, where) for word in words) if name == "markets" else words


def _market(code: object, where: str) -> str:
    word = _word(code, where)
    market = known_market(word)
    if market != word:
        raise _wrong(where, f"names {word}", f"Write {market}.")
    return market


def _word(value: object, where: str) -> str:
    if value is False:  # YAML 1.1 reads the country code NO as a false
        raise _wrong(where, "holds a word that YAML reads as no", 'Put it in quotation marks: "NO".')
    if not isinstance(value, str) or not value.strip() or len(value) > _NAME or not value.isprintable():
        raise _wrong(where, "holds something that is no word", "Write words.")
    return value


def _roles(value: object, where: str, known: tuple[Role, ...]) -> tuple[Role, ...]:
    roles = tuple(_role(one, where, known) for one in _rows(value, f"{where}: roles"))
    if len(set(roles)) != len(roles):
        raise _wrong(where, "names a role twice", "Name each once.")
    return roles


def _role(value: object, where: str, known: tuple[Role, ...]) -> Role:
    if value not in known:
        shown = value if isinstance(value, str) else "something"
        raise _wrong(where, f"names the role {str(shown)[:_NAME]}", f"One of: {', '.join(known)}.")
    return Role(str(value))


def _number(value: object, known: range, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in known:
        raise _wrong(where, "is not a whole number that can be", f"From {known.start} to {known.stop - 1}.")
    return value


def _rows(value: object, where: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise _wrong(where, "is not a list with something in it", "Write `[…]` or one line a row.")
    return value


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise _wrong(where, "is not made of names and values", "Compare it with `ancrage policy show`.")
    return value


def _keys(data: Mapping[str, Any], known: set[str], needed: set[str], where: str) -> None:
    unknown, missing = sorted(set(data) - known), sorted(needed - set(data))
    if unknown:
        raise _wrong(
            where,
            f"has a key that nobody reads: {unknown[0][:_NAME]}",
            f"The keys are: {', '.join(sorted(known))}.",
        )
    if missing:
        raise _wrong(where, f"lacks {', '.join(missing)}", "Compare it with `ancrage policy show`.")


def _require_last(conditions: list[When], where: str) -> None:
    """The last row fits everything, and no other does: each row can be reached, and no piece is left without one."""
    if not conditions[-1].always:
        raise _wrong(where, "leave some pieces without a row", "End with a row whose `when` is {}.")
    if any(when.always for when in conditions[:-1]):
        raise _wrong(where, "hold rows that are never reached", "Only the last row has an empty `when`.")


def _wrong(where: str, what: str, help_text: str) -> InvalidInput:
    clean = where.rstrip(",")
    return InvalidInput(f"{clean[:1].upper()}{clean[1:]} {what}.", help=help_text, where=clean)
