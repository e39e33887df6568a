"""Refusals of the house: each names the thing and says what to do next. The root is `ingestion.errors.AncrageError`."""

from ingestion.errors import AncrageError


class NotAllowed(AncrageError):
    """The person's roles do not permit the act."""

    code = "not_allowed"
    http_status = 403


class NotSignedIn(AncrageError):
    """Nobody, or an unknown person, is acting."""

    code = "not_signed_in"
    http_status = 401


class WrongPassword(AncrageError):
    """The password does not open this account, or is missing where signing wants it."""

    code = "wrong_password"
    http_status = 403


class LockedOut(AncrageError):
    """Too many wrong passwords: the account rests for a while."""

    code = "locked_out"
    retry = True
    http_status = 403


class NotFound(AncrageError):
    """There is no such thing; subclasses say which."""

    code = "not_found"
    http_status = 404


class UnknownProduct(NotFound):
    """No product has that name."""

    code = "unknown_product"


class UnknownSource(NotFound):
    """No source has that id."""

    code = "unknown_source"


class UnknownPiece(NotFound):
    """No piece has that id."""

    code = "unknown_piece"


class InvalidInput(AncrageError):
    """A value that cannot be: an impossible date, an unknown market, an empty reason."""

    code = "invalid_input"
    http_status = 422


class Conflict(AncrageError):
    """The world has moved on: decided already, replaced already, edited by somebody else."""

    code = "conflict"
    http_status = 409


class WrongState(Conflict):
    """The table of states has no such step from here."""

    code = "wrong_state"


class AlreadyDecided(Conflict):
    """Every decision lands once."""

    code = "already_decided"


class SourceNotUsable(AncrageError):
    """Not approved, expired, withdrawn, superseded, or not meant for this use."""

    code = "source_not_usable"
    http_status = 409


class ProductFrozen(AncrageError):
    """Benefit and risk are under re-evaluation: nothing is drafted, reviewed, published or answered."""

    code = "product_frozen"
    http_status = 409


class NoEvidence(AncrageError):
    """The approved sources hold nothing to write from, in this language and for this use."""

    code = "no_evidence"
    http_status = 409


class Blocked(AncrageError):
    """Findings stop the step; `params["findings"]` lists them."""

    code = "blocked"
    http_status = 409


class Busy(AncrageError):
    """Somebody else holds the home or the database just now."""

    code = "busy"
    retry = True
    http_status = 503


class StorageFull(AncrageError):
    """The disk is full or refuses to write; nothing was changed."""

    code = "storage_full"
    retry = True
    http_status = 507


class IntegrityError(AncrageError):
    """Stored bytes, the audit trail or the index do not agree with what was recorded."""

    code = "integrity"
    http_status = 500
