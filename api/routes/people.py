"""People, and tokens for machines."""

from fastapi import APIRouter, Response

from api.auth import Ancrage, Me
from api.schemas import Health, Json, NewToken, NewUser, TokenOut, UserOut, Users
from assistant.people.accounts import add_user, deactivate_user, list_users, user_json
from assistant.people.roles import Permission, require
from assistant.people.sessions import make_token, revoke_token

router = APIRouter(tags=["people"])


@router.get("/health", response_model=Health, summary="Whether the server answers", tags=["system"])
def health() -> Json:
    """Open to everyone; it says nothing else."""
    return {"ok": True}


@router.get("/users", response_model=Users, summary="List the people")
def users(app: Ancrage, me: Me) -> Json:
    """For administrators."""
    require(me, Permission.MANAGE_USERS)
    return {"users": [user_json(user) for user in list_users(app.db)]}


@router.post("/users", response_model=UserOut, status_code=201, summary="Add a person")
def new_user(app: Ancrage, me: Me, body: NewUser) -> Json:
    """For administrators. Any passphrase of 15 characters or more is taken."""
    user = add_user(app.db, me, body.name, body.roles, body.password, body.language)
    return {"user": user_json(user)}


@router.post("/users/{user}/close", status_code=204, summary="Close an account")
def close_user(app: Ancrage, me: Me, user: str) -> Response:
    """What the person did stays theirs."""
    deactivate_user(app.db, me, user)
    return Response(status_code=204)


@router.post("/tokens", response_model=TokenOut, status_code=201, summary="Make a token for a machine")
def new_token(app: Ancrage, me: Me, body: NewToken) -> Json:
    """It acts as you; its text is in this answer and nowhere else."""
    return {"token": make_token(app.db, me, body.name)}


@router.delete("/tokens/{token}", status_code=204, summary="End a token")
def end_token(app: Ancrage, me: Me, token: str) -> Response:
    """Your own, or anybody's for an administrator."""
    revoke_token(app.db, me, token)
    return Response(status_code=204)
