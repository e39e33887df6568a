"""What leaves the house in French is set in French: no straight apostrophe on a stamped copy, in a pack or in a deposit."""

import re

import pytest

from assistant.publishing.evidence import deposit_words, summary
from assistant.publishing.stamp import WORDS as STAMP

STRAIGHT = re.compile(r"\w'\w")
FRENCH = {
    "stamp": STAMP["fr"],
    "summary": summary.WORDS["fr"],
    "deposit": deposit_words.WORDS["fr"],
    "form of a deposit": deposit_words.FORM_WORDS["fr"],
}


@pytest.mark.parametrize("words", FRENCH.values(), ids=FRENCH)
def test_its_apostrophes_are_typographic(words: dict[str, str]) -> None:
    assert not [text for text in words.values() if STRAIGHT.search(text)]
