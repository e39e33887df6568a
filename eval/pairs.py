"""The files of `eval/adversarial`: quotes, and statements beside them that are right or wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from guardrails.model import Language

SHIPPED = Path(__file__).parent / "adversarial"
_OTHER: Mapping[Language, Language] = {"fr": "en", "en": "fr"}
Side = Literal["right", "wrong"]
_SIDES: tuple[Side, Side] = ("right", "wrong")


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement beside its quotes, and which it is."""

    entry: int
    """The number of its entry in the file: the statements of one entry share their quotes."""
    kind: str
    side: Side
    language: Language
    statement: str
    quotes: Sequence[str]
    quote_language: Language


def pairs(file: Path) -> Iterator[Pair]:
    """All statements of a file. Its language is in its name (`…fr.yaml`), in `language`, or English.

    A statement may be a mapping of `text`, its own `kind`, and `say` where it is not in the quote's language. An entry of
    one `statement` says whether it is `right`; of two languages it names the quote's beside `say`, or `quote_language`.
    """
    named: Language = "fr" if file.stem.endswith("fr") else "en"
    for number, entry in enumerate(yaml.safe_load(file.read_text("utf-8"))):
        if "statement" in entry:
            yield _single(number, entry, file.stem)
        else:
            yield from _several(number, entry, entry.get("language") or named)


def _single(number: int, entry: Mapping[str, Any], kind: str) -> Pair:
    named: Language = entry["language"]
    said: Language = entry.get("say") or named
    side: Side = "right" if entry["right"] else "wrong"
    quoted: Language = entry.get("quote_language") or named
    return Pair(number, kind, side, said, entry["statement"], [entry["quote"]], quoted)


def _several(number: int, entry: Mapping[str, Any], named: Language) -> Iterator[Pair]:
    language: Language = entry.get("say") or named
    quoted: Language = _OTHER[language] if "say" in entry else language
    quotes = entry.get("quotes") or [entry["quote"]]
    for side in _SIDES:
        for told in entry.get(side, ()):
            item = told if isinstance(told, dict) else {"text": told}
            said: Language = item.get("say") or language
            kind = item.get("kind") or entry["kind"]
            yield Pair(number, kind, side, said, item["text"], quotes, quoted)
