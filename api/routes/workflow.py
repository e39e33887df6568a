"""Who has to sign and in which order: the policies."""

from fastapi import APIRouter

from api.auth import Ancrage, Me
from api.schemas import Json, NewPolicy, PolicyOut, PolicyText
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
