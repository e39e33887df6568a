"""Passphrases: long, nothing else demanded, kept as argon2id."""

from functools import lru_cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from assistant.errors import InvalidInput

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 15
_LONGEST = 1024  # hashing is not to be fed megabytes
AT_ONCE = 4
"""Each hash takes 64 MiB: forty people who sign at the same moment wait for one another, not for the memory."""
_turn = BoundedSemaphore(AT_ONCE)


@lru_cache(maxsize=1)
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()  # argon2id, RFC 9106 low-memory profile: 64 MiB, 3 passes


def require_fit(password: str) -> None:
    """Raise InvalidInput for a passphrase that is too short or beyond measure."""
    if len(password) < SHORTEST:
        raise InvalidInput(
            f"The passphrase has {len(password)} characters; it takes {SHORTEST} or more.",
            help="A short sentence is easy to remember; nothing else is demanded of it.",
        )
    if len(password) > _LONGEST:
        raise InvalidInput(
            f"The passphrase is longer than {_LONGEST} characters.", help="Choose a shorter one."
        )


def hash_password(password: str) -> str:
    """The hash to keep. Raises InvalidInput for a passphrase that is too short or beyond measure."""
    require_fit(password)
    with _turn:
        return _hasher().hash(password)


def matches(password_hash: str, password: str) -> bool:
    """Whether the password opens the hash. Takes about 50 ms by design: never call it inside a transaction."""
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    if len(password) > _LONGEST:
        return False
    try:
        with _turn:
            return _hasher().verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher().hash("a passphrase that opens nothing")


def spend_the_time(password: str) -> None:
    """Do the work of a comparison for a name that does not exist, so that the time taken tells nobody which do."""
    matches(_nobodys_hash(), password)
