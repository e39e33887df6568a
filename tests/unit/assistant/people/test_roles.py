import pytest

from assistant.errors import NotAllowed
from assistant.people.roles import PERMISSIONS, SYSTEM, Actor, Permission, Role, require


def actor(*roles: Role) -> Actor:
    return Actor("user_1", "Ada", frozenset(roles))


def test_every_permission_has_its_row() -> None:
    assert set(PERMISSIONS) == set(Permission)


@pytest.mark.parametrize(
    "permission",
    [
        Permission.REVIEW,
        Permission.ATTEST,
        Permission.OVERRIDE,
        Permission.PUBLISH,
        Permission.RECALL,
        Permission.DRAFT,
    ],
)
def test_administrators_sign_no_content(permission: Permission) -> None:
    assert actor(Role.ADMIN).may(permission) is False


def test_a_writer_reviews_nothing() -> None:
    assert actor(Role.WRITER).may(Permission.REVIEW) is False


@pytest.mark.parametrize("role", Role)
def test_everybody_may_search_and_ask(role: Role) -> None:
    assert actor(role).may(Permission.SEARCH)
    assert actor(role).may(Permission.ASK)


def test_several_roles_add_up() -> None:
    both = actor(Role.WRITER, Role.LIBRARIAN)
    assert both.may(Permission.DRAFT)
    assert both.may(Permission.ADD_SOURCE)


def test_the_system_may_nothing_by_itself() -> None:
    assert not any(SYSTEM.may(permission) for permission in Permission)


def test_a_refusal_names_the_roles_that_could() -> None:
    with pytest.raises(NotAllowed) as refused:
        require(actor(Role.REP), Permission.PUBLISH)
    assert "Ada may not publish" in refused.value.message
    assert "pharmacist, regulatory" in refused.value.help
