"""The words of the webinar, read from the text files beside this module.

A text file holds chapters (`== 7` for slide 7, `== Q` for the questions) of turns (`Name: what is said`).
"""

from dataclasses import dataclass
from pathlib import Path

from eval.sample.deck.content import load as load_deck
from eval.sample.typography import polish

_QUESTIONS = "Q"
_TITLES = {
    "en": (
        "Webinar on Velmora (cardorelone), 18 March 2025",
        "Slide {number}: {title}",
        "Live questions and answers",
    ),
    "fr": (
        "Webinaire sur Velmora (cardorélone), 18 mars 2025",
        "Diapositive {number} : {title}",
        "Questions et réponses en direct",
    ),
}
_FICTITIOUS = {
    "en": "Fictitious document written as a software sample: the medicine, the trial and the speakers do not exist.",
    "fr": (
        "Document fictif rédigé comme exemple pour un logiciel : "
        "le médicament, l'étude et les orateurs n'existent pas."
    ),
}
_SPEAKERS = {
    "en": {
        "Kervran": "Prof. Odile Kervran",
        "Lindqvist": "Dr Matteo Lindqvist",
        "Bonnefoy": "Dr Aïssa Bonnefoy",
    },
    "fr": {
        "Kervran": "Pr Odile Kervran",
        "Lindqvist": "Dr Matteo Lindqvist",
        "Bonnefoy": "Dr Aïssa Bonnefoy",
    },
}


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says before the next one speaks or goes on with a new paragraph."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The turns over one slide; `slide` is its number in the deck, or None for the questions."""

    slide: int | None
    title: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Webinar:
    """A webinar in one language; `remark` says that everything in it is fictitious."""

    language: str
    title: str
    remark: str
    chapters: tuple[Chapter, ...]


def load(language: str) -> Webinar:
    """Return the webinar in `language` ("en" or "fr"), its chapters named after the slides of the deck."""
    raw = (Path(__file__).parent / f"{language}.txt").read_text(encoding="utf-8")
    parts = polish(raw, language).split("== ")[1:]
    slide_titles = [slide.title for slide in load_deck(language).slides]
    return Webinar(
        language,
        _TITLES[language][0],
        polish(_FICTITIOUS[language], language),
        tuple(_chapter(part, language, slide_titles) for part in parts),
    )


def _chapter(part: str, language: str, slide_titles: list[str]) -> Chapter:
    mark, *lines = part.strip().split("\n")
    turns = tuple(_turn(line, language) for line in lines)
    _, slide_form, questions = _TITLES[language]
    if mark == _QUESTIONS:
        return Chapter(None, questions, turns)
    number = int(mark)
    title = slide_form.format(number=number, title=slide_titles[number - 1])
    return Chapter(number, polish(title, language), turns)


def _turn(line: str, language: str) -> Turn:
    name, text = line.split(": ", 1)
    return Turn(_SPEAKERS[language][name], text)
