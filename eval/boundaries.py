"""Sentence boundaries that people marked, and how many of them the splitter sets as they did."""

from dataclasses import dataclass
from pathlib import Path

from eval.facts import FOLDER
from ingestion.sentences import Language, split

MARK = "¦"
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, its language, and the offsets at which sentences end inside it."""

    text: str
    language: Language
    ends: frozenset[int]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """What the splitter makes of a marked text. A boundary that either side has counts once."""

    right: int
    missed: tuple[str, ...]
    invented: tuple[str, ...]
    """The words around each boundary that is wrong."""

    @property
    def all(self) -> int:
        """How many boundaries were judged."""
        return self.right + len(self.missed) + len(self.invented)


def load_marked(language: Language, folder: Path = FOLDER / "sentences") -> list[Marked]:
    """The marked texts of a language: blocks between empty lines of `<language>.txt`."""
    path = folder / f"{language}.txt"
    blocks = path.read_text(encoding="utf-8").split("\n\n") if path.is_file() else []
    return [_marked(block, language) for block in blocks if block.strip()]


def judge(marked: Marked) -> Boundaries:
    """Compare the splitter's boundaries inside the text with those that were marked."""
    found = {end for _, end in split(marked.text, marked.language)} - {len(marked.text)}
    return Boundaries(
        len(found & marked.ends),
        tuple(_around(marked.text, end) for end in sorted(marked.ends - found)),
        tuple(_around(marked.text, end) for end in sorted(found - marked.ends)),
    )


def _marked(block: str, language: Language) -> Marked:
    sentences = [" ".join(part.split()) for part in block.split(MARK)]
    text = " ".join(sentences)
    ends, at = set(), 0
    for sentence in sentences[:-1]:
        at += len(sentence)
        ends.add(at)
        at += 1
    return Marked(text, language, frozenset(ends))


def _around(text: str, end: int) -> str:
    return f"{text[max(0, end - 30) : end]} {MARK} {text[end : end + 30].strip()}"
