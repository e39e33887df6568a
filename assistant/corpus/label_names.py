"""What a product's labels call it: the brand of section 1 and the substance that section 2 says it contains.

A sheet may hold no INN, and doctors ask by it. What the labels agree on serves the search at once, and is shown to whoever
keeps the sheet as a proposal; nothing is written into the sheet.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from assistant.corpus.misfiled import FIRST_PASSAGES, named_in
from assistant.corpus.products import Product
from assistant.corpus.sheet import names_of
from assistant.store.database import Database
from assistant.store.schema import passage, product, source
from assistant.store.words import fold_accents

_UNITS = r"(?:mg|g|kg|µg|μg|mcg|micrograms?|microgrammes?|IU|UI|MIU|units?|unités?|mmol|MBq|GBq|ml|mL|%|million\s\w+)"
_AMOUNT = rf"\d[\d.,\s]*\s?{_UNITS}(?:\s?/\s?[\d.,]*\s?\w+)?"
_WORD = r"[^\W\d_][\w'’-]{3,}"
_SALT = (
    r"(?:besilate|bésilate|hydrochloride|dihydrochloride|chlorhydrate|maleate|maléate|mesilate|mésilate|tartrate|fumarate|acetate|acétate|phosphate"
    r"|sulfate|sulphate|citrate|succinate|sodium|sodique|potassium|potassique|calcium|calcique|bromide|bromure|tosilate|monohydrate|monohydraté)"
)
_CONTAINS = re.compile(
    rf"\b(?:contains?|contient|contiennent|renferme)\s(?:approximately\s|environ\s)?{_AMOUNT}\s(?:of\s|de\s|d['’])?"
    rf"(?:{_SALT}\s(?:of\s|de\s|d['’]))?(?P<name>(?:insulin\s|insuline\s)?{_WORD})"
)
_OF_SOMETHING = re.compile(
    rf"(?<![\d.,]){_AMOUNT}\s(?:of\s|de\s|d['’])?{_WORD}|\b(?:and|et|plus)\s{_WORD}(?:\s{_WORD})?\s{_AMOUNT}"
)
"""An amount of a substance: a label that gives two has no one name."""
_SENTENCE = re.compile(r"(?:[^.\n]|\.(?=\d))*")
_BRACKETS = re.compile(r"\([^)]*\)")
_INN = re.compile(rf"\b(?:INN|DCI)\s?[-–:]\s?(?P<name>{_WORD})")
_TITLED = re.compile(r"^(?P<brand>[A-ZÀ-Ý][\w-]{2,}(?:\s[A-ZÀ-Ý][\w-]+){0,2}), (?:INN|DCI)\b")
"""A title as the EMA gives it: “Brand, INN-substance”."""
_NAMED = re.compile(
    rf"^(?P<brand>[A-ZÀ-Ý][\w-]{{2,}}(?:\s[A-ZÀ-Ý][\w-]+)?)\s\d[^–—]{{3,90}}?(?:\s[-–—]\s(?P<name>{_WORD})\.?)?$"
)
_SECTION_1 = re.compile(
    r"^\s*(?:1\s?\.?\s+)?(?:NAME OF THE MEDICINAL PRODUCT|D[ÉE]NOMINATION DU M[ÉE]DICAMENT)", re.IGNORECASE
)
_SECTION_2 = re.compile(r"^\s*2\s?\.?\s+(?:QUALITATIVE|COMPOSITION)", re.IGNORECASE)
_NO_SUBSTANCE = re.compile(
    r"lactose|sucrose|saccharose|glucose|sorbitol|sodium|ethanol|éthanol|alcohol|alcool|active|substance|solution|powder|poudre|principe|water|eau"
    r"|following|suivants?|either|less|moins",
    re.IGNORECASE,
)  # fmt: skip


_CLASSES = frozenset(
    [
        "insulin",
        "insuline",
        "human",
        "humain",
        "humaine",
        "immunoglobulin",
        "immunoglobuline",
        "immunoglobulins",
        "factor",
        "facteur",
        "acid",
        "acide",
        "salts",
        "sels",
        "normal",
        "coagulation",
        "vaccine",
        "vaccin",
        "virus",
        "antigen",
        "antigene",
        "extract",
        "extrait",
        "potassium",
        "calcium",
        "magnesium",
        "iron",
        "total",
        "dried",
        "medicinal",
        "micronised",
        "micronise",
        "recombinant",
        "equivalent",
        "mannitol",
        "aspartame",
        "fructose",
        "propylene",
        "xylitol",
        "maltitol",
        "phenylalanine",
        "benzyl",
        "polysorbate",
        "gelatin",
        "gelatine",
        "macrogol",
        "blister",
        "plaquette",
        "pour",
        "sous",
        "dans",
        "each",
        "chaque",
        "tablet",
        "tablets",
        "comprime",
        "comprimes",
        "capsule",
        "capsules",
        "gelule",
        "gelules",
        "base",
        "basis",
        "protein",
        "proteine",
        "polysaccharide",
        "activity",
        "activite",
    ]
)
"""Words that name a class, an excipient, a form or nothing; without accents."""
_NO_BRAND = frozenset({"each", "every", "one", "chaque", "un", "une"})


@dataclass(frozen=True, slots=True)
class LabelNames:
    """What one label calls its medicine; empty where it does not say."""

    brand: str = ""
    substance: str = ""


def names_in_label(title: str, passages: Sequence[tuple[Sequence[str], str]]) -> LabelNames:
    """The names in a label's title and in its first passages, each with the headings above it.

    A label of two substances, whose name is neither's, gives none, nor does a class or an excipient: a wrong name would be
    searched for at once.
    """
    brand = substance = ""
    if found := _INN.search(title):
        substance = found["name"]
    if titled := _TITLED.match(title):
        brand = titled["brand"]
    for headings, text in passages:
        if not brand and any(_SECTION_1.match(name) for name in headings):
            named = _NAMED.match(text.split("\n")[0].strip())
            brand = named["brand"] if named else ""
            substance = substance or (named["name"] or "" if named else "")
        if any(_SECTION_2.match(name) for name in headings) and (contains := _CONTAINS.search(text)):
            told = _SENTENCE.match(text, contains.start())
            if told and _substances(told[0]) > 1:
                return LabelNames(brand)
            substance = substance or contains["name"]
            break
    none = _NO_SUBSTANCE.search(substance) or fold_accents(substance) in _CLASSES
    return LabelNames("" if brand.casefold() in _NO_BRAND else brand, "" if none else substance.lower())


def _substances(sentence: str) -> int:
    """How many amounts of something it gives; “in 5 ml of solution” is none of a substance."""
    given = _OF_SOMETHING.finditer(_BRACKETS.sub(" ", sentence))
    return sum("ml" not in found[0].casefold() for found in given)


def learned_names(connection: Connection, product_id: str) -> Mapping[str, LabelNames]:
    """By language, what the product's approved labels call it; none where those of a language name several substances.

    A label that contradicts the sheet, which gives a brand or substance, teaches nothing: it is another medicine's.
    """
    sheet = connection.execute(
        select(product.c.name, product.c.sheet).where(product.c.id == product_id)
    ).first()
    stated = names_of(sheet.name, sheet.sheet) if sheet and (sheet.sheet.keys() & {"brand", "inn"}) else ()
    found: dict[str, list[LabelNames]] = {}
    rows = connection.execute(
        select(source.c.title, source.c.language, source.c.reading_id).where(
            source.c.product_id == product_id, source.c.kind == "label", source.c.status == "approved"
        )
    )
    for row in rows.all():
        first = connection.execute(
            select(passage.c.section, passage.c.text)
            .where(passage.c.reading_id == row.reading_id, passage.c.ordinal < FIRST_PASSAGES)
            .order_by(passage.c.ordinal)
        ).all()
        if stated and not named_in(stated, " ".join((row.title, *(one.text for one in first)))):
            continue
        names = names_in_label(row.title, [(one.section, one.text) for one in first])
        found.setdefault(row.language, []).append(names)
    return {language: agreed for language, names in found.items() if (agreed := _agreed(names))}


def proposed_names(db: Database, product: Product) -> dict[str, Any]:
    """Fields of the sheet that are empty and that the labels could fill: brand, and INN by language."""
    with db.read() as connection:
        learned = learned_names(connection, product.id)
    inn = product.sheet.get("inn") or {}
    named = {x: n.substance for x, n in learned.items() if n.substance and not inn.get(x)}
    known = {fold_accents(str(name)) for name in (product.name, product.sheet.get("brand") or "")}
    brand = next((n.brand for n in learned.values() if n.brand), "")
    found: dict[str, Any] = {"inn": named} if named else {}
    return found | ({"brand": brand} if brand and fold_accents(brand) not in known else {})


def names_in(proposed: Mapping[str, Any]) -> list[str]:
    """The names themselves of what is proposed, the substance's first, each once."""
    told = [*proposed.get("inn", {}).values(), proposed.get("brand", "")]
    return list(dict.fromkeys(name for name in told if name))


def _agreed(names: Sequence[LabelNames]) -> LabelNames | None:
    """What all say, letter case and accents apart; None where nothing is left."""
    brand, substance = (_one(texts) for texts in zip(*((n.brand, n.substance) for n in names), strict=True))
    return LabelNames(brand, substance) if brand or substance else None


def _one(texts: Sequence[str]) -> str:
    told = {fold_accents(text): text for text in texts if text}
    return next(iter(told.values())) if len(told) == 1 else ""
