"""What a signature means, told to a reader in another language than it was signed in.

What is stored, hashed and verified stays as it was signed; only what the product itself proposes is known here.
"""

from collections.abc import Mapping
from itertools import product

ENGLISH, FRENCH = "en", "fr"
_Words = Mapping[str, str]
APPROVAL: _Words = {ENGLISH: "approval", FRENCH: "approbation"}
CONFIRMATION: _Words = {
    ENGLISH: "confirmation that the content stands in the newer version",
    FRENCH: "confirmation que le contenu tient dans la nouvelle version",
}
SIGNERS: Mapping[str, _Words] = {
    "medical": {ENGLISH: "Medical reviewer", FRENCH: "Relecteur médical"},
    "legal": {ENGLISH: "Legal reviewer", FRENCH: "Relecteur juridique"},
    "regulatory": {ENGLISH: "Regulatory reviewer", FRENCH: "Relecteur réglementaire"},
    "pharmacist": {ENGLISH: "Responsible pharmacist", FRENCH: "Pharmacien responsable"},
}
_COLON = {ENGLISH: ":", FRENCH: "\N{NO-BREAK SPACE}:"}


def meaning_in(meaning: str, language: str) -> str:
    """The meaning in that language, where it is one that the product proposes; what people wrote themselves as it is."""
    known = _KNOWN.get(_key(meaning), {})
    return known.get(language, meaning) if _key(known.get(language, "")) != _key(meaning) else meaning


def _key(meaning: str) -> str:
    """Typography aside: what was typed is stored with plain spaces."""
    return " ".join(meaning.split()).replace(" :", ":").casefold()


def _by_role(signer: _Words) -> _Words:
    return {language: f"{who}{_COLON[language]} {APPROVAL[language]}" for language, who in signer.items()}


_PROPOSED = (APPROVAL, CONFIRMATION, *map(_by_role, SIGNERS.values()))
_KNOWN: Mapping[str, _Words] = {
    _key(words[language]): words for words, language in product(_PROPOSED, (ENGLISH, FRENCH))
}
