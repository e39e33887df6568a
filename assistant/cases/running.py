"""Cases whose clock runs, asked of the database as `model.clock` says it of a row."""

from sqlalchemy import ColumnElement, or_

from assistant.cases.model import MEDICAL_INFORMATION, permission_for
from assistant.people.roles import Actor
from assistant.store.schema import case

_QUESTIONS = case.c.kind == MEDICAL_INFORMATION
_SAFETY = "adverse_event"


def unreported(serious: bool) -> tuple[ColumnElement[bool], ...]:
    """Acknowledged and not yet with the authority; a case of unknown seriousness counts as serious."""
    known = case.c.serious.is_not(False) if serious else case.c.serious.is_(False)
    return (case.c.status == "acknowledged", case.c.reference.is_(None), ~_QUESTIONS, known)


def handled_by(actor: Actor) -> ColumnElement[bool]:
    """Those that the actor handles."""
    kinds = ((MEDICAL_INFORMATION, _QUESTIONS), (_SAFETY, ~_QUESTIONS))
    return or_(False, *(of_kind for kind, of_kind in kinds if actor.may(permission_for(kind))))
