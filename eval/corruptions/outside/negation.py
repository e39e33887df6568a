"""Negations dropped, added and doubled in English."""

import random
import re
from collections.abc import Iterator

from eval.corruptions.material import Corrupted, Material
from eval.corruptions.outside.writing import capital, chosen, put_in

_ONLY = re.compile(r"\bnot (?:only|limited)\b|\bwhether or not\b")
_NOT = re.compile(
    r"\b(?:is|are|was|were|be|been|should|must|could|will|would|has|have|had|does|do|did|being)( not)"
    r"(?= (?!only|necessarily|more than|less than|exceeding|all\b|always|yet))"
)
_CANNOT = re.compile(r"\b([Cc])an ?not\b")
_NEGATIVE = re.compile(
    r"\b(?:not|no|never|cannot|none|without|neither|nor|some|certain|few|may|might|if|when|whether|unless|several|many|only)\b|n['’]t\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(is|are|was|were|should|must|will|has been|have been|had been)\b (?!to\b|an?\b|also\b|either\b|that\b)"
)
_SHORT = re.compile(
    r"(?<!would )(?<!could )(?<!will )(?<!to )\b(is|are|was|were|should|has|have)\b (?=\w+(?:ed|en|able|ible|ent|wn|ly|ic|ive)\b)"
)
_PAST = {
    "showed": "show", "demonstrated": "demonstrate", "increased": "increase", "reduced": "reduce", "improved": "improve",
    "received": "receive", "occurred": "occur", "resulted": "result", "experienced": "experience", "had(?! to| been| not)": "have",
    "achieved": "achieve", "included": "include", "decreased": "decrease", "found": "find",
}  # fmt: skip
_PRESENT = {
    "increases": "increase", "reduces": "reduce", "inhibits": "inhibit", "contains": "contain", "requires": "require",
    "causes": "cause", "provides": "provide", "includes": "include", "leads": "lead", "binds": "bind",
}  # fmt: skip
_NO_PAST = re.compile(
    r"\b(?:was|were|is|are|be|been|being|has|have|had|and|or|the|a|an|of|with|by|for|in|to|who|that|which|most|as|patients|often|commonly|not)\s$|,\s$"
)
_NO_PRESENT = re.compile(r"\b(?:and|or|that|which|who|dose|further|no|the|of|or|these|both)\s$|,\s$")
_DOUBLED = (
    (re.compile(r"\b(?:does|do|did) not()(?= (?!fail|have|seem|appear|differ|know)\w)"), (" fail to",)),
    (
        re.compile(
            r"\b(?:should|must) not be (used|given|administered|taken|started|initiated|prescribed)\b"
        ),
        ("withheld", "avoided", "omitted"),
    ),
    (
        re.compile(r"\b(?:is|are) not (recommended|indicated)\b"),
        ("discouraged", "contraindicated", "inadvisable"),
    ),
    (re.compile(r"\b(?:was|were) not (observed|seen|detected|noted)\b"), ("absent",)),
    (re.compile(r"\b[Nn]o ()(?=evidence|indication|sign)"), ("lack of ",)),
)
_NO = re.compile(
    r"\b(?:There (?:is|was)|has|had|have|with|showed|requires?|found|shows?|observed) (no) "
    r"(?:(?:significant|clinically|relevant|specific|apparent|meaningful) )?(\w+)"
)
_MASS = {"evidence", "data", "information", "experience", "relevant", "difference"}
_SOME = re.compile(r"\b(?:There (?:is|was)|had|showed|showing|has|provides?|found) (an?|some|limited) (?=\w)")
_MANY = re.compile(r"\bThere (?:are|were)( several| some| limited| few|)(?= (?!no\b|not\b)\w)")


def not_dropped(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: "not" is lost."""
    return chosen(material, "negation", "not dropped", _without_not(material), rng)


def not_added(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: the first verb is denied."""
    return chosen(material, "negation", "not added", _denied(material), rng)


def short_not_added(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: the first verb is denied as one speaks, "isn't"."""
    return chosen(material, "negation", "n't added", _denied_shortly(material), rng)


def does_not(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: what it did it did not do."""
    return chosen(material, "negation", "does not", _did_not(material), rng)


def doubled(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: a second one undoes the first."""
    told = (
        put_in(material.sentence, match, rng.choice(options), 1)
        for pattern, options in _DOUBLED
        for match in pattern.finditer(material.sentence)
        if material.language == "en"
    )
    return chosen(material, "negation", "doubled", told, rng)


def no_dropped(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: "no" is lost, "none" becomes all."""
    return chosen(material, "negation", "no dropped", _without_no(material), rng)


def no_added(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: what there is there is not."""
    return chosen(material, "negation", "no added", _with_no(material), rng)


def _without_not(material: Material) -> Iterator[str]:
    sentence = material.sentence
    if material.language == "en" and not _ONLY.search(sentence):
        for match in _NOT.finditer(sentence):
            yield put_in(sentence, match, "", 1)
        for match in _CANNOT.finditer(sentence):
            yield put_in(sentence, match, f"{match.group(1)}an")


def _denied(material: Material) -> Iterator[str]:
    match = _first(_VERB, material)
    if match:
        verb = match.group(1)
        new = verb.replace(" been", " not been") if " " in verb else f"{verb} not"
        yield put_in(material.sentence, match, new, 1)


def _denied_shortly(material: Material) -> Iterator[str]:
    match = _first(_SHORT, material)
    if match:
        yield put_in(material.sentence, match, f"{match.group(1)}n't", 1)


def _first(pattern: re.Pattern[str], material: Material) -> re.Match[str] | None:
    if material.language != "en" or _NEGATIVE.search(material.sentence):
        return None
    return pattern.search(material.sentence)


def _did_not(material: Material) -> Iterator[str]:
    sentence = material.sentence
    if material.language != "en" or _NEGATIVE.search(sentence):
        return
    for verb, base in _PAST.items():
        match = re.search(
            rf"(?<=[a-z)] ){verb}(?= (?:in|an?|the|by|from|to|that|significant|at|more|with|during|greater)\b)",
            sentence,
        )
        if match and not _NO_PAST.search(sentence[: match.start()]):
            yield put_in(sentence, match, f"did not {base}")
    for verb, base in _PRESENT.items():
        match = re.search(rf"(?<=[a-z)] ){verb}\b(?! in\b| of\b)", sentence)
        if match and not _NO_PRESENT.search(sentence[: match.start()]):
            yield put_in(sentence, match, f"does not {base}")


def _without_no(material: Material) -> Iterator[str]:
    sentence = material.sentence
    if material.language != "en":
        return
    for match in _NO.finditer(sentence):
        bare = re.search(r"[^s]s$", match.group(2)) or match.group(2) in _MASS
        yield put_in(sentence, match, "" if bare else "a", 1)
    many = re.match(r"No (\w+)(?: \w+){0,2} (?:were|are|have)\b", sentence)
    one = re.match(r"No (?:\w+ ){1,4}?(?:is|was|has)\b", sentence)
    if many:
        yield capital(sentence[3:])
    elif one and not re.search(r"\bis any\b", sentence):
        yield f"A {sentence[3:]}"
    for match in re.finditer(r"\b[Nn]one of the\b", sentence):
        yield put_in(sentence, match, "all of the")


def _with_no(material: Material) -> Iterator[str]:
    sentence = material.sentence
    if material.language != "en" or _NEGATIVE.search(sentence):
        return
    for match in _SOME.finditer(sentence):
        yield put_in(sentence, match, "no", 1)
    for match in _MANY.finditer(sentence):
        yield put_in(sentence, match, " no", 1)
    whole = re.match(r"An? (?=(?:\w+ ){1,4}(?:was|were|has)\b (?!any))", sentence)
    if whole:
        yield f"No {sentence[whole.end() :]}"
