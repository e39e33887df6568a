"""What else a document may call what is asked: medical shorthand, the commonest words of labels in both languages, and the
class of a medicine.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.store.words import fold_accents

_LONGEST_TERM = 4
_BETWEEN = re.compile(r"[\s/'’,;:?!()+-]+")


def written_out(text: str) -> dict[str, tuple[str, ...]]:
    """For each term of the text that is shorthand, what documents of either language write for it."""
    return _found(text, _terms())


def otherwise(text: str) -> dict[str, tuple[str, ...]]:
    """As `written_out`, and for each term of medicine or of labels how else it is said, in both languages."""
    found = written_out(text)
    for term, texts in _found(text, _synonyms()).items():
        found[term] = tuple(dict.fromkeys((*found.get(term, ()), *texts)))
    return found


def of_a_topic(text: str) -> dict[str, tuple[str, ...]]:
    """As `otherwise`; a draft's topic names children by any word for them, labels of each age by their own.

    How a medicine is given, how it is borne, and a failing kidney or liver, are headings of a label in its own words.
    """
    found = {term: tuple(t for t in said if t not in _TOO_WIDE) for term, said in otherwise(text).items()}
    for term, said in _found(text, _HEADED).items():
        found[term] = tuple(dict.fromkeys((*found.get(term, ()), *said)))
    for word in map(_folded, _BETWEEN.split(text)):
        if word in _CHILDREN:
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *_SAID_OF_CHILDREN)))
    return found


def _folded(word: str) -> str:
    return fold_accents(word).strip(".")


def _key(term: str) -> str:
    return " ".join(folded for part in _BETWEEN.split(term) if (folded := _folded(part)))


_TOO_WIDE = frozenset(["changed"])
"""“Changed” for switching: half of a label's figures did or did not change."""
_GIVEN = ("method of administration", "mode d'administration", "mode of administration")
_BORNE = ("undesirable effects", "adverse reactions", "adverse events", "effets indésirables")
_KIDNEYS = tuple(
    f"{organ} {state}"
    for organ in ("renal", "kidney")
    for state in ("impairment", "insufficiency", "dysfunction", "failure", "disease")
)
_REINS = tuple(
    f"{state} rénale" for state in ("insuffisance", "dysfonction", "altération", "atteinte", "maladie")
)
_LIVER = tuple(
    f"{organ} {state}"
    for organ in ("hepatic", "liver")
    for state in ("impairment", "insufficiency", "dysfunction", "failure", "disease")
)
_FOIE = tuple(
    f"{state} hépatique" for state in ("insuffisance", "dysfonction", "altération", "atteinte", "maladie")
)
_HEADED: Mapping[str, tuple[str, ...]] = {
    **{_key(term): (*_KIDNEYS, *_REINS) for term in (*_KIDNEYS, *_REINS)},
    **{_key(term): (*_LIVER, *_FOIE) for term in (*_LIVER, *_FOIE)},
    "mode d administration": _GIVEN,
    "mode of administration": _GIVEN,
    "method of administration": _GIVEN,
    "tolerability": _BORNE,
    "tolerance": _BORNE,
}
_SAID_OF_CHILDREN = ("children", "child", "paediatric", "pediatric", "adolescents", "enfants", "pédiatrique")
_CHILDREN = frozenset(
    [
        "child",
        "children",
        "kids",
        "paediatric",
        "paediatrics",
        "pediatric",
        "pediatrics",
        "enfant",
        "enfants",
        "pediatrique",
        "pediatriques",
        "pediatrie",
    ]
)


def classes_of(text: str) -> dict[str, tuple[str, ...]]:
    """For each medicine of the text, what documents of either language call the class that it belongs to."""
    return _found(text, _classes())


def _found(text: str, terms: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    words = [folded for word in _BETWEEN.split(text) if (folded := _folded(word))]
    found: dict[str, tuple[str, ...]] = {}
    for size in range(_LONGEST_TERM, 0, -1):
        for start in range(len(words) - size + 1):
            term = " ".join(words[start : start + size])
            if term in terms:
                found[term] = terms[term]
    return found


@cache
def _terms() -> Mapping[str, tuple[str, ...]]:
    return _read("shorthand.yaml", "short")


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    return _read("terms.yaml", "said")


@cache
def _classes() -> Mapping[str, tuple[str, ...]]:
    return _read("classes.yaml", "members")


def _read(file: str, of: str) -> Mapping[str, tuple[str, ...]]:
    rows: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / file).read_text("utf-8"))
    terms: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for short in row[of]:
            key = _key(str(short))
            terms[key] = (*terms.get(key, ()), *row["en"], *row["fr"])
    return terms
