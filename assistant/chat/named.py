"""Specific things that a question names, of which an answer has to speak: another medicine, a food, an act upon the form, a test.

What is near is no answer: that a tablet may be cut says nothing of crushing it, and what rifampicin does tells nobody who
asks about St John's wort that the source does not name it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.chat.wording import flat
from assistant.retrieval.shorthand import classes_of, otherwise
from assistant.store.words import query_stems, stems
from guardrails.names import looks_like_medicine
from guardrails.things import things

_OF_THINGS = frozenset({"class of medicines"})
_SHORTEST = 5
"""Letters of the shortest word that is taken for a medicine by how it ends."""
_EXAMPLES = re.compile(
    r"\([^)]*\)|\b(?:such as|like|including|e\.g\.|for example|tels? que|telles? que|comme|par exemple|notamment|dont)\b[^.;]*"
)
"""“Strong inhibitors (such as …) must not be used” is told of the class, whatever it gives for examples."""
_PARTS = re.compile(r"\n|;|(?<=[.])\s")
"""Items of a list and sentences: a class is told of in one, whatever medicines the others name."""
_IS_ONE = re.compile(
    r"\b(?:is|are|was|as|est|sont|comme) (?:(?:also|itself|both|known as|aussi|egalement|lui-meme) )?(?:an?|une?) [^.;,\n]*"
)
_NEAR_THE_FORM = 45
"""Letters between an act and the form that it is done to."""

Form = frozenset[str]
"""A way to say something, as all of its stems."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text that may answer, with the headings above it: flat, and as stems."""

    text: str
    above: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that the question names."""

    name: str
    forms: frozenset[Form] = frozenset()
    classes: frozenset[Form] = frozenset()
    """Of a medicine, what its class is called."""
    act: str = ""
    thing: str = ""
    written: frozenset[str] = frozenset()
    """Its names as they are written, flat."""

    @property
    def words(self) -> frozenset[str]:
        """The single words that it is called by."""
        return frozenset({self.name} | {text for text in self.written if text.isalpha()})

    def told_in(self, told: Told, own: frozenset[str] = frozenset(), *, by_class: bool = True) -> bool:
        """Whether the text speaks of it, by any of its names or, unless not `by_class`, by its class; `own` are the document's own medicines."""
        if self.act:
            whole = self.act in _table()["whole_answers"] and _whole().search(told.text)
            return bool(
                whole or _said(self.act).search(told.text) or _said_of_form(self.act).search(told.text)
            )
        if any(form <= told.stems for form in self.forms):
            return True
        if self.thing and self.thing in _things(f"{told.above} {told.text}"):
            return True
        return by_class and self._told_of_its_class(told, own)

    def _told_of_its_class(self, told: Told, own: frozenset[str]) -> bool:
        """Whether the text tells of the class as such: of no other member of it, nor that the medicine itself is one."""
        if not any(form <= told.stems for form in self.classes):
            return False
        text = _EXAMPLES.sub(" ", _IS_ONE.sub(" ", told.text))
        return any(self._is_class_of(part, told, own) for part in _PARTS.split(text))

    def _is_class_of(self, part: str, told: Told, own: frozenset[str]) -> bool:
        held = frozenset().union(*(stems(f"{part} {told.above}", language) for language in ("en", "fr")))
        return any(form <= held for form in self.classes) and medicines_in(part) <= own


def named_in(question: str, names: Sequence[str]) -> tuple[Named, ...]:
    """What the question names of the kind, but for the product with those names."""
    said = flat(question)
    for name in sorted(names, key=len, reverse=True):
        said = re.sub(rf"(?<!\w){re.escape(flat(name))}(?!\w)", " ", said)
    listed = tuple(_listed(said))
    medicines = [one for one in _medicines(said) if not any(one.forms & other.forms for other in listed)]
    return tuple(dict.fromkeys((*_acts(said), *medicines, *listed, *_classes(said))))


def medicines_in(text: str) -> frozenset[str]:
    """The words of a text that are names of medicines, flat."""
    return frozenset(word for word in re.findall(r"[^\W\d_]+", flat(text)) if _is_medicine(word))


def _acts(said: str) -> Iterator[Named]:
    for act, row in _table()["acts"].items():
        plain, beside = row.get("asked"), row.get("asked_of")
        if (plain and re.search(plain, said)) or (beside and re.search(_near_the_form(beside), said)):
            yield Named(act, act=act)


def _medicines(said: str) -> Iterator[Named]:
    other, classes = otherwise(said), classes_of(said)
    for word in dict.fromkeys(re.findall(r"[^\W\d_]+", said)):
        if not _is_medicine(word):
            continue
        texts = [*other.get(word, ()), *(text for text in classes.get(word, ()) if looks_like_medicine(text))]
        of_class = [text for text in classes.get(word, ()) if not looks_like_medicine(text)]
        own = {frozenset({stem}) for stem in query_stems(word)}
        yield Named(
            word, frozenset(own) | _forms(texts), _forms(of_class), written=frozenset(map(flat, texts))
        )


def _listed(said: str) -> Iterator[Named]:
    """Each substance or test once, by the row that it stands in; of two names at one place the longer: "milk sugar"."""
    rows = [*_table()["substances"], *_table()["tests"]]
    forms = sorted(((_words_only(form), at) for at, row in enumerate(rows) for form in row), key=_longest)
    words = f" {_words_only(said)} "
    found: dict[int, str] = {}
    for form, at in forms:
        if f" {form} " in words:
            words = words.replace(f" {form} ", "  ")
            found.setdefault(at, form)
    for at in sorted(found):
        apart = _table()["not_beside"].get(str(rows[at][0]))
        if apart and re.search(apart, said):
            continue
        classes = [text for texts in classes_of(found[at]).values() for text in texts]
        yield Named(str(rows[at][0]), _forms(rows[at]), _forms(classes))


def _longest(form: tuple[str, int]) -> tuple[int, str, int]:
    return -len(form[0]), *form


def _classes(said: str) -> Iterator[Named]:
    for name in dict.fromkeys(_things(said)):
        yield Named(name, thing=name)


def _things(text: str) -> tuple[str, ...]:
    return tuple(thing.name for thing in things(text) if thing.kind in _OF_THINGS)


def _is_medicine(word: str) -> bool:
    if len(word) < _SHORTEST or _things(word):  # "SSRIs" is a class
        return False
    return looks_like_medicine(word) or word in classes_of(word)


def _forms(texts: Sequence[str]) -> frozenset[Form]:
    found = {frozenset(stems(text, language)) for text in texts for language in ("en", "fr")}
    return frozenset(form for form in found if form)


def _words_only(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", flat(text)))


def _near_the_form(pattern: str) -> str:
    form = rf"\b{_table()['form']}\b"
    return rf"(?:{pattern}).{{0,{_NEAR_THE_FORM}}}{form}|{form}.{{0,{_NEAR_THE_FORM}}}(?:{pattern})"


@cache
def _said(act: str) -> re.Pattern[str]:
    row: Mapping[str, str] = _table()["acts"][act]
    return re.compile(row.get("said") or row["asked"])


@cache
def _said_of_form(act: str) -> re.Pattern[str]:
    """What says it beside the form alone: “after the bottle is opened” says nothing of opening a capsule."""
    pattern = _table()["acts"][act].get("said_of")
    return re.compile(_near_the_form(pattern) if pattern else r"(?!)")


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(_table()["whole"])


@cache
def _table() -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "named.yaml").read_text("utf-8"))
    return found
