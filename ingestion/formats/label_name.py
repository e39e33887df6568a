"""The medicine's name as section 1 of a label tells it: every label is headed “Summary of product characteristics”."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingestion.assembly import Block

_LONGEST = 120
NUMBERED = re.compile(r"\s*\d{1,2}\.(?:\d{1,2}\.)*(?:\d{1,2})?\s")
"""“4. CLINICAL PARTICULARS” heads a part of the document, however large it is set."""
_SECTION = re.compile(
    r"\s*1\.?\s+(?:NAMES? OF THE (?:MEDICINAL )?PRODUCTS?|D[ÉE]NOMINATION DU M[ÉE]DICAMENT)\W*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;]?\s*$|\.\s.*$", re.DOTALL)


def medicine_named(blocks: Sequence[Block]) -> str | None:
    """The first line below the heading of section 1; None where there is no such heading or no name below it."""
    for heading, following in pairwise(blocks):
        if heading.kind == "heading" and _SECTION.match(heading.text):
            line = following.text.strip().split("\n")[0]
            name = "" if NUMBERED.match(line) else _SENTENCE_END.sub("", line)
            return name if 0 < len(name) <= _LONGEST else None
    return None
