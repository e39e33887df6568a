"""Reasons: asked for where an act needs one."""

from assistant.errors import InvalidInput

_LONGEST = 4000


def require_reason(text: str | None, what: str) -> str:
    """The reason without white space around it. Raises InvalidInput where there is none or it is beyond 4,000 characters.

    `what` names the act, as in "A rejection".
    """
    clean = (text or "").strip()
    if not clean:
        raise InvalidInput(f"{what} needs a reason.", help="Say in a sentence why.")
    if len(clean) > _LONGEST:
        raise InvalidInput(
            f"{what} has a reason of {len(clean)} characters.", help=f"Keep it within {_LONGEST} characters."
        )
    return clean
