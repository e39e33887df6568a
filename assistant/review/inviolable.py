"""The signatures that no policy may drop: held when a policy is read, and counted once more before a piece is released.

That nobody signs what they wrote (WF1) and that a signature names the exact bytes (WF3) no policy can say anything about.
"""

from collections.abc import Collection, Iterator

from assistant.people.roles import Role
from assistant.review.model import KINDS
from assistant.review.policy import ConfirmationRule, Facts, Policy, When, Workflow

SIGNERS = (Role.MEDICAL, Role.LEGAL, Role.REGULATORY, Role.PHARMACIST)
"""Roles that may be asked for a signature, in the order in which they are named."""
PEOPLE = 2
"""How many different people sign at least."""
INVIOLABLE = (
    (
        "WF1",
        "Nobody signs what they wrote, edited or submitted; administrators sign nothing; one person signs once a round.",
    ),
    ("WF2", "Medical signs every piece."),
    ("WF2", "Regulatory signs every piece; in France the pharmacist may in its stead."),
    ("WF2", "Two different people sign every piece, on the short way, too."),
    ("WF2", "Legal signs where the writer asks for an override."),
    (
        "WF2",
        "Only regulatory or the pharmacist release; in France the pharmacist alone releases a promotional piece.",
    ),
    ("WF3", "A signature names the exact bytes; any edit voids it."),
    ("WF5", "A publication holds for 24 months at most unless it is certified again."),
    ("WF6", "Medical and one more role confirm a publication whose source was replaced."),
)
"""By rule. WF1 and WF3 no policy can say anything about; the others are checked when it is read."""


def broken(policy: Policy) -> Iterator[tuple[str, str, str]]:
    """(rule, where, what is missing) of each signature that the policy lets a piece go without."""
    for workflow in policy.workflows:
        where = f"the workflow {workflow.name}"
        yield from (("WF2", where, what) for what in _without(workflow))
    yield from _release(policy)
    for found in policy.confirmation:
        yield from _confirmation(found)


def missing_signatures(roles: Collection[str], people: Collection[str], market: str) -> tuple[str, ...]:
    """What these signatures of a piece still lack, whatever its policy asked for; `people` holds one id a signature."""
    lacking = []
    if Role.MEDICAL not in roles:
        lacking.append("medical")
    if not _instead_of_regulatory(market) & set(roles):
        lacking.append("regulatory")
    if len(set(people)) != len(people) or len(people) < PEOPLE:
        lacking.append("two different people")
    return tuple(lacking)


def _instead_of_regulatory(market: str) -> frozenset[str]:
    """In France the responsible pharmacist's service answers for what is published (R.5122-2)."""
    return frozenset({Role.REGULATORY, Role.PHARMACIST} if market == "FR" else {Role.REGULATORY})


def _without(workflow: Workflow) -> Iterator[str]:
    always = {asked.role for asked in workflow.signatures if asked.always}
    if Role.MEDICAL not in always:
        yield "a medical signature is asked for in every case"
    french = workflow.when.only("markets", "FR")
    if not _instead_of_regulatory("FR" if french else "") & always:
        yield (
            "a signature of regulatory, or of the pharmacist, is asked for in every case"
            if french
            else "a regulatory signature is asked for in every case"
        )
    if sum(asked.needed for asked in workflow.signatures if asked.always) < PEOPLE:
        yield "two signatures of two different people are asked for in every case"
    never = workflow.when.conditions.get("override_requested") is False
    legal = any(
        asked.role == Role.LEGAL and asked.skip is None and _on_override(asked.when)
        for asked in workflow.signatures
    )
    if not (legal or never):
        yield "legal signs where the writer asks for an override"


def _on_override(when: When) -> bool:
    return when.always or when.conditions == {"override_requested": True}


def _release(policy: Policy) -> Iterator[tuple[str, str, str]]:
    where = "the table of who may publish"
    if any(not set(rule.roles) <= {Role.REGULATORY, Role.PHARMACIST} for rule in policy.publication):
        yield "WF2", where, "only regulatory or the pharmacist release a piece"
    french = [Facts(kind, "FR", "promotional") for kind in sorted(KINDS)]
    if any(policy.releasers(facts) != (Role.PHARMACIST,) for facts in french):
        yield "WF2", where, "the pharmacist alone releases a promotional piece in France (R.5122-2)"


def _confirmation(found: ConfirmationRule) -> Iterator[tuple[str, str, str]]:
    roles = set(found.rule.roles)
    if Role.MEDICAL not in roles or len(roles) < PEOPLE:
        yield "WF6", "the table of who confirms", "medical and one more role confirm a publication"
