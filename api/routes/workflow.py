"""Who has to sign and in which order, and who in whose stead: policies and deputies."""

from fastapi import APIRouter

from api.auth import Ancrage, Me
from api.schemas import Delegations, Json, NewDeputy, NewPolicy, PolicyOut, PolicyText
from assistant.review.delegation import NewDelegation, delegate, delegations, end_delegation
from assistant.review.policy_register import adopt_policy, check_policy, show_policy

router = APIRouter(tags=["review"])


@router.get("/policy", response_model=PolicyOut, summary="Show the review policy")
def show(app: Ancrage, me: Me, hash: str | None = None) -> Json:  # noqa: A002  the word of the address
    """The one in force, or the one whose hash begins so, with every adoption."""
    return show_policy(app.db, me, hash)


@router.post("/policy/check", response_model=PolicyOut, summary="Check a review policy")
def check(app: Ancrage, me: Me, body: PolicyText) -> Json:
    """Nothing is changed. A policy that drops a signature that none may drop is refused, with the rule."""
    return check_policy(app.db, me, body.text)


@router.post("/policy", response_model=PolicyOut, status_code=201, summary="Adopt a review policy")
def adopt(app: Ancrage, me: Me, body: NewPolicy) -> Json:
    """In force for what is submitted from now on; rounds that are open go on under theirs."""
    adopt_policy(app.db, me, body.text, body.reason)
    return show_policy(app.db, me)


@router.get("/delegations", response_model=Delegations, summary="List who stands for whom")
def list_all(app: Ancrage, me: Me) -> Json:
    """Those that you gave or hold; everybody's for a coordinator."""
    return {"delegations": delegations(app.db, me)}


@router.post("/delegations", response_model=Delegations, status_code=201, summary="Name a deputy")
def name(app: Ancrage, me: Me, body: NewDeputy) -> Json:
    """A person with the same role, who signs in their own name for you."""
    wanted = NewDelegation(body.deputy, body.role, body.starts_on, body.ends_on)
    delegate(app.db, me, wanted, body.reason)
    return {"delegations": delegations(app.db, me)}


@router.post("/delegations/{delegation}/end", response_model=Delegations, summary="End a delegation")
def end(app: Ancrage, me: Me, delegation: str) -> Json:
    """Now, whatever its last day was."""
    end_delegation(app.db, me, delegation)
    return {"delegations": delegations(app.db, me)}
