"""Medicines and studies that are not those of the source, and where their names are found."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from eval.corruptions.material import Corrupted, Language, Material
from eval.corruptions.outside.tables import stands, words_of
from eval.corruptions.outside.writing import chosen, put_in

_BESIDE = re.compile(
    r"\b(?i:treatment with|treated with|therapy with|dose of|doses of|administration of|taking|take|using|use of|receiving|received"
    r"|initiation of|discontinuation of|traitement par|traités? par|dose de|administration de|utilisation de|recevant|sous|avec)\s"
    r"([A-Z][a-zéèêïœ]{4,})\b(?!\s[A-Z])"
)
_STUDY = re.compile(
    r"\b(?:the|The|In|in)\s([A-Z]{4}[A-Z0-9]*(?:-[A-Z0-9]+)?|[A-Z]{3,}-\d+)\s(?:study|trial|Trial|Study|studies)\b"
    r"|\b(?:étude|Étude|essai|Essai)\s([A-Z]{4}[A-Z0-9]*(?:-[A-Z0-9]+)?|[A-Z]{3,}-\d+)\b"
)
_OFTEN = 4
_JOINED = re.compile(r"(?:\b[dlDL]['’]|\bqu['’]|\b(?:de|la|le|du|que|au)\s)$")
_ARTICLE = re.compile(r"(?:\b[lL]['’]|\b(?:la|le|du|au)\s)$")
_VOWELS = "aeiouéèêh"
_FEMININE = ("ine", "ide", "ite", "one", "ane")


def found_medicines(sentences: Iterable[str]) -> tuple[str, ...]:
    """The names with a capital that a document gives to what is taken, given or used, the commonest first."""
    told = list(sentences)
    counted = Counter(match.group(1) for sentence in told for match in _BESIDE.finditer(sentence))
    small = {word for sentence in told for word in re.findall(r"\b[a-zéèê]\w{4,}", sentence)}
    return tuple(
        name for name, count in counted.most_common() if count >= _OFTEN and name.lower() not in small
    )


def found_studies(sentences: Iterable[str]) -> tuple[str, ...]:
    """The names in capitals that stand beside "study" or "trial"."""
    counted = Counter(
        match.group(1) or match.group(2) for sentence in sentences for match in _STUDY.finditer(sentence)
    )
    return tuple(name for name, _ in counted.most_common())


def medicine_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """names: a medicine becomes one of its own class, or that of another document."""
    return chosen(material, "names", "medicine", _medicines(material, rng), rng)


def study_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """names: the study becomes another, or one of the same name and another number."""
    return chosen(material, "names", "study", _studies(material, rng), rng)


def medicines_in(sentence: str, material: Material) -> list[re.Match[str]]:
    """The medicines that a sentence names: those of the table and those of the documents."""
    return list(_places(_any_of(_known(material.language, material.medicines)), sentence))


def studies_in(sentence: str, material: Material) -> list[re.Match[str]]:
    """The studies that a sentence names."""
    return list(_places(_any_of(material.studies, capitals=True), sentence)) if material.studies else []


def fits(old: str, new: str, before: str, language: Language) -> bool:
    """Whether a name can take the other's place as the language writes it: in French article for article."""
    if language == "en" or not _JOINED.search(before):
        return True
    alike = not _ARTICLE.search(before) or old.lower().endswith(_FEMININE) == new.lower().endswith(_FEMININE)
    return alike and (old[0].lower() in _VOWELS) == (new[0].lower() in _VOWELS)


def brand(found: str, material: Material) -> bool:
    """Whether it is a name of the documents that has a capital wherever it stands."""
    return any(
        name.lower() == found.lower() and name[0].isupper() for names in material.medicines for name in names
    )


def _medicines(material: Material, rng: random.Random) -> Iterator[str]:
    sentence = material.sentence
    for match in medicines_in(sentence, material):
        before = sentence[: match.start()]
        options = [
            name
            for name in _options(match.group(), material)
            if not stands(name, sentence)
            and not same_medicine(match.group(), name, material)
            and fits(match.group(), name, before, material.language)
        ]
        if options:
            yield put_in(sentence, match, rng.choice(options))


def _options(found: str, material: Material) -> Iterable[str]:
    """Those of its class where the table has it, else those of the documents that are written alike."""
    for names in words_of("medicines")[material.language]:
        if found.lower() in names:
            return tuple(names)
    return [
        name for names in material.medicines for name in names if name[0].isupper() == brand(found, material)
    ]


def same_medicine(one: str, other: str, material: Material) -> bool:
    """Whether both are names of one medicine."""
    return any(
        {one.lower(), other.lower()} <= {name.lower() for name in names} for names in material.medicines
    )


def _studies(material: Material, rng: random.Random) -> Iterator[str]:
    for match in studies_in(material.sentence, material):
        stem, _, number = match.group().rpartition("-")
        nearest = f"{stem}-{int(number) % 9 + 1}" if stem and number.isdigit() else f"{match.group()}-2"
        others = [study for study in material.studies if not stands(study, material.sentence)]
        yield put_in(material.sentence, match, rng.choice([nearest, *others]))


@cache
def _known(language: Language, medicines: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(name for names in (*words_of("medicines")[language], *medicines) for name in names)


@lru_cache(maxsize=20_000)
def _places(pattern: re.Pattern[str], sentence: str) -> tuple[re.Match[str], ...]:
    return tuple(pattern.finditer(sentence))


@cache
def _any_of(names: tuple[str, ...], *, capitals: bool = False) -> re.Pattern[str]:
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", 0 if capitals else re.IGNORECASE
    )
