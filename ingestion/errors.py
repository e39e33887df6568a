"""Why a file could not be read."""

from typing import ClassVar


class AncrageError(Exception):
    """The root of every refusal: it names the thing, says what to do next and whether a retry helps.

    `params` fill the message, so that a page can say the same thing in the user's language by its `code`.
    """

    code: ClassVar[str] = "error"
    retry: ClassVar[bool] = False
    http_status: ClassVar[int] = 400

    def __init__(self, message: str, *, help: str = "", **params: object) -> None:  # noqa: A002  the JSON says "help"
        """Keep the English `message` and `help` for the command line, and the `params` for other languages."""
        super().__init__(message)
        self.message = message
        self.help = help
        self.params = params


class IngestionError(AncrageError):
    """A file that cannot be taken in."""

    code = "unreadable_file"
    http_status = 422


class UnsupportedFormat(IngestionError):
    """The bytes are of no kind that we read, whatever the file's name says."""

    code = "unsupported_format"


class UnreadableFile(IngestionError):
    """The file is of a kind that we read, but is damaged."""


class EncryptedFile(IngestionError):
    """The file wants a password to be read."""

    code = "encrypted_file"


class EmptyFile(IngestionError):
    """Nothing can be read in it: no page has text."""

    code = "no_text"


class FileTooLarge(IngestionError):
    """It is beyond the limits on bytes, pages or expanded size."""

    code = "file_too_large"


class ReaderTimeout(IngestionError):
    """The reader was stopped because it took too long or too much memory."""

    code = "reader_limit"
