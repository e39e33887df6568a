"""Who may do what: one table."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import NotAllowed


class Role(StrEnum):
    """A person may hold several."""

    WRITER = "writer"
    LIBRARIAN = "librarian"
    MEDICAL = "medical"
    LEGAL = "legal"
    REGULATORY = "regulatory"
    PHARMACIST = "pharmacist"
    SAFETY = "safety"
    MEDINFO = "medinfo"
    REP = "rep"
    HCP = "hcp"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Permission(StrEnum):
    """An act that changes or shows something."""

    MANAGE_USERS = "manage_users"
    MANAGE_PRODUCTS = "manage_products"
    FREEZE_PRODUCT = "freeze_product"
    ADD_SOURCE = "add_source"
    APPROVE_SOURCE = "approve_source"
    WITHDRAW_SOURCE = "withdraw_source"
    READ_SOURCES = "read_sources"
    SEARCH = "search"
    ASK = "ask"
    DRAFT = "draft"
    EDIT = "edit"
    SUBMIT = "submit"
    READ_PIECES = "read_pieces"
    READ_PUBLISHED = "read_published"
    COMMENT = "comment"
    REVIEW = "review"
    REASSIGN = "reassign"
    SET_POLICY = "set_policy"
    ATTEST = "attest"
    OVERRIDE = "override"
    PUBLISH = "publish"
    RECALL = "recall"
    RECORD_RELEASE = "record_release"
    CERTIFY = "certify"
    SET_WINDOWS = "set_windows"
    ERASE_RECIPIENTS = "erase_recipients"
    READ_FIGURES = "read_figures"
    VERIFY_AUDIT = "verify_audit"
    READ_CASES = "read_cases"
    HANDLE_CASES = "handle_cases"
    HANDLE_SAFETY_CASES = "handle_safety_cases"
    RUN_SYSTEM = "run_system"


_ALL = frozenset(Role)
_STAFF = _ALL - {Role.HCP}
_REVIEWERS = frozenset({Role.MEDICAL, Role.LEGAL, Role.REGULATORY, Role.PHARMACIST})


PERMISSIONS: dict[Permission, frozenset[Role]] = {
    Permission.MANAGE_USERS: frozenset({Role.ADMIN}),
    Permission.MANAGE_PRODUCTS: frozenset({Role.LIBRARIAN, Role.REGULATORY, Role.PHARMACIST, Role.ADMIN}),
    Permission.FREEZE_PRODUCT: frozenset({Role.REGULATORY, Role.PHARMACIST, Role.SAFETY}),
    Permission.ADD_SOURCE: frozenset({Role.LIBRARIAN}),
    Permission.APPROVE_SOURCE: frozenset({Role.LIBRARIAN}),
    Permission.WITHDRAW_SOURCE: frozenset({Role.LIBRARIAN}),
    Permission.READ_SOURCES: _STAFF,
    Permission.SEARCH: _ALL,
    Permission.ASK: _ALL,
    Permission.DRAFT: frozenset({Role.WRITER}),
    Permission.EDIT: frozenset({Role.WRITER}),
    Permission.SUBMIT: frozenset({Role.WRITER}),
    Permission.READ_PIECES: _REVIEWERS
    | {Role.WRITER, Role.LIBRARIAN, Role.AUDITOR, Role.SAFETY, Role.MEDINFO, Role.ADMIN},
    Permission.READ_PUBLISHED: _ALL,
    Permission.COMMENT: _REVIEWERS | {Role.WRITER},
    Permission.REVIEW: _REVIEWERS,
    Permission.REASSIGN: frozenset(
        {Role.REGULATORY, Role.ADMIN}
    ),  # no decision: it only says who is to decide
    Permission.SET_POLICY: frozenset({Role.REGULATORY, Role.PHARMACIST}),
    Permission.ATTEST: frozenset({Role.MEDICAL}),
    Permission.OVERRIDE: _REVIEWERS,
    Permission.PUBLISH: frozenset(
        {Role.REGULATORY, Role.PHARMACIST}
    ),  # which of them: by market, see publishing
    Permission.RECORD_RELEASE: frozenset(
        {Role.REGULATORY, Role.PHARMACIST}
    ),  # what an authority was asked and answered
    Permission.CERTIFY: frozenset({Role.MEDICAL, Role.PHARMACIST}),  # with which qualification: by market
    Permission.SET_WINDOWS: frozenset({Role.REGULATORY, Role.PHARMACIST}),
    Permission.ERASE_RECIPIENTS: frozenset({Role.REGULATORY, Role.PHARMACIST, Role.ADMIN}),
    Permission.RECALL: frozenset({Role.REGULATORY, Role.PHARMACIST, Role.MEDICAL, Role.SAFETY}),
    Permission.READ_FIGURES: frozenset({Role.REGULATORY, Role.MEDICAL, Role.LEGAL, Role.AUDITOR, Role.ADMIN}),
    Permission.VERIFY_AUDIT: frozenset({Role.ADMIN, Role.AUDITOR}),
    Permission.READ_CASES: frozenset({Role.SAFETY, Role.MEDINFO, Role.AUDITOR}),
    Permission.HANDLE_CASES: frozenset(
        {Role.SAFETY, Role.MEDINFO}
    ),  # questions; what reports something: below
    Permission.HANDLE_SAFETY_CASES: frozenset({Role.SAFETY}),
    Permission.RUN_SYSTEM: frozenset({Role.ADMIN}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The named person who acts."""

    id: str
    name: str
    roles: frozenset[Role]
    language: str = "en"

    def may(self, permission: Permission) -> bool:
        """Whether any of the person's roles permits it."""
        return bool(self.roles & PERMISSIONS[permission])


SYSTEM = Actor("system", "Ancrage", frozenset())
"""Acts only as a consequence of a person's recorded act: cascades, expiry."""


def require(actor: Actor, permission: Permission) -> None:
    """Raise NotAllowed, naming the roles that could, unless the actor may."""
    if not actor.may(permission):
        roles = ", ".join(sorted(PERMISSIONS[permission]))
        act = permission.replace("_", " ")
        raise NotAllowed(
            f"{actor.name} may not {act}.",
            help=f"This takes one of the roles: {roles}.",
            act=permission,
            roles=roles,
        )
