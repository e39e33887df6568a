"""Medicines, comparators, studies and endpoints that are not those of the source."""

import random
import re
from collections.abc import Mapping

from eval.corruptions.material import Corrupted, Language, Material, Swap, by_language, corrupted, swap

_MEASURES: Mapping[Language, tuple[Swap, ...]] = {
    "en": (
        swap(r"\bcardiovascular death", "death from any cause"),
        swap(r"\bdeath from any cause", "cardiovascular death"),
        swap(r"\boverall survival", "progression-free survival"),
        swap(r"\bprogression-free survival", "overall survival"),
        swap(r"\bmetastasis-free survival", "overall survival"),
        swap(r"\btime to progression", "time to death"),
        swap(r"\bprimary endpoint", "secondary endpoint"),
        swap(r"\bsecondary endpoints", "primary endpoints"),
        swap(r"\bserum potassium", "serum sodium"),
        swap(r"\bhyperkalaemia", "hypokalaemia"),
        swap(r"\bhypotension", "hypertension"),
        swap(r"\bhypoglycaemia", "hyperglycaemia", r"hyperglycaemi"),
        swap(r"\bAUC\b", "Cmax", r"Cmax"),
        swap(r"\bhalf-life", "bioavailability"),
        swap(r"\brenal impairment", "hepatic impairment", r"hepatic"),
        swap(r"\bhepatic impairment", "renal impairment", r"renal"),
        swap(r"\binhibitors\b", "inducers", r"inducer"),
        swap(r"\bsubstrate of\b", "inhibitor of"),
    ),
    "fr": (
        swap(r"\bdécès cardiovasculaire\b", "décès toutes causes"),
        swap(r"\bdécès toutes causes", "décès cardiovasculaire"),
        swap(r"\bcritère de jugement principal", "critère de jugement secondaire"),
        swap(r"\bcritère principal", "critère secondaire"),
        swap(r"\bkaliémie", "natrémie"),
        swap(r"\bhyperkaliémie", "hypokaliémie"),
        swap(r"\bhypotension", "hypertension"),
        swap(r"\bASC\b", "Cmax", r"Cmax"),
        swap(r"\bdemi-vie d'élimination", "durée d'absorption"),
        swap(r"\binsuffisance rénale", "insuffisance hépatique", r"hépatique"),
        swap(r"\binsuffisance hépatique", "insuffisance rénale", r"rénale"),
        swap(r"\binhibiteurs\b(?= (?:puissants|modérés))", "inducteurs", r"inducteur"),
        swap(r"\binducteurs\b", "inhibiteurs", r"inhibiteur"),
    ),
}
_CYP = re.compile(r"\bCYP\s?(\d[A-Z]\d{1,2})\b")
_CYPS = ("1A2", "2C8", "2C9", "2C19", "2D6", "3A4")


def medicine_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """names: every mention of one medicine becomes another medicine."""
    present = [group for group in material.medicines if _mentions(material.sentence, group)]
    absent = [group for group in material.medicines if group not in present]
    if not present or not absent:
        return None
    old, new = rng.choice(present), rng.choice(absent)[0]
    changed = re.sub(_any_of(old), new, material.sentence, flags=re.IGNORECASE)
    return corrupted(material, "names", "medicine changed", changed)


def comparator_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """names: placebo becomes an active medicine."""
    absent = [group for group in material.medicines if not _mentions(material.sentence, group)]
    if not absent or not re.search(r"\bplacebo\b", material.sentence, re.IGNORECASE):
        return None
    if re.search(
        r"placebo-\w|placebo\s(?:controlled|treated)|contrôlée? (?:contre|par) placebo",
        material.sentence,
        re.IGNORECASE,
    ):
        return None
    changed = re.sub(r"\b(?:le )?placebo\b", rng.choice(absent)[0], material.sentence, flags=re.IGNORECASE)
    return corrupted(material, "names", "comparator changed", changed)


def study_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """names: the study becomes another, or a sequel that nobody ran."""
    present = [study for study in material.studies if re.search(_any_of((study,)), material.sentence)]
    if not present:
        return None
    old = rng.choice(present)
    others = [study for study in material.studies if study not in material.sentence]
    new = rng.choice([*others, f"{old}-2"])
    return corrupted(material, "names", "study changed", re.sub(_any_of((old,)), new, material.sentence))


def measure_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """names: the endpoint, the event or the organ becomes another."""
    return by_language(material, _MEASURES, rng, "names", "measure changed")


def enzyme_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """names: an enzyme becomes its neighbour."""
    present = {match.group(1) for match in _CYP.finditer(material.sentence)}
    absent = [name for name in _CYPS if name not in present]
    if not present or not absent:
        return None
    old, new = rng.choice(sorted(present)), rng.choice(absent)
    changed = re.sub(rf"\bCYP(\s?){old}\b", rf"CYP\g<1>{new}", material.sentence)
    return corrupted(material, "names", "enzyme changed", changed)


def _mentions(sentence: str, names: tuple[str, ...]) -> bool:
    return re.search(_any_of(names), sentence, re.IGNORECASE) is not None


def _any_of(names: tuple[str, ...]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in longest_first)})(?![\w-])"
