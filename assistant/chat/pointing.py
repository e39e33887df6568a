"""Where a person may look who is told no answer: places of approved documents, never their words.

A place is no answer and is not told as one. It spares a health professional the search for the section, and says nothing.
"""

import re
from collections.abc import Sequence
from typing import Any

from assistant.retrieval.view import locator_json
from guardrails.model import Evidence

MOST = 3
"""Places that are named: more are no help between two patients."""


_APPARATUS = re.compile(
    r"[\W\d]*(?:acknowledge?ments?|remerciements|(?:list of |liste des )?(?:references|références)(?: bibliographiques)?|bibliograph(?:y|ie)"
    r"|(?:sources? of )?funding(?: sources?| statement| information)?|(?:sources? de )?financements?"
    r"|(?:declarations? of |statement of )?(?:conflicts? of interests?|(?:competing|conflicting) interests?)|disclosures?"
    r"|(?:déclarations? (?:de |des )?)?(?:conflits?|liens?) d['’]intérêts?"
    r"|authors?['’]? (?:contributions?|information)|contributions? des auteurs|author affiliations?|affiliations des auteurs"
    r"|data (?:sharing|availability)(?: statement)?|disponibilité des données)\W*",
    re.IGNORECASE,
)
"""A whole heading of what a publication says about itself, not about the medicine."""


def nearest_places(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The first passages of a search that stand in different places, a section of a document counting once.

    Where a publication thanks, cites or names its money there is nothing to look for.
    """
    places: dict[tuple[str, str], Evidence] = {}
    for item in found:
        if _APPARATUS.fullmatch(item.locator.section.rpartition(" › ")[2]):
            continue
        places.setdefault((item.source, item.locator.section or item.passage), item)
    return tuple(places.values())[:MOST]


def place_json(item: Evidence, *, cross_language: bool) -> dict[str, Any]:
    """A place without its words."""
    return {
        "passage": item.passage,
        "source": item.source,
        "title": item.title,
        "language": item.language,
        "locator": locator_json(item.locator),
        "cross_language": cross_language,
    }
