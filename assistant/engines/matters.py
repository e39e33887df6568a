"""A topic that names a matter that every source tells of, "efficacy and safety", and no subject of its own.

Papers and decks tell their results and harms without such words: these are known by what a sentence tells, not by the words it carries.
A label has its sections for them.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.engines.protocol import Role
from assistant.store.words import fold_accents, stems

_HARMS = re.compile(
    r"\b(?:safety|tolerab\w+|(?:adverse|side|undesirable|unwanted)[ -](?:event|reaction|effect|experience)s?|harms?|securite|"
    r"tolerance|(?:effets?|evenements?|reactions?) (?:indesirables?|secondaires?))\b"
)
_FOUND = re.compile(
    r"\b(?:efficac\w+|effective\w*|benefits?|(?:treatment )?effects?|results?|outcomes?|findings?|benefices?|resultats?|effets?|"
    r"apports?)\b"
)
_DESIGN = re.compile(
    r"\b(?:(?:study |trial )?design|methods?|methodology|study population|schema(?: de (?:l'|la )?(?:etude|essai))?|methodes?|"
    r"methodologie|population (?:etudiee|de l'(?:etude|essai)))\b"
)
_CONCLUSIONS = re.compile(r"\b(?:conclusions?|take[ -]home messages?|messages? cles?)\b")
_MATTERS: tuple[tuple[re.Pattern[str], frozenset[Role]], ...] = (
    # In this order: the effects of "side effects" are none that were looked for.
    (_HARMS, frozenset({"contraindication", "warning", "adverse_reaction"})),
    (_FOUND, frozenset({"result", "conclusion"})),
    (_DESIGN, frozenset({"design"})),
    (_CONCLUSIONS, frozenset({"conclusion"})),
)
_BESIDE = re.compile(
    r"clinical|cliniques?|key|main|overall|overview|summary|data|profiles?|profil|stud(?:y|ies)|trials?|etudes?|essais?|donnees|"
    r"principa\w+|synthese|points?|cles?|facts?|evidence"
)
"""Words that say nothing of what is asked for beside one that does."""
_WORD = re.compile(r"[^\W_][\w']*")
_LANGUAGES = ("en", "fr")


def matters_of(topic: str, names: Iterable[str]) -> frozenset[Role]:
    """What the sentences tell that it asks for; empty where it names a subject, too. The medicine's `names` are none."""
    left = without_names(topic, names)
    found: set[Role] = set()
    for words, roles in _MATTERS:
        left, count = words.subn(" ", left)
        found |= roles if count else set()
    return frozenset(found) if _names_no_subject(_WORD.findall(left)) else frozenset()


def without_names(topic: str, names: Iterable[str]) -> str:
    """The topic in small letters without accents, and without the medicine, which every sentence may name."""
    left = _plain(topic)
    for name in filter(None, names):
        left = left.replace(_plain(name), " ")
    return left


def asks_for_all(matters: frozenset[Role]) -> bool:
    """Whether what was found is asked for: a piece tells that with who was studied, and with what harms."""
    return "result" in matters


def _plain(text: str) -> str:
    return _WORD.sub(lambda word: "'".join(map(fold_accents, word[0].split("'"))), text.replace("’", "'"))


def _names_no_subject(words: Sequence[str]) -> bool:
    spoken = [word.rpartition("'")[2] for word in words]
    return all(
        _BESIDE.fullmatch(word) or not all(stems(word, language) for language in _LANGUAGES)
        for word in spoken
    )
