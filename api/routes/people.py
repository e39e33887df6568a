"""People, and tokens for machines."""

from fastapi import APIRouter, Response

from api.auth import Ancrage, CameBy, Me
from api.schemas import Health, Json, Logins, NewToken, NewUser, TokenOut, UserOut, Users, Vouching
from assistant.people.accounts import add_user, deactivate_user, list_users, user_json
from assistant.people.oidc.confirming import confirm_link, list_links, reject_link
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


@router.get("/logins", response_model=Logins, summary="List links to the company login")
def logins(app: Ancrage, me: Me) -> Json:
    """Your own and, for an administrator, those that they may confirm for people without a passphrase."""
    return {"logins": list_links(app.db, me, passwords=app.settings.passwords)}


@router.post("/logins/{login}/confirm", response_model=Logins, summary="Confirm a link to the company login")
def confirm_login(app: Ancrage, me: Me, came_in: CameBy, login: str, body: Vouching) -> Json:
    """It is yours, and signs from now on."""
    vouched = came_in if body.password is None else app.given_password(body.password)
    confirm_link(app.db, me, login, vouched, passwords=app.settings.passwords)
    return {"logins": list_links(app.db, me, passwords=app.settings.passwords)}


@router.post("/logins/{login}/reject", response_model=Logins, summary="Reject a link to the company login")
def reject_login(app: Ancrage, me: Me, came_in: CameBy, login: str, body: Vouching) -> Json:
    """It is not yours: the link, its sessions and the tokens made since end."""
    vouched = came_in if body.password is None else app.given_password(body.password)
    reject_link(app.db, me, login, vouched)
    return {"logins": list_links(app.db, me, passwords=app.settings.passwords)}
