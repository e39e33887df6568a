"""What a question needs: the subjects it names in everybody's words, and the words that are its own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.chat.bounds import rest
from assistant.chat.named import Named, named_in
from assistant.chat.wording import flat
from assistant.store.words import query_stems, stems
from guardrails.safety.spelling import distance

_EMPTY = {
    "en": "what which how when where why who is are does do can may should could would please tell give know say about there any some "
    "the patient patients people person someone drug medicine medication product treatment treat use used using take taken taking give "
    "given information recommended recommendation usual normal possible doctor physician section label study trial show shows showed "
    "observed effect effects case cases need needs needed required mean means difference between during with without after before "
    "many much long often get have has had many find want like explain list main risk number affect ability influence advise advised suggest apply happen happens occur regarding concerning cause causes caused safe safely adjust adjusted adjustment state name enumerate tell me please while under upon whom must also still whether reduce reduces reduced lower decrease increase improve raise cut cuts",
    "fr": "quel quelle quels quelles comment combien quand où pourquoi qui est sont peut doit faut dire donner savoir connaître patient patients "
    "patiente patientes personne personnes médicament produit traitement traiter utiliser utilisé utilisée utilisation prendre prise pris "
    "information recommandé recommandée recommandation habituel habituelle possible médecin rubrique rcp étude essai montré observé observés "
    "effet effets cas faire besoin nécessaire signifie différence entre pendant avec sans après avant existe liste expliquer risque "
    "dites dis moi nous svp date sous lors alors quoi dont parmi total nombreux y-a-t-il a-t-il est-ce que-t-il chez nombre aptitude influence conseiller conseillez préconiser proposer indiquer concernant taux sujet été être avoir eu avait étaient fait faite dû due cause provoque provoquer entraîne entraîner diminue diminuer réduit réduire augmente augmenter améliore améliorer baisse baisser adapter adaptation ajuster ajustement",
}
"""Words that ask and name nothing: an answer need not repeat them."""
_TYPO_FROM = 6
"""Words of fewer letters are not mended: too many others are near."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A subject with its words in questions, its words in answers, and its sections in a label."""

    name: str
    asked: re.Pattern[str]
    said: re.Pattern[str]
    sections: frozenset[str]
    near: frozenset[str]
    """Sections that are looked at without being on the subject as a whole."""
    narrow: bool
    """A sentence that is not on it answers nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart."""

    text: str
    concepts: tuple[Concept, ...]
    words: tuple[frozenset[str], ...]
    """Each word that no concept covers, as its stems in the languages it may be of."""
    literal: frozenset[str] = frozenset()
    """The stems of all that it says, without the words that only ask."""
    named: tuple[Named, ...] = ()
    """Specific things that it names: an answer speaks of each."""

    @property
    def sections(self) -> frozenset[str]:
        """Where a label would tell it."""
        return frozenset(section for concept in self.concepts for section in concept.sections | concept.near)


def take_apart(question: str, names: Sequence[str], vocabulary: frozenset[str]) -> Asked:
    """The needs of a question about the product with those names. A word that stands in no document is mended to the
    one word of `vocabulary` (stems) that is one letter away, if there is one.
    """
    said = flat(question)
    for name in sorted(names, key=len, reverse=True):
        said = re.sub(rf"(?<!\w){re.escape(flat(name))}(?!\w)", " ", said)
    about = tuple(concept for concept in concepts().values() if concept.asked.search(said))
    own = rest(said)
    for concept in about:
        own = _without(concept.asked, own)
    empty = empty_words()
    words: list[frozenset[str]] = []
    for word in re.findall(r"\d+(?:[.,]\d+)*|[^\W_]+", own):
        if word in empty or (len(word) < 3 and not word.isdigit()):  # noqa: PLR2004  "a", "de", "ou"
            continue
        forms = frozenset(query_stems(word))
        if forms and not forms & empty:
            words.append(mended(forms, vocabulary))
    literal = {
        stem for word in re.findall(r"[^\W\d_]{3,}", said) if word not in empty for stem in query_stems(word)
    }
    return Asked(
        question, about, tuple(dict.fromkeys(words)), frozenset(literal - empty), named_in(question, names)
    )


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text without the matches, each taken to the end of its word."""
    for match in reversed(list(pattern.finditer(text))):
        tail = re.match(r"\w*", text[match.end() :])
        text = f"{text[: match.start()]} {text[match.end() + (tail.end() if tail else 0) :]}"
    return text


def mended(forms: frozenset[str], vocabulary: frozenset[str]) -> frozenset[str]:
    """The stems of a word, or the one stem of the vocabulary that is one letter away, where the word stands nowhere."""
    if forms & vocabulary or all(len(form) < _TYPO_FROM for form in forms):
        return forms
    near = {known for known in vocabulary if any(_one_off(form, known) for form in forms)}
    return frozenset(near) if len(near) == 1 else forms


def _one_off(form: str, known: str) -> bool:
    if len(form) < _TYPO_FROM or abs(len(form) - len(known)) > 1:
        return False
    half = len(form) // 2 - 1  # one slip leaves the one or the other half as it was
    return (form[:half] == known[:half] or form[-half:] == known[-half:]) and distance(form, known) <= 1


@cache
def empty_words() -> frozenset[str]:
    """Words that ask and name nothing, and their stems."""
    plain = {flat(word) for text in _EMPTY.values() for word in re.findall(r"\w+", text)}
    return frozenset(plain | {s for language, text in _EMPTY.items() for s in stems(text, language)})


@cache
def concepts() -> Mapping[str, Concept]:
    """The subjects that questions are about, by name."""
    import yaml

    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "concepts.yaml").read_text("utf-8"))
    return {
        name: Concept(
            name,
            _any_of(row["asked"]),
            _any_of(row["said"]),
            frozenset(row.get("sections", ())),
            frozenset(row.get("near", ())),
            bool(row.get("narrow", False)),
        )
        for name, row in data.items()
    }


def _any_of(pattern: str | Sequence[str]) -> re.Pattern[str]:
    """One pattern, or what any of several finds."""
    return re.compile(pattern if isinstance(pattern, str) else "|".join(pattern))
