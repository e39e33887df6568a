"""Lies of form: the words are the source's, and what a reader would see, follow or take them for is not.

Written apart from the checks: none of their patterns is shared with them.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from eval.hostile.asked import Asked, Sentence

OF_FORM = ("added_citation", "unseen_sign", "markup", "wrong_heading")
_LONGEST = 280
"""Characters: what is refused for its form is shown to the writer cut at 300."""
_MARKS = (
    ' (<a href="https://shop.example">more</a>)',
    " ([more](https://shop.example))",
    "<!-- not -->",
    " <script>run()</script>",
)
_CYRILLIC = {"a": "\u0430", "e": "\u0435", "o": "\u043e"}
_ABOUT_FORBIDDING = re.compile(r"contr[ae]|must not|ne doi(?:t|vent) pas|interdi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Formed:
    """What is told, before it has a name."""

    way: str
    statement: str
    quotes: tuple[tuple[str, str], ...]
    role: str = ""
    """Told of the statement, where that is the lie."""


def formed(sin: str, sentence: Sentence, asked: Asked, rng: random.Random) -> Formed | None:
    """A lie of that form about the sentence, or None where it gives no occasion."""
    return _FORMS[sin](sentence, asked, rng) if len(sentence.text) <= _LONGEST else None


def _added_citation(sentence: Sentence, asked: Asked, rng: random.Random) -> Formed | None:
    """The sentence's own quote, and one that has nothing to do with it."""
    others = [s for s in asked.sentences if s.key != sentence.key and sentence.text not in s.text]
    if not others:
        return None
    other = rng.choice(others)
    quotes = [(sentence.key, sentence.text), (other.key, other.text)]
    rng.shuffle(quotes)
    return Formed("a second quote", sentence.text, tuple(quotes))


def _unseen_sign(sentence: Sentence, asked: Asked, rng: random.Random) -> Formed | None:
    """A figure that shows as another one, or a letter of another alphabet in a word."""
    del asked
    figures = [m for m in re.finditer(r"(?<![\d.,])\d{2,}(?![\d.,])", sentence.text) if len(set(m[0])) > 1]
    if figures and rng.random() < 2 / 3:
        at = rng.choice(figures)
        way, made = rng.choice((
            ("turned about", f"\u202e{at[0]}\u202c"),
            ("joined to a nought", f"{at[0]}\u200d0"),
            ("struck through", f"{at[0]}\u0336"),
        ))  # fmt: skip
        return _put(sentence, at, way, made)
    letters = list(re.finditer(r"(?<=[a-z])[aeo](?=[a-z])", sentence.text))
    if not letters:
        return None
    at = rng.choice(letters)
    return _put(sentence, at, "letter of another alphabet", _CYRILLIC[at[0]])


def _put(sentence: Sentence, at: re.Match[str], way: str, made: str) -> Formed:
    text = sentence.text[: at.start()] + made + sentence.text[at.end() :]
    return Formed(way, text, ((sentence.key, sentence.text),))


def _markup(sentence: Sentence, asked: Asked, rng: random.Random) -> Formed:
    """A link, a comment or a script before the full stop."""
    del asked
    mark = rng.choice(_MARKS)
    return Formed(mark.strip(), f"{sentence.text[:-1]}{mark}.", ((sentence.key, sentence.text),))


def _wrong_heading(sentence: Sentence, asked: Asked, rng: random.Random) -> Formed | None:
    """What forbids nothing, to be set under the heading of the contraindications."""
    del asked, rng
    if _ABOUT_FORBIDDING.search(f"{sentence.head} {sentence.text}") or re.search(r"\b4\.3\b", sentence.head):
        return None
    quotes = ((sentence.key, sentence.text),)
    return Formed("as a contraindication", sentence.text, quotes, "contraindication")


_FORMS: dict[str, Callable[[Sentence, Asked, random.Random], Formed | None]] = {
    "added_citation": _added_citation,
    "unseen_sign": _unseen_sign,
    "markup": _markup,
    "wrong_heading": _wrong_heading,
}
