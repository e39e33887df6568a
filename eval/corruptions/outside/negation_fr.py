"""Negations dropped, added and doubled in French."""

import random
import re
from collections.abc import Iterator

from eval.corruptions.material import Corrupted, Material
from eval.corruptions.outside.writing import chosen, put_in

_NE_PAS = re.compile(r"\b([Nn]['’]|[Nn]e )(\w+) (?:pas|jamais|aucunement)\b")
_NEGATIVE = re.compile(
    r"\b(?:ne|pas|aucune?|jamais|sans|certaine?s|peut|peuvent|parfois|si|ni|non|sauf|que|qui|dont)\b|\bn['’]",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?<!['’])\b(est|sont|était|étaient|doit|doivent|a|ont|avait|avaient|augmente|diminue|élimine|différaient)\b (?!de\b|une?\b|été une?\b)"
)
_MUST_NOT = re.compile(
    r"\bne (?:doit|doivent) (?:pas|jamais) être ((?:utilis|administr|repri|instaur|prescri|donn)\w+)\b"
)
_NOT_RECOMMENDED = re.compile(r"\bn['’](?:est|était|sont|étaient) pas ((?:recommandé|indiqué)(e?s?))\b")
_DOES_NOT = re.compile(r"\b(?:ne |n['’])(modifie|inhibe|altère|permet|augmente|diminue|réduit) pas\b")
_FAILED = {
    "modifie": "de modifier", "inhibe": "d'inhiber", "altère": "d'altérer", "permet": "de permettre",
    "augmente": "d'augmenter", "diminue": "de diminuer", "réduit": "de réduire",
}  # fmt: skip
_NOT_BEEN = re.compile(
    r"\bn['’](ont|a) pas été (?=(?:établi|évalué|étudié|démontré|confirmé|observé|rapporté)e?s?\b)"
)
_MUST = re.compile(r"(?<!ne )\b(doit|doivent) être\b(?! pas| évité)")
_NONE = re.compile(r"(Aucune?) ([^.,]*?) ?(?:n['’]|ne )(\w+)")
_ONE = re.compile(r"(Une?) ([^.,]*?) (a été|est|peut|pourrait|doit) (?!que\b)")
_DENIED = {
    "a été": "n'a été",
    "est": "n'est",
    "peut": "ne peut",
    "pourrait": "ne pourrait",
    "doit": "ne doit",
}
_CASES = re.compile(
    r"Des (?:cas|réactions|éruptions|idées|douleurs|étourdissements|anticorps|effets|études)[^.,]*? (ont été|peuvent|étaient|sont)\b"
)
_CASES_DENIED = {
    "ont été": "n'ont jamais été",
    "peuvent": "ne peuvent pas",
    "étaient": "n'étaient pas",
    "sont": "ne sont pas",
}
_THERE_IS_NONE = re.compile(r"\b[Ii]l n['’](existe|y avait|y a) pas (?:de |d['’])(?=\w+(s)?\b)")


def ne_pas_dropped(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: "ne … pas" is lost."""
    return chosen(material, "negation", "ne … pas dropped", _without(material), rng)


def ne_pas_added(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: the first verb is denied."""
    return chosen(material, "negation", "ne … pas added", _denied(material), rng)


def doubled(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: a second one undoes the first, or what must be must never be."""
    return chosen(material, "negation", "doubled", _doubled(material, rng), rng)


def aucun_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: "aucun" becomes "un", or "un" "aucun"."""
    return chosen(material, "negation", "aucun dropped or added", _aucun(material), rng)


def _without(material: Material) -> Iterator[str]:
    if material.language == "fr" and not re.search(r"\bni\b", material.sentence):
        for match in _NE_PAS.finditer(material.sentence):
            if not re.match(
                r" (?:de\b|d['’]|encore|que\b|seulement|toujours)", material.sentence[match.end() :]
            ):
                yield put_in(material.sentence, match, match.group(2))


def _denied(material: Material) -> Iterator[str]:
    if material.language != "fr" or _NEGATIVE.search(material.sentence):
        return
    match = _VERB.search(material.sentence)
    if match:
        verb = match.group(1)
        yield put_in(material.sentence, match, f"{'n’' if verb[0] in 'aeiouéê' else 'ne '}{verb} pas", 1)


def _doubled(material: Material, rng: random.Random) -> Iterator[str]:
    sentence = material.sentence
    if material.language != "fr":
        return
    for match in _MUST_NOT.finditer(sentence):
        ending = (
            "es"
            if match.group(1).endswith("es")
            else match.group(1)[-1]
            if match.group(1)[-1] in "es"
            else ""
        )
        yield put_in(sentence, match, f"{rng.choice(('évité', 'refusé'))}{ending}", 1)
    for match in _NOT_RECOMMENDED.finditer(sentence):
        yield put_in(sentence, match, f"{rng.choice(('déconseillé', 'contre-indiqué'))}{match.group(2)}", 1)
    for match in _DOES_NOT.finditer(sentence):
        yield put_in(sentence, match, f"ne manque pas {_FAILED[match.group(1)]}")
    for match in _NOT_BEEN.finditer(sentence):
        yield put_in(sentence, match, f"n'{match.group(1)} pas manqué d'être ")
    for match in _MUST.finditer(sentence):
        yield put_in(sentence, match, f"ne {match.group(1)} jamais être")


def _aucun(material: Material) -> Iterator[str]:
    sentence = material.sentence
    if material.language != "fr":
        return
    none, one, cases = _NONE.match(sentence), _ONE.match(sentence), _CASES.match(sentence)
    if none:
        article = "Une" if none.group(1) == "Aucune" else "Un"
        yield f"{article} {none.group(2)} {none.group(3)}{sentence[none.end() :]}"
    elif one and not _NEGATIVE.search(sentence):
        article = "Aucune" if one.group(1) == "Une" else "Aucun"
        yield f"{article} {one.group(2)} {_DENIED[one.group(3)]} {sentence[one.end() :]}"
    elif cases and not _NEGATIVE.search(sentence.replace("peuvent", "")):
        yield put_in(sentence, cases, _CASES_DENIED[cases.group(1)], 1)
    for match in re.finditer(r"chez aucun patient", sentence):
        yield put_in(sentence, match, "chez un patient")
    for match in _THERE_IS_NONE.finditer(sentence):
        yield put_in(sentence, match, f"il {match.group(1)} {'des' if match.group(2) else 'un'} ")
