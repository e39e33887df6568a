"""Those whom a question asks about by what they lack, “non-metastatic disease”, “patients without diabetes”: what holds for the others is
no answer, it is most often the opposite one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.chat.indication import names_a_disease
from assistant.chat.wording import flat
from assistant.engines.units import Unit
from assistant.retrieval.shorthand import otherwise

_TOKEN = re.compile(r"[^\W_]+")
_PEOPLE = r"(?:patiente?s?|people|persons?|those|subjects?|participants?|adults?|children|wom[ae]n|m[ae]n|malades|sujets|personnes|adultes|enfants|femmes|hommes|ceux|celles|population)"
_NON = re.compile(
    r"\bnon(?:-|[- ]?(?=metasta|diabet|smok|isch|fum)| )(?!small|hodgkin|steroid|vitamin|valvul|clini|inferi|superi|alcoh|alcoo|prescri|complian|adheren|observan|dialys|hemodialys|haemodialys|linear|lineaire|melanom"
    r"|opioid|dihydro|select|peptid|vegetar)(?P<word>[^\W\d_]{4,})"
)
"""“Non-small cell”, “non-steroidal” are names: documents shorten them."""
_LACKS = re.compile(
    r"(?<!with or )(?<!with and )(?<!avec ou )(?<!avec et )(?<!ou )\b(?:without|with no|having no|(?:who |that )?(?:have|had|has) no|(?:who |that )?(?:(?:did|do|does) not|(?:did|do|does)n't) (?:have|take|receive|use)"
    r"|(?:who |that )?(?:have|had|has) (?:not|never) (?:had|received|taken|been (?:on|treated with|given))|(?:who |that )?never (?:had|took|received|taken|(?:been )?(?:on|treated with|given))"
    r"|(?:who |that )?(?:(?:are|were|is|was) )?not (?:currently )?(?:on|taking|receiving|having|using|treated with|given)|(?:who|that) (?:are|were|is|was)(?: not|n't)|free (?:of|from)"
    r"|in (?:the )?absence of|en (?:l')?absence d['eu]s?|other than|autres? que|excluding|except(?: for| in)?|hormis|a l'exception d['eu]s?|hors|jamais (?:traitee?s? par|recu|pris|sous)"
    r"|(?:qui )?(?:ne (?:sont|prend|prennent|recoit|recoivent) (?:pas|jamais)|n'est pas)(?: (?:sous|traitee?s? par|d['e]))?|(?<=\bsi )pas d['e]|(?<=\bif )no|(?<=\bwhen )no"
    r"|sans|n'(?:ont|a|avaient|avait|ayant) (?:pas|jamais|aucune?)(?: (?:eu|recu|pris))?|ne (?:recevant|recoivent|prennent|prenant|presentent|presentant) (?:pas|aucune?))\b"
)
_TERSE = re.compile(r"(?:^|[,;:(]|\band|\bif|\bet)\s*no\b")
_OF_THEM = re.compile(
    rf"\b{_PEOPLE}(?: (?:with|avec|ayant|atteinte?s? d[eu']|on|sous) ?[^.?!,]{{1,40}})? (?:(?:who|that|qui) )?$|\b(?:in|among|chez) (?:\w+ ){{1,3}}$|\b(?:if|si|when|quand)(?: (?:he|she|they|il|elle|ils|elles))? $"
)
_ALONE = re.compile(r"(?<!\w )(?:not|never) (?:currently )?(?:on|taking|receiving|using|treated with)\b")
"""At the head of what is asked it is of a patient."""
_ENDPOINT = re.compile(
    r"\b(?:survie|survival|surviv\w+|alive|vivante?s?|vie|lived?|time|temps|delai|remission|period\w*|days|jours|months|mois|years|annees?) (?:globale |mediane )?$"
)
"""“Survie sans progression” is what was measured."""
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        "a an any the known history of evidence prior previous previously pre existing type 1 2 ii distant overt symptomatic clinical documented significant established concomitant"
        " underlying de d des du la le les l un une aucun aucune antecedent antecedents signe signes connu connue type have has had having on taking receiving treated with using"
        " eu recu pris par traite traites traitees presence status severe moderate mild chronic acute severes severe moderee aigue chronique"
        " both either being baseline",
    )
)
_NEGATORS = frozenset(
    re.findall(
        r"\w+",
        "non no not without sans pas aucun aucune absence free neither nor ni never jamais normal normale normaux normales regardless irrespective independent independently"
        " quelque independamment",
    )
)
_OR = frozenset(["or", "ou", "ni", "nor"])
_ENDS = frozenset(
    re.findall(
        r"\w+",
        "in on at to is are was were be been did do does can could should may must and et who that qui que after before during with for from as by when if than dans chez en pour a au aux"
        " par est sont etait etaient avec apres avant pendant quand si lors compared versus vs",
    )
)
_GENERIC = re.compile(
    r"(?:failure|diseases?|impair\w+|insufficiency|insuffisan\w+|disorders?|dysfunction\w*|function|fonction|maladies?|atteintes?|troubles?|syndromes?|altere\w*|alteration\w*|events?|evenements?)"
)
_NO_PEOPLE = re.compile(
    r"(?:food|meals?|breakfast|water|drinks?|taper\w*|stop\w*|interrupt\w*|prescriptions?|monitoring|supervision|adjust\w*|dos\w+|problems?|risks?|delays?|load\w*|titrat\w*|doubts?|difficult\w+|permission|effects?"
    r"|harm|loss|pauses?|fear|consult\w*|advice|nourriture|aliments?|repas|manger|eau|boire|ordonnances?|arret\w*|paliers?|diminu\w+|decroiss\w+|adapt\w+|ajust\w+|surveillance|risques?|dangers?|problemes?|croquer|macher"
    r"|ecraser|attendre|avis|lait|jus|jeun|jeuner|reduire|reduction\w*|dialys\w+|h(?:a)?emodialys\w+|(?!smoking|bleeding|cushing|vomiting|itching|swelling|wheezing|flushing|scarring|bruising|fainting|snoring)\w{2,}ing"
    r"|respon\w+|reponse|improv\w+|amelior\w+|reaction|alternative\w*|amm|indications?|data|donnees)"
)
_STATE = re.compile(
    r"\bmetasta|\bimpair|\binsuffisan|\bfailure|\bdisease|\bmaladie|\bsmok|\bfumeu|\bepilep|\bmutation"
)
_NEAR = 3
_LONG_LIST = 8
_BOTH = re.compile(
    r"\W+(?:(?:and|or|than|versus|vs|et|ou|que)\W+)(?:(?:in|among|chez)\W+)?(?:(?:those|ceux|celles|patients|people)\W+)?(?:without|sans|not|non)\b"
)
"""“With diabetes and in those without”."""
_OF_BOTH = re.compile(
    r"\b(?:(?:with|avec) (?:and|or|et|ou) (?:without|sans)|regardless of|irrespective of|independently of|quel\w* que soi\w+|independamment d\w+)(?:\W+\w+){0,3}?\W+$"
)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What they lack: the words of it, and how else documents may write it, each as its words."""

    phrases: tuple[tuple[str, ...], ...]


def lacking(question: str) -> tuple[Lacking, ...]:
    """What the question says that those whom it asks about do not have or take; empty for most questions."""
    said = flat(question)
    phrases: list[tuple[str, ...]] = [(match["word"],) for match in _NON.finditer(said)]
    for match in _LACKS.finditer(said):
        before = said[: match.start()]
        if _ENDPOINT.search(before):
            continue
        of_them = _OF_THEM.search(before) is not None or bool(_ALONE.match(said, match.start()))
        phrases += [phrase for phrase in _phrases(said[match.end() :]) if of_them or _is_a_state(phrase)]
    for match in _TERSE.finditer(said):
        phrases += [phrase for phrase in _phrases(said[match.end() :]) if _is_a_state(phrase)]
    return tuple(_lacking(phrase) for phrase in dict.fromkeys(phrases))


def speaks_of_them(unit: Unit, lacks: Sequence[Lacking], title: str = "") -> bool:
    """Whether the unit, its heading or the title of its source says of each that it is lacking; a title or a heading that also
    speaks of those who have it tells nothing of its sentences.
    """
    return all(_speaks_of(unit, one, title) for one in lacks)


def speaks_of_the_others(unit: Unit, lacks: Sequence[Lacking]) -> bool:
    """Whether the unit or its heading speaks of those who have one of them, and not of those who do not."""
    for one in lacks:
        has, has_not = _told(f"{unit.heading}. {unit.text}", one)
        if has and not has_not:
            return True
    return False


def _speaks_of(unit: Unit, one: Lacking, title: str) -> bool:
    has, has_not = _told(unit.text, one)
    if has or has_not:
        return has_not
    for above in (unit.heading, *reversed(unit.section), title):
        has, has_not = _told(above, one)
        if has or has_not:
            return has_not and not has
    return False


def _is_a_state(phrase: tuple[str, ...]) -> bool:
    text = " ".join(phrase)
    return bool(_STATE.search(text)) or names_a_disease(text)


def _phrases(after: str) -> Iterator[tuple[str, ...]]:
    """What stands behind “without”: its words to the next word that ends it, and another behind “or”."""
    clause = re.match(r"[^.?!,;:()]*", after)
    words: list[str] = []
    for word in [*_TOKEN.findall(clause[0] if clause else ""), ""]:
        article = word == "a" and not words  # “not taking a …”, and no French “à”
        ends = not word or word in _OR or (word in _ENDS and not article)
        if not ends and word not in _FILLERS:
            words.append(word)
        if ends or len(words) == _NEAR:
            if words and not _NO_PEOPLE.fullmatch(words[0]):
                yield tuple(words)
            words = []
            if word not in _OR:
                return


def _lacking(phrase: tuple[str, ...]) -> Lacking:
    said = " ".join(phrase)
    others = [_TOKEN.findall(flat(text)) for text in otherwise(said).get(said, ())]
    kept = [tuple(w for w in words if w not in _FILLERS) for words in others if "free" not in words]
    return Lacking(tuple(dict.fromkeys((phrase, *(one for one in kept if one)))))


@lru_cache(maxsize=20_000)
def _told(text: str, one: Lacking) -> tuple[bool, bool]:
    """Whether the text says that it is there, and whether it says that it is not."""
    said = flat(text)
    tokens = list(_TOKEN.finditer(said))
    words = [token[0] for token in tokens]
    places: list[tuple[int, int, bool]] = []
    either = False
    for phrase in one.phrases:
        for first, last in _places(phrase, words):
            start, end = tokens[first].start(), tokens[last].end()
            if said[end:].startswith("-free") or _ENDPOINT.search(_before_the_negator(said[:start])):
                continue
            glued = words[first].startswith("non") and not _kin(words[first], phrase[0])
            both = bool(_OF_BOTH.search(said[:start]) or _BOTH.match(said, end))
            places.append((first, last, both or glued or _denied(words[:first])))
            either = either or both
    absent = [(first, last) for first, last, denied in places if denied]
    present = [(first, last) for first, last, denied in places if not denied]
    has = any(all(last < a or b < first for a, b in absent) for first, last in present)
    return either or has, bool(absent)


def _before_the_negator(before: str) -> str:
    return re.sub(r"(?:sans|without)(?: (?:de |d'|any )?)?$", "", before) if before.endswith(" ") else ""


def _places(phrase: tuple[str, ...], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the telling words of a phrase stand near each other, with a word such as “failure” if it has one."""
    telling = [w for w in phrase if not _GENERIC.fullmatch(w)] or list(phrase)
    generic = len(telling) < len(phrase)
    for at, word in enumerate(words):
        if not (_kin(word, telling[0]) or (word.startswith("non") and _kin(word[3:], telling[0]))):
            continue
        low, high = max(0, at - _NEAR), min(len(words), at + _NEAR + 1)
        near = range(low, high)
        found = [next((n for n in near if _kin(words[n], w)), None) for w in telling[1:]]
        if generic:
            found.append(next((n for n in near if _GENERIC.fullmatch(words[n])), None))
        places = [n for n in found if n is not None]
        if len(places) == len(found):
            yield min(at, *places) if places else at, max(at, *places) if places else at


def _denied(before: Sequence[str]) -> bool:
    """Whether what stands before says that what follows is not there: “no history of”, “without hypertension or”."""
    others = 0
    for word in reversed(before[-_LONG_LIST:]):
        if word in _NEGATORS:
            return True
        if word in _OR:
            others = _NEAR
        elif word not in _FILLERS:
            others -= 1
            if others < 0:
                return False
    return False


def _kin(one: str, other: str) -> bool:
    """Whether two words are of one root: “diabetic” and “diabetes”."""
    if one == other:
        return True
    least = max(5, min(len(one), len(other)) - 3)
    return min(len(one), len(other)) >= 5 and one[:least] == other[:least]  # noqa: PLR2004  “renal”, “renale”
