"""The stems of a text, by which it is found: the same in a document and in a question."""

import re
import threading
import unicodedata
from functools import cache, lru_cache
from typing import Any

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_RUN = re.compile(r"\d+|[^\W\d_]+")

# Words that carry no subject. Negations, comparatives and units stay: they carry meaning in a label.
_STOP_EN = """
a about also am an and are as at be because been being both but by can could did do does doing each for
from had has have having he her here hers him his how i if in into is it its itself let me my of off on
once or other our ours own s she should so some such t than that the their theirs them then there these
they this those to too was we were what when where which while who whom why will with would you your
"""
_STOP_FR = """
a ai ait as au aura aux avaient avait avec avez avons c ce cela celle celles celui ces cet cette ceux
chez ci comme d dans de des dont du elle elles en es est et eu eux furent fut ici il ils j je l la le
les leur leurs lors lui m ma mais me mes mon n ni nos notre nous on ont ou où par pour puis qu quand que
quel quelle quelles quels qui quoi s sa se sera seront ses si soit son sont sur t ta te tel telle telles
tels tes toi ton tu un une vos votre vous y à été être était étaient
afin alors aussi combien comment donc fait faire fais faut faudrait font laquelle lequel lesquelles
lesquels peut peuvent peux pourquoi pourrait pourraient pouvez pouvons seraient serait soient sommes êtes
"""
_STOP = {"en": frozenset(_STOP_EN.split()), "fr": frozenset(_STOP_FR.split())}


def fold_accents(word: str) -> str:
    """Lower case, without accents or compatibility forms. For search only, never for comparing quotes."""
    decomposed = word
    for _ in range(2):  # a compatibility form may decompose into capitals, and a small letter into marks
        decomposed = unicodedata.normalize("NFKD", decomposed).casefold()
    return "".join(c for c in decomposed if c.isalnum() or c == ".")


@cache
def _plain_stop_words() -> frozenset[str]:
    return frozenset(fold_accents(word) for words in _STOP.values() for word in words)


def is_stop_word(word: str) -> bool:
    """Whether a word without accents carries no subject in either language."""
    return word in _plain_stop_words()


class _Stemmers(threading.local):
    """A stemmer of each language for each thread: one keeps the word that it works on, and two at once mix them."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def stem(self, word: str, language: str) -> str:
        if language not in self._known:
            import snowballstemmer

            self._known[language] = snowballstemmer.stemmer({"fr": "french", "en": "english"}[language])
        return str(self._known[language].stemWord(word))


_STEMMERS = _Stemmers()


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    """The stem of one word, or an empty string for a stop word."""
    if word[0].isdigit():
        return fold_accents(word.replace(",", "."))
    lower = word.casefold()
    if lower in _STOP[language]:
        return ""
    return fold_accents(_STEMMERS.stem(lower, language))


def words_of(text: str) -> list[str]:
    """The words of a text as they stand, in its order; "12,5" is one."""
    return _WORD.findall(text)


def stems(words: str, language: str | None) -> list[str]:
    """The stems of a text in its order, stop words left out; "12,5" and "12.5" are one token.

    `language` is "fr" or "en"; anything else is taken as English.
    """
    known = "fr" if language == "fr" else "en"
    return [
        stem for word in _WORD.findall(unicodedata.normalize("NFC", words)) if (stem := _stem(word, known))
    ]


def pieces(words: str) -> list[str]:
    """The runs of letters and of digits of every word that mixes them, in its order: "il" and "6" of IL6.

    Beside the stem of the word, so that IL6 and IL-6, or 10mg and 10 mg, find each other.
    """
    mixed = (_RUN.findall(word) for word in _WORD.findall(unicodedata.normalize("NFC", words)))
    return [
        fold_accents(run)
        for runs in mixed
        if any(run.isalpha() for run in runs) and len(runs) > 1
        for run in runs
    ]


def word_forms(query: str, language: str | None = None) -> list[frozenset[str]]:
    """The stems of each distinct word of a query, in the languages of `query_stems`: any of them stands for the word."""
    languages = (language,) if language else ("fr", "en")
    forms = (frozenset(_stem(word, x) for x in languages) for word in _words(query, languages))
    return list(dict.fromkeys(forms))


def query_stems(query: str, language: str | None = None) -> list[str]:
    """The distinct stems of a query; of both languages where none is named, since a term may stand in either."""
    languages = (language,) if language else ("fr", "en")
    return list(dict.fromkeys(_stem(word, known) for word in _words(query, languages) for known in languages))


def _words(query: str, languages: tuple[str, ...]) -> list[str]:
    """The words of a query. A stop word of one language is left out altogether: "les", "the" find nothing worth reading."""
    found = _WORD.findall(unicodedata.normalize("NFC", query))
    return [word for word in found if all(_stem(word, language) for language in languages)]
