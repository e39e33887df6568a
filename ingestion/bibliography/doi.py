"""The DOI that stands in a text."""

import re

_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>|;,]+)", re.IGNORECASE)


def find_doi(text: str) -> str:
    """The first DOI in the text, without what a sentence puts behind it; empty where there is none."""
    found = _DOI.search(text)
    if found is None:
        return ""
    doi = found[1].rstrip(".:'’”»]")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".")
    return doi
