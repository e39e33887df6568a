"""What a reader is told when something is no longer there."""

from assistant.errors import Conflict, IntegrityError, InvalidInput, NotFound
from ingestion.errors import AncrageError

UNJUDGED = (
    IntegrityError,
    InvalidInput,
    NotFound,
    Conflict,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""How one publication's rows may be wrong, or not found; a full disk or a busy database is everybody's, and not here."""


class Gone(AncrageError):
    """It was published and is not served any more; the message says why."""

    code = "gone"
    http_status = 410


class UnknownPublication(NotFound):
    """No publication has that id."""

    code = "unknown_publication"
