"""Names of rows: a prefix that says what it is, and 16 hexadecimal digits."""

import hashlib
import secrets


def new_id(prefix: str) -> str:
    """A fresh random id, for instance `piece_3f…`."""
    return f"{prefix}_{secrets.token_hex(8)}"


def source_id(product_id: str, sha256: str) -> str:
    """The id of these bytes for this product: registering twice names the same row."""
    return "source_" + hashlib.sha256(f"{product_id}\0{sha256}".encode()).hexdigest()[:16]


def reading_id(sha256: str, reader_version: str) -> str:
    """The id of what this reader version saw in these bytes."""
    return "reading_" + hashlib.sha256(f"{sha256}\0{reader_version}".encode()).hexdigest()[:16]
