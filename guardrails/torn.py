"""Does a sentence say of what and of whom it speaks, or is it torn from the sentence before it?

"The difference was not significant", "Most were mild", "In women it was 12%": true beside what they lean on, and wrong
beside anything else. Patterns are data: `torn.yaml`.
"""

import re
from functools import cache, lru_cache

from guardrails.facts import claims
from guardrails.model import Language
from guardrails.names import looks_like_medicine
from guardrails.numbers import extract
from guardrails.tables import pattern, table

_OPENERS = " \t\n«“\"'‘([•◦▪‣●○■□➢✓–—-*\u00a0"
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_ASIDE = re.compile(r" ?[(\[][^()\[\]]*[)\]]")
"""In brackets: an interval, a p-value, the number of a table, what an average stands for."""
_LONGEST_LINE = 14
"""Words of a line that stands over a paragraph."""
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


def plain(text: str) -> str:
    """Without what may stand before its first word, and with one kind of apostrophe."""
    return text.lstrip(_OPENERS).replace("’", "'")


@lru_cache(maxsize=4096)
def gives_result(text: str, language: Language) -> bool:
    """Whether it tells a figure or a claim."""
    figures = any(quantity.is_fact() for quantity in extract(text, language))
    return figures or next(claims(text, language), None) is not None


def stands_alone(said: str, language: Language) -> bool:
    """Whether its first word stands for nothing: "It is not known …", "This medicine …"."""
    places = (("surroundings.yaml", "stands_alone"), ("torn.yaml", "impersonal"))
    return any(pattern(file, name, language).match(said) for file, name in places)


@lru_cache(maxsize=4096)
def leans_on(said: str, language: Language) -> str:
    """The words of a sentence that stand for what the sentence before it names; empty where it says what it speaks of.

    `said` begins with its first word and has one kind of apostrophe.
    """
    for name in ("partitive", "generic", "owned", "alone", "previous"):
        if found := pattern("torn.yaml", name, language).match(said):
            return found[0]
    return (
        _bare_result(said, language)
        or _pronoun_after(said, language)
        or _such(said, language)
        or _then(said, language)
        or _respectively(said, language)
        or _armless(said, language)
    )


def hangs_on(text: str, before: str, language: Language) -> bool:
    """Whether a sentence says what it says only beside the one before it."""
    said = plain(text)
    if stands_alone(said, language):
        return False
    return bool(leans_on(said, language)) or (
        unconditioned(said, language) and names_condition(before, language)
    )


@lru_cache(maxsize=4096)
def unconditioned(said: str, language: Language) -> bool:
    """Whether it tells how to change or stop a treatment, or that nothing need be changed, and not when or in whom."""
    found = pattern("torn.yaml", "changes_dose", language).match(said)
    if not found or (found["no"] and found["of"]):
        return False  # "No dose adjustment of digoxin …" says beside what
    told = next(text for text in (found["told"], found["done"], found["ordered"]) if text is not None)
    return not pattern("torn.yaml", "its_condition", language).search(told)


def names_condition(text: str, language: Language) -> bool:
    """Whether an instruction after this sentence may hang on it."""
    named = pattern("torn.yaml", "names_condition", language).search(text) is not None
    return named or _is_medicine(text)


def heads_a_dose(line: str, language: Language) -> bool:
    """Whether it is a line without a stop that says for whom the doses below it are: "Adults weighing 50 kg or more"."""
    said = plain(line).strip()
    whole = said[-1:] in ".!?;:," or len(said.split()) > _LONGEST_LINE or not said
    return not whole and pattern("torn.yaml", "of_whom", language).search(said) is not None


def doses_anybody(text: str, language: Language) -> bool:
    """Whether it tells a dose and not for whom."""
    said = plain(text)
    doses = pattern("torn.yaml", "states_dose", language).match(said)
    return doses is not None and pattern("torn.yaml", "of_whom", language).search(said) is None


def heads_some(heading: str, language: Language) -> bool:
    """Whether a heading names whom or what case an instruction below it is for."""
    return pattern("torn.yaml", "of_some", language).search(heading) is not None


def _bare_result(said: str, language: Language) -> str:
    """Such as "the difference", where nothing says in what."""
    text = _ASIDE.sub("", said)
    found = _subject(language).match(text)
    if not found or pattern("torn.yaml", "method", language).search(text):
        return ""
    if not gives_result(said, language) and not pattern("torn.yaml", "changed", language).search(text):
        return ""
    if pattern("torn.yaml", "leads_in", language).search(text[: found.start("noun")]):
        return ""
    if pattern("torn.yaml", "share_of", language).search(text[found.start("noun") :]):
        return ""
    told = text[: found.start("noun")] + text[found.end("noun") :]
    return "" if _says_of_what(told, language) else found["noun"]


def _says_of_what(told: str, language: Language) -> bool:
    if pattern("torn.yaml", "names_it", language).search(told):
        return True
    told = pattern("torn.yaml", "favour", language).sub(" ", told)
    ends = pattern("torn.yaml", "stops", language)
    for found in pattern("torn.yaml", "complement", language).finditer(told):
        words = ends.split(found[1])[0].strip()
        if (
            words
            and not pattern("torn.yaml", "no_matter", language).search(words)
            and not _is_medicine(words)
        ):
            return True
    return False


def _is_medicine(words: str) -> bool:
    return any(looks_like_medicine(word) for word in _WORD.findall(words))


def _pronoun_after(said: str, language: Language) -> str:
    """Of "In women it was 12%" the pronoun, where it stands for nothing in the words before it."""
    found = pattern("torn.yaml", "pronoun_after", language).match(said)
    if not found or stands_alone(f"{found['pronoun']} {found['verb']}", language):
        return ""
    pronoun = found["pronoun"].casefold()
    if pattern("torn.yaml", "gives_figure", language).search(found["verb"]):
        return found["pronoun"]
    named = re.search(table("torn.yaml")["one_of"][language][pronoun], found["opener"])
    return "" if named else found["pronoun"]


def _such(said: str, language: Language) -> str:
    found = pattern("torn.yaml", "such", language).search(said)
    if not found:
        return ""
    before = said[: found.start()]
    noun = found["noun"] or found["those"]
    named = noun.rstrip("s").casefold() in before.casefold()
    return "" if named or pattern("torn.yaml", "names_before", language).search(before) else found[0]


def _then(said: str, language: Language) -> str:
    found = pattern("torn.yaml", "then", language).search(said)
    if not found or pattern("torn.yaml", "names_before", language).search(said[: found.start()]):
        return ""
    return found[0]


def _respectively(said: str, language: Language) -> str:
    """The word, where two figures are told without the two things that they belong to: "They were 12% and 8%, respectively"."""
    found = pattern("torn.yaml", "respectively", language).search(said)
    if not found or len(pattern("torn.yaml", "joined", language).findall(said)) > 1:
        return ""
    return found[0] if len(_FIGURE.findall(said)) > 1 else ""


def _armless(said: str, language: Language) -> str:
    """The two shares of two groups that the sentence does not name: "in 11 patients (2.7%) and 3 (0.7%)"."""
    found = pattern("torn.yaml", "armless", language).search(said)
    if not found or pattern("torn.yaml", "arms", language).search(said) or _is_medicine(said):
        return ""
    return found[0]


@cache
def _subject(language: Language) -> re.Pattern[str]:
    words = table("torn.yaml")
    opening, noun = words["opening"][language], words["relational"][language]
    quality, verb, goes_on = (words[name][language] for name in ("qualities", "verbs", "goes_on"))
    article = "(?:the|an?|no) " if language == "en" else "(?:l[ae]s? |l'|une? |aucune? )"
    dose = words["of_a_dose"][language]
    before = rf"(?:{quality}[ ,]+(?:and )?)*" if language == "en" else rf"(?:{quality} )?"
    after = "" if language == "en" else rf"(?: {quality})*"
    return re.compile(
        rf"{opening}(?P<noun>{article}{before}{noun}\b{after})(?!{dose}) ?(?:(?:{goes_on})[^.;]*? ?)?\b{verb}\b",
        re.IGNORECASE,
    )
