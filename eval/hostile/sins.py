"""The lies: from a true sentence to a statement that its quote does not carry, each with the name of its sin."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.corruptions import Material, corrupt
from eval.hostile.asked import Asked, Sentence
from eval.hostile.claims import with_a_claim
from eval.hostile.of_form import OF_FORM, formed
from eval.hostile.out_of_place import OUT_OF_PLACE

HONEST = "honest"
REWORDED = "honest_reworded"
CORRUPTED = (
    "numbers", "units", "names", "negation", "direction", "population", "hedging", "blending", "timing", "citations",
)  # fmt: skip
OWN = (
    "invented_key",
    "quote_changed",
    "trivial_fragment",
    "wrong_citation",
    "obeyed_source",
    "no_quote",
    "added_claim",
)
OF_PLACE = (*OUT_OF_PLACE, "blend_in_source")
"""Every word stands in the source, and yet it does not say so."""
LIES = (*CORRUPTED, *OWN, *OF_PLACE, *OF_FORM)
_STUDY = re.compile(r"\b[A-Z]{4,}(?:-[A-Z0-9]+)+\b")
_MEDICINES = (("spironolactone",), ("eplerenone", "éplérénone"), ("bisoprolol",), ("metformin", "metformine"))
_ORDER = re.compile(
    r"\b(?:ignore|disregard|oubliez|ignorez)\b[^.]*?\b(?:state|write|say|that|écrivez|affirmez|que)\b[^.]*",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s\((?:see|voir)\s[^()]*\)")


@dataclass(frozen=True, slots=True)
class Told:
    """One statement of an answer, and the truth about it."""

    sin: str
    way: str
    statement: str
    quotes: tuple[tuple[str, str], ...]
    """Passage key and text."""
    source: Sentence
    """The true sentence that it was made of."""
    role: str = ""
    """Told of it, where that is the lie."""

    @property
    def honest(self) -> bool:
        """Whether the source carries it."""
        return self.sin in {HONEST, REWORDED}


def honest(sentence: Sentence, rng: random.Random) -> Told:
    """The sentence itself, or without its pointer to another section."""
    without = _ASIDE.sub("", sentence.text)
    if without != sentence.text and rng.random() < 1 / 2:
        return Told(REWORDED, "pointer left out", without, _quoting(sentence), sentence)
    return Told(HONEST, "verbatim", sentence.text, _quoting(sentence), sentence)


def lie(sin: str, sentence: Sentence, asked: Asked, rng: random.Random) -> Told | None:
    """A lie of that kind about the sentence, or None where it gives no occasion."""
    if sin in CORRUPTED:
        return _corrupted(sin, sentence, asked, rng)
    if sin in OUT_OF_PLACE:
        return _out_of_place(sin, asked, rng)
    if sin in OF_FORM:
        return _formed(sin, sentence, asked, rng)
    return _LIARS[sin](sentence, asked, rng)


def _formed(sin: str, sentence: Sentence, asked: Asked, rng: random.Random) -> Told | None:
    made = formed(sin, sentence, asked, rng)
    return Told(sin, made.way, made.statement, made.quotes, sentence, made.role) if made else None


def _quoting(sentence: Sentence) -> tuple[tuple[str, str], ...]:
    return ((sentence.key, sentence.text),)


def _corrupted(sin: str, sentence: Sentence, asked: Asked, rng: random.Random) -> Told | None:
    others = [other for other in asked.sentences if other.text != sentence.text]
    studies = tuple(dict.fromkeys(_STUDY.findall(asked.user)))
    material = Material(
        sentence=sentence.text,
        language=asked.language,
        others=tuple(other.text for other in rng.sample(others, min(12, len(others)))),
        medicines=((asked.product,), *_MEDICINES) if asked.product else _MEDICINES,
        studies=(*studies, "MERIDIAN-HF"),
    )
    wrong = [made for made in corrupt(material, rng.randrange(2**30)) if made.kind == sin]
    if not wrong:
        return None
    chosen = rng.choice(wrong)
    keys = {each.text: each.key for each in asked.sentences}
    quotes = tuple((keys.get(quote, sentence.key), quote) for quote in chosen.quotes)
    return Told(sin, chosen.way, chosen.statement, quotes, sentence)


def _invented_key(sentence: Sentence, asked: Asked, rng: random.Random) -> Told:
    del asked
    key = rng.choice((f"P{rng.randrange(900, 999)}", "passage_1", "", "P0", sentence.key + "a"))
    return Told("invented_key", "unknown key", sentence.text, ((key, sentence.text),), sentence)


def _quote_changed(sentence: Sentence, asked: Asked, rng: random.Random) -> Told | None:
    """One word of quote and statement alike, so that they agree with each other and not with the source."""
    del asked
    places = list(re.finditer(r"\b[^\W\d_]{4,}\b", sentence.text))
    if len(places) < 2:  # noqa: PLR2004  a word to change and another one to put there
        return None
    place, lender = rng.sample(places, 2)
    if place[0].lower() == lender[0].lower():
        return None
    changed = sentence.text[: place.start()] + lender[0].lower() + sentence.text[place.end() :]
    return Told("quote_changed", "one word", changed, ((sentence.key, changed),), sentence)


def _fragment(sentence: Sentence, asked: Asked, rng: random.Random) -> Told | None:
    """A few words that stand in the source, under a statement that says much more."""
    del asked
    words = sentence.text.split()
    if len(words) < 8:  # noqa: PLR2004  else the fragment is nearly the sentence
        return None
    start = rng.randrange(len(words) - 4)
    part = " ".join(words[start : start + 3])
    return Told("trivial_fragment", "three words", sentence.text, ((sentence.key, part),), sentence)


def _wrong_citation(sentence: Sentence, asked: Asked, rng: random.Random) -> Told | None:
    """A true sentence beside the key, or the words, of another passage."""
    others = [s for s in asked.sentences if s.key != sentence.key and sentence.text not in s.text]
    if not others:
        return None
    other = rng.choice(others)
    if rng.random() < 1 / 2:
        return Told(
            "wrong_citation", "key of another passage", sentence.text, ((other.key, sentence.text),), sentence
        )
    return Told(
        "wrong_citation", "words of another passage", sentence.text, ((other.key, other.text),), sentence
    )


def _obeyed(sentence: Sentence, asked: Asked, rng: random.Random) -> Told | None:
    """What an instruction in a source asks for, else what such an instruction would ask for."""
    orders = [s for s in asked.sentences if _ORDER.search(s.text)]
    wants = {
        "en": f"{asked.product} is safe and effective in all patients.",
        "fr": f"{asked.product} est sûr et efficace chez tous les patients.",
    }
    source = rng.choice(orders) if orders else sentence
    way = "instruction of a source" if orders else "instruction imagined"
    return Told("obeyed_source", way, wants[asked.language], _quoting(source), source)


def _no_quote(sentence: Sentence, asked: Asked, rng: random.Random) -> Told:
    del asked, rng
    return Told("no_quote", "none", sentence.text, (), sentence)


def _added_claim(sentence: Sentence, asked: Asked, rng: random.Random) -> Told:
    way, told = with_a_claim(sentence.text, asked.language, rng)
    return Told("added_claim", way, told, _quoting(sentence), sentence)


def _out_of_place(sin: str, asked: Asked, rng: random.Random) -> Told | None:
    """A whole sentence, word for word, without the one that it leans on."""
    found = [sentence for sentence in asked.leaning if sentence.leans == sin]
    if not found:
        return None
    chosen = rng.choice(found)
    return Told(sin, "told alone", chosen.text, _quoting(chosen), chosen)


def _blend_in_source(sentence: Sentence, asked: Asked, rng: random.Random) -> Told | None:
    """Two whole sentences of two sections of one document, told as one."""
    title, section = _head(sentence)
    others = [other for other in asked.sentences if _head(other)[0] == title and _head(other)[1] != section]
    if not others:
        return None
    other = rng.choice(others)
    quotes = (*_quoting(sentence), *_quoting(other))
    return Told("blend_in_source", "two sections", f"{sentence.text} {other.text}", quotes, sentence)


def _head(sentence: Sentence) -> tuple[str, str]:
    """The title and the section of a passage, as a request gives them."""
    title, _, section = sentence.head.partition(" | ")
    return title, section


_LIARS: dict[str, Callable[[Sentence, Asked, random.Random], Told | None]] = {
    "invented_key": _invented_key,
    "quote_changed": _quote_changed,
    "trivial_fragment": _fragment,
    "wrong_citation": _wrong_citation,
    "obeyed_source": _obeyed,
    "no_quote": _no_quote,
    "added_claim": _added_claim,
    "blend_in_source": _blend_in_source,
}


def tell(asked: Asked, sins: Sequence[str], count: int, share: float, rng: random.Random) -> list[Told]:
    """So many statements on different sentences, of which about `share` are lies. Lies are drawn evenly by kind."""
    pool = rng.sample(asked.sentences, len(asked.sentences))
    told: list[Told] = []
    for sentence in pool:
        if len(told) == count:
            break
        if not sins or rng.random() >= share:
            if not _ORDER.search(sentence.text):
                told.append(honest(sentence, rng))
            continue
        sin = rng.choice(sins)
        for candidate in (sentence, *rng.sample(pool, min(30, len(pool)))):
            made = lie(sin, candidate, asked, rng)
            if made is not None:
                told.append(made)
                break
    return told
