"""Which of the product's two languages a text is written in, by its small words."""

import re
from collections import Counter
from typing import Literal


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FRENCH = _words(
    "le la les un une des du de et est sont dans pour par avec sur aux au que qui ne pas plus ou où ce cette ces chez "
    "il elle ils elles nous vous leur leurs sans être été ont avoir lors après avant selon entre d l qu n s"
)
_ENGLISH = _words(
    "the of and to in is are was were with for by that this these those from as at be been or not no which has have "
    "had an it its their than after before during between should may can will who when"
)
_OTHERS = (
    _words(
        "der die das und ist nicht mit von den dem ein eine einer zu im auf für sich bei oder nach werden sind wird"
    ),
    _words(
        "el la los las de del que en y un una por con para se al es son no su sus como más o entre este esta fue"
    ),
    _words(
        "il lo la gli le di del della dei delle che e è un una per con non si da al alla nel sono in come più o"
    ),
    _words(
        "o a os as de do da dos das que em e um uma por para com não se no na ao são foi como mais ou entre"
    ),
    _words(
        "de het een en van in is dat op te zijn met voor niet bij aan door werd worden of naar ook deze als"
    ),
    _words(
        "og at det er en til som på med af av ikke der den har i och att är för inte et de fra var eller vid"
    ),
    _words("și de la în a cu pentru este sunt care nu mai din pe un o să se au fost ale sau prin unei"),
)
"""German, Spanish, Italian, Portuguese, Dutch, the Scandinavian languages, Romanian: their small words, too, where they
are also French or English, so that the language with the most of them is the one."""
_OTHER_LETTERS = re.compile(r"[^A-Za-zÀ-ɏ]+")
_LEAST_WORDS = 20
"""Below, a text is too short to be called another language's."""
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
"""Code points that are enough to tell."""


def detect(text: str) -> Literal["fr", "en"] | None:
    """French, English, or None where neither clearly prevails. Looks at a sample from the middle of a long text."""
    words = _sample(text)
    french, english, other = _counts(words)
    if (
        max(french, english) < max(3, 0.08 * len(words))
        or other > max(french, english)
        or _is_not_latin(words)
    ):
        return None
    if french > 1.5 * english:
        return "fr"
    if english > 1.5 * french:
        return "en"
    return None


def is_other(text: str) -> bool:
    """Whether a text is clearly in a language that is neither French nor English."""
    words = _sample(text)
    if _is_not_latin(words):
        return sum(map(len, words)) >= _LEAST_WORDS
    french, english, other = _counts(words)
    return len(words) >= _LEAST_WORDS and other >= 0.12 * len(words) and other > 1.2 * max(french, english)


def _sample(text: str) -> list[str]:
    if len(text) > _SAMPLE:
        middle = (len(text) - _SAMPLE) // 2
        text = text[middle : middle + _SAMPLE]
    return [word.lower() for word in _WORD.findall(text)]


def _counts(words: list[str]) -> tuple[int, int, int]:
    """How many words are small words of French, of English, and of the other language that has the most."""
    # Single letters count for nobody else: they mark lists, and stand alone in words that are set wide.
    counts = Counter(word for word in words if len(word) > 1 or word in _FRENCH)
    french, english, *others = (
        sum(counts[word] for word in counts.keys() & small) for small in (_FRENCH, _ENGLISH, *_OTHERS)
    )
    return french, english, max(others)


def _is_not_latin(words: list[str]) -> bool:
    """Whether most letters are of another script, such as Hangul, Chinese, Arabic or Cyrillic."""
    letters = "".join(words)
    return len(_OTHER_LETTERS.sub("", letters)) < 0.5 * len(letters)
