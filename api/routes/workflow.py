"""Who has to sign and in which order, and who in whose stead: policies and deputies."""

from fastapi import APIRouter

from api.auth import Ancrage, Me
from api.schemas import (
    Delegations,
    Json,
    NewDeputy,
    NewPolicy,
    PolicyAdoption,
    PolicyChanges,
    PolicyOut,
    PolicyText,
    PolicyToAdopt,
    Reason,
)
from assistant.review.delegation import NewDelegation, delegate, delegations, end_delegation
from assistant.review.policy_proposals import (
    adopt_policy,
    adopt_proposal,
    close_proposal,
    propose_policy,
)
from assistant.review.policy_view import PolicyQuestion, check_policy, policy_changes, show_policy, who_signs

router = APIRouter(tags=["review"])


@router.get("/policy", response_model=PolicyOut, summary="Show the review policy")
def show(
    app: Ancrage,
    me: Me,
    hash: str | None = None,  # noqa: A002  the word of the address
    kind: str | None = None,
    market: str = "EU",
    qualification: str = "promotional",
) -> Json:
    """The one in force, or the one whose hash begins so, with every adoption and proposal.

    With a kind, `signers` says who signs such a piece in that market and qualification.
    """
    shown = show_policy(app.db, me, hash)
    if kind is not None:
        shown["signers"] = who_signs(app.db, me, PolicyQuestion(kind, market, qualification), hash)
    return shown


@router.post("/policy/check", response_model=PolicyOut, summary="Check a review policy")
def check(app: Ancrage, me: Me, body: PolicyText) -> Json:
    """Nothing is changed. A policy that drops a signature that none may drop is refused, with the rule."""
    return check_policy(app.db, me, body.text)


@router.post("/policy", response_model=PolicyOut, status_code=201, summary="Adopt a review policy")
def adopt(app: Ancrage, me: Me, body: PolicyToAdopt) -> Json:
    """One that somebody else has proposed: in force for what is submitted from now on; open rounds go on under theirs."""
    adopt_policy(app.db, me, body.text, body.reason, app.given_password(body.password))
    return show_policy(app.db, me)


@router.get("/policy/changes", response_model=PolicyChanges, summary="Compare a policy with the one in force")
def changes(app: Ancrage, me: Me, hash: str) -> Json:  # noqa: A002  the word of the address
    """Row by row: the same, added, removed. `hash` may be its beginning."""
    return {"policy_changes": policy_changes(app.db, me, hash)}


@router.post(
    "/policy/proposals", response_model=PolicyOut, status_code=201, summary="Propose a review policy"
)
def propose(app: Ancrage, me: Me, body: NewPolicy) -> Json:
    """Another person adopts it or turns it down."""
    made = propose_policy(app.db, me, body.text, body.reason)
    return {**show_policy(app.db, me), "proposal": made}


@router.post(
    "/policy/proposals/{proposal}/adopt", response_model=PolicyOut, summary="Adopt a proposed policy"
)
def adopt_proposed(app: Ancrage, me: Me, proposal: str, body: PolicyAdoption) -> Json:
    """Not by whoever proposed it. With `before`, refused where another policy is in force than the one compared."""
    adopt_proposal(app.db, me, proposal, body.reason, app.given_password(body.password), body.before)
    return show_policy(app.db, me)


@router.post("/policy/proposals/{proposal}/close", response_model=PolicyOut, summary="Close a proposal")
def close(app: Ancrage, me: Me, proposal: str, body: Reason) -> Json:
    """Withdraw one's own, or turn down another's."""
    close_proposal(app.db, me, proposal, body.reason)
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
