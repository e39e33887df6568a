"""What a statement restricts that its quotes leave free, or frees of what they restrict: told as the words that do so.

"Between meals" for "with or without food", "only in" for "notably in", "the only reactions" for "the most common ones", "any rash" for
"an extensive rash", "with caution" for "contraindicated".
"""

import re
from collections.abc import Iterator, Sequence

from guardrails.answers import Text
from guardrails.markers import classes, markers
from guardrails.plain import plain

_WHENEVER = re.compile(
    r"\bwith(?:in)? (?:or|and) without (?:food|meals?|a meal)\b|\b(?:regardless|irrespective(?:ly)?|independent(?:ly)?) of (?:food|meals?|mealtimes?)\b"
    r"|\bwithout regard to (?:food|meals?)\b|\bavec ou sans (?:nourriture|aliments?|repas)\b|\bindependamment des? (?:repas|l'alimentation)\b"
    r"|\b(?:pendant|au cours|avec) (?:ou|et) (?:en dehors|hors) des? repas\b|\bsans tenir compte des repas\b"
)
_MAY = re.compile(r"\b(?:may|can|possible|peut|peuvent|possibles?|or|ou|whether|que ce soit)\b")
_ONLY_IN = re.compile(
    r"\bonly (?:in|for|among|when|if|where|with)\b|\bthe (?:only|sole) (?:\w+ ){1,3}?(?:\w+ ){0,3}?(?:was|were|is|are)\b"
    r"|\bn(?:e |')\w+ (?:\w+ ){0,2}?qu(?:e|')(?: (?:chez|dans|pour|si|avec)\b| ?en (?:cas|presence)\b)|\b(?:les?|la) seule?s? (?:\w+ ){1,3}?(?:a|ont|etai\w+|est|sont|fut|furent)\b"
)
_AMONG_OTHERS = re.compile(
    r"\b(?:notably|in particular|particularly|especially|such as|most (?:common|frequent)(?:ly)?|for example|mainly|chiefly"
    r"|notamment|en particulier|particulierement|surtout|tel(?:le)?s? que|les? plus (?:frequent|courant)\w*|par exemple|principalement)\b"
)
_WITH_CARE = re.compile(r"\b(?:with (?:caution|care)|cautiously|avec (?:prudence|precaution)|prudemment)\b")
_ABRUPT = re.compile(
    r"\b(?:abruptly|suddenly|all at once|overnight|brusquement|brutalement|soudainement|d'emblee|d'un coup|du jour au lendemain)\b"
)
_SUDDEN = re.compile(r"\b(?:abrupt|sudden|brusque|brutal|soudain|subit)\w*")
_BY_DEGREES = re.compile(
    r"\b(?:gradual\w*|progressively|stepwise|taper\w*|progressi(?:f|fs|ve|ves|vement)|graduel\w*|par paliers)\b"
)
_NOT = re.compile(r"\b(?:not|no|never|avoid\w*|without|pas|jamais|sans|ni|evit\w*|aucun\w*)\b|n't\b")
_RESTRICTS = frozenset({"only", "except", "negation"})
_ANY = re.compile(r"\b(?:any|every|all|toute?s?|tous)\s+(?:(?:the|les?|la)\s+)?(?P<noun>[^\W\d_]{4,})")
_DEGREES = frozenset({"severity", "extent", "state", "permanence"})
_BESIDE = r"(?:\W+\w+)?\W+"


def restricted(statement: Text, sentences: Sequence[Text]) -> Iterator[tuple[str, str]]:
    """The class of meaning and the words of each such change."""
    said = plain(statement[0])
    quoted = [plain(text) for text, _ in sentences]
    if words := _at_a_meal(statement, said, quoted):
        yield "meal", words
    if words := _at_once(said, quoted):
        yield "haste", words
    if words := _softened(said, sentences):
        yield "prohibition", words
    if words := _only_them(said, quoted, sentences):
        yield "restriction", words
    yield from _any_of_them(statement, said, sentences, quoted)


def _at_a_meal(statement: Text, said: str, quoted: Sequence[str]) -> str:
    """The meal that it is bound to where the quotes say that meals do not matter."""
    told = markers(*statement)
    sides = [concept for concept in ("with_food", "away_from_food") if concept in told]
    free = any(_WHENEVER.search(text) for text in quoted)
    if not free or len(sides) != 1 or _WHENEVER.search(said) or _MAY.search(said):
        return ""
    return told[sides[0]][0]


def _at_once(said: str, quoted: Sequence[str]) -> str:
    """What is told as done all at once where the quotes have it done by degrees."""
    once = _ABRUPT.search(said)
    warns = _NOT.search(said) or _BY_DEGREES.search(said) or any(_SUDDEN.search(text) for text in quoted)
    if once is None or warns:
        return ""
    return once[0] if any(_BY_DEGREES.search(text) for text in quoted) else ""


def _softened(said: str, sentences: Sequence[Text]) -> str:
    """What is allowed "with caution" where the quotes forbid it, none of them speaking of caution."""
    care = _WITH_CARE.search(said)
    held = [markers(*text) for text in sentences]
    forbidden = any({"forbidden", "advised_against"} & {*found} for found in held)
    careful = any({"caution", "with_care"} & {*found} for found in held)
    return care[0] if care and forbidden and not careful else ""


def _only_them(said: str, quoted: Sequence[str], sentences: Sequence[Text]) -> str:
    """What is told as the only one where the quotes name it among others."""
    only = _ONLY_IN.search(said)
    if (
        only is None
        or _AMONG_OTHERS.search(said)
        or any(_RESTRICTS & {*markers(*text)} for text in sentences)
    ):
        return ""
    return only[0] if any(_AMONG_OTHERS.search(text) for text in quoted) else ""


def _any_of_them(
    statement: Text, said: str, sentences: Sequence[Text], quoted: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """What is said of any such thing where the quotes name it by its degree only, which the statement leaves out."""
    told = markers(*statement)
    for match in _ANY.finditer(said):
        noun = match["noun"].removesuffix("s")
        if any(
            re.search(rf"\b(?:any|every|all|toute?s?|tous)\b[^.;,]{{0,24}}\b{noun}", text) for text in quoted
        ):
            continue
        for text, (written, language) in zip(quoted, sentences, strict=True):
            held = markers(written, language)
            for marker_class in classes():
                lost = [c for c in marker_class.concepts if c in held]
                if (
                    marker_class.name not in _DEGREES
                    or not lost
                    or any(c in told for c in marker_class.concepts)
                ):
                    continue
                if any(_describes(plain(word), noun, text) for c in lost for word in held[c]):
                    yield marker_class.name, match[0]


def _describes(word: str, noun: str, text: str) -> bool:
    """Whether the word stands beside the noun: "extensive rash", "eruption cutanee etendue"."""
    beside = rf"\b{re.escape(word)}{_BESIDE}{noun}|\b{noun}\w*{_BESIDE}{re.escape(word)}\b"
    return re.search(beside, text) is not None and all(
        re.search(beside, place) for place in re.findall(rf"[^.;,]*\b{noun}\w*[^.;,]*", text)
    )
