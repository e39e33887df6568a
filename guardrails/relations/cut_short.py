"""A ban told in its quote's own words and cut off before what it is a ban of: "should not be stopped" of "should not be stopped abruptly"."""

import re
from collections.abc import Iterator, Sequence

from guardrails.relations.model import Contradiction, Sentence

_BANS = re.compile(
    r"\b(?:must|should|may|can|do|does|are to|is to) ?not\b|\b(?:must|should) (?:never|be avoided)\b|\b(?:is|are) not (?:recommended|to be|advised)\b"
    r"|\b(?:is|are) contra-?\s?indicated\b|\bne (?:\w+ ){0,2}?(?:pas|jamais)\b|\bn'(?:\w+ )(?:pas|jamais)\b|\bdoi(?:t|vent) etre evitee?s?\b|\b(?:est|sont) contre-?\s?indiquee?s?\b"
)
_NARROWS = re.compile(
    r"\W*(?:abruptly|suddenly|rapidly|simultaneously|concomitantly|together|by|with|without|within|in|into|before|after|until|unless|if|when|while|for|from|more|longer|at|on|above|below"
    r"|brutalement|brusquement|soudainement|rapidement|simultanement|de (?:facon|maniere)|par|avec|sans|chez|dans|en|avant|apres|si|sauf|lorsqu\w*|quand|plus|au-dela|au-dessus|a l'|a moins|tant que|jusqu'a)\b"
)
_SAYS_WHY = re.compile(
    r"\W*(?:in (?:view|light|the absence)|for (?:this|that|safety|the following) reasons?|en (?:raison|effet|l'absence)|par (?:manque|precaution|prudence)|with (?:this|the) medicin\w+"
    r"|in general|at present|en general|avec ce medicament)\b"
)
_END = ".;:!? "


def ban_cut_short(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "must not be given" where the one sentence quoted goes on "by the intramuscular route". Both are of one language."""
    if len(said) != 1 or len(quoted) != 1:
        return
    told, quote = said[0].plain.strip(_END), quoted[0].plain
    rest = quote[len(told) :]
    if not quote.startswith(told) or not rest.strip(_END) or rest[:1].isalnum():
        return
    whole = _BANS.search(told) is not None and _NARROWS.match(rest) and not _SAYS_WHY.match(rest)
    if whole:
        yield Contradiction("cut_short", {"words": quoted[0].text[len(told) :].strip(_END)})
