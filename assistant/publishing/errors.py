"""What a reader is told when something is no longer there."""

from assistant.errors import NotFound
from ingestion.errors import AncrageError


class Gone(AncrageError):
    """It was published and is not served any more; the message says why."""

    code = "gone"
    http_status = 410


class UnknownPublication(NotFound):
    """No publication has that id."""

    code = "unknown_publication"
