"""The French article before what is put in the place of something else: “fréquence de l’hypotension ?”, « et de la toux ? » is “fréquence de la toux ?”."""

import re
from collections.abc import Mapping

from assistant.chat.wording import flat

_ARTICLE = re.compile(
    r"(?:(?<=\s)|(?<=^))(?:(?P<of>de l['’]|de la |du |des |de |d['’])|(?P<to>à l['’]|à la |au |aux )|(?P<the>l['’]|la |le |les ))$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:(?<=\s)|(?<=^))(?:(?:de |à )?(?P<l>l['’])|(?P<la>(?:de |à )?la )|(?P<le>le |du |au )|(?P<les>les |des |aux ))$",
    re.IGNORECASE,
)
_JOINED: Mapping[str, Mapping[str | None, str]] = {
    "of": {"l": "de l’", "la": "de la ", "le": "du ", "les": "des "},
    "to": {"l": "à l’", "la": "à la ", "le": "au ", "les": "aux ", None: "à "},
    "the": {"l": "l’", "la": "la ", "le": "le ", "les": "les ", None: ""},
}
_ELIDES = re.compile(r"[aeiouyh]")


def article_for(before: str, put: str, typed: str) -> str:
    """What stands `before` something, with its article made that of `put`, which stands behind `typed` in its own question; none where it
    has none there: its gender is not known. As it is where it ends with no French article.
    """
    found = _ARTICLE.search(before)
    if found is None or found.lastgroup is None:
        return before
    own = _OWN.search(typed)
    which = own.lastgroup if own else None
    if found.lastgroup == "of" and which is None:
        joined = "d’" if _ELIDES.match(flat(put)) else "de "
    else:
        joined = _JOINED[found.lastgroup][which]
    return f"{before[: found.start()]}{joined}"
