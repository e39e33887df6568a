"""Where a person may look who is told no answer: places of approved documents, never their words.

A place is no answer and is not told as one. It spares a health professional the search for the section, and says nothing.
"""

import re
from collections.abc import Sequence
from typing import Any

from assistant.chat.named import Told
from assistant.chat.question import Asked
from assistant.chat.readable import section_of_label
from assistant.chat.wording import flat
from assistant.retrieval.view import locator_json
from assistant.store.words import stems
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


def nearest_of(found: Sequence[Evidence], asked: Asked) -> Evidence | None:
    """Of what a search found, the first that speaks of all that the question names, then that stands where a label tells its
    subject, then in a numbered section: the leaflet and the addresses at its end come after what is written for doctors.

    None where nothing found either speaks of what is named or stands in such a section.
    """
    if not found:
        return None
    (left_out, section, _), _, item = min(
        ((_away(one, asked), at, one) for at, one in enumerate(found)), key=lambda found_at: found_at[:2]
    )
    return (
        item
        if section < _ELSEWHERE or not (left_out or _names_nothing(asked)) or not asked.sections
        else None
    )


_OWN, _NEAR, _ELSEWHERE = range(3)
"""Where a passage of a label stands: in a section of the subject, in one to look at besides, in another."""


def _away(item: Evidence, asked: Asked) -> tuple[int, int, bool]:
    """How far a passage is from the question: how much of what is named it leaves out, where it stands, whether it has no number."""
    number = section_of_label(item.section) if item.source_kind == "label" else ""
    own = frozenset(section for concept in asked.concepts for section in concept.sections)
    section = _OWN if number in own else _NEAR if number in asked.sections else _ELSEWHERE
    return _left_out(item, asked), section, not number


def _names_nothing(asked: Asked) -> bool:
    return not asked.named and not any(concept.narrow for concept in asked.concepts)


def _left_out(item: Evidence, asked: Asked) -> int:
    """How many of the things that the question names, and of its narrow subjects, the passage does not speak of."""
    above = " ".join([*item.section, item.heading])
    held = frozenset(s for language in ("en", "fr") for s in stems(f"{above} {item.text}", language))
    told = Told(flat(item.text), flat(above), held)
    things = [thing.told_in(told) for thing in asked.named]
    subjects = [
        concept.said.search(f"{told.above} {told.text}") for concept in asked.concepts if concept.narrow
    ]
    return sum(not met for met in (*things, *subjects))


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
