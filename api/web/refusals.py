"""A refusal in the reader's language.

Refusals are written in English where they are raised, as sentences with values in them. `refusals.po` holds those
sentences with numbered holes, "{0} may not {1}."; the sentence that fits gives its French and the values for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.messages.pofile import read_po

from api.web.language import LOCALE_DIRECTORY
from ingestion.errors import AncrageError

_HOLE = re.compile(r"\{(\d+)\}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a page says of a refusal."""

    code: str
    message: str
    help: str
    retry: bool
    findings: Sequence[tuple[str, str]]
    """(rule, message) of what stops a step."""
    foreign: bool
    """The sentence could not be put into the reader's language: it stands in English and is marked so."""
    field: str
    """The form's field that it speaks of, if the raiser named one."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    pattern: re.Pattern[str]
    translation: str
    weight: int


def in_language(error: AncrageError, language: str) -> Refusal:
    """Say it in the language."""
    message, known = translated(error.message, language)
    advice, advice_known = translated(error.help, language)
    return Refusal(
        code=error.code,
        message=message,
        help=advice,
        retry=error.retry,
        findings=_findings(error.params.get("findings"), language),
        foreign=not (known and advice_known),
        field=str(error.params.get("field", "")),
    )


def translated(text: str, language: str) -> tuple[str, bool]:
    """The sentence in the language, and whether it was found there; English needs no finding."""
    if language == "en" or not text:
        return text, True
    for sentence in _sentences(language):
        match = sentence.pattern.fullmatch(text)
        if match:
            return _filled(sentence.translation, match.groupdict(), language), True
    return text, False


def _filled(translation: str, values: dict[str, str], language: str) -> str:
    """Values that are words of ours are said in the language too."""
    return _HOLE.sub(lambda hole: translated(values.get(f"v{hole[1]}", ""), language)[0], translation)


@cache
def _sentences(language: str) -> tuple[_Sentence, ...]:
    """The most literal first, so that a sentence that is nearly all holes does not swallow another."""
    with (LOCALE_DIRECTORY / language / "LC_MESSAGES" / "refusals.po").open("rb") as file:
        messages = [(str(m.id), str(m.string)) for m in read_po(file, locale=language) if m.id and m.string]
    found = [_Sentence(_pattern(source), text, weight(source)) for source, text in messages]
    return tuple(sorted(found, key=lambda sentence: -sentence.weight))


def weight(source: str) -> int:
    """How many characters of a sentence are not holes."""
    return len(_HOLE.sub("", source))


def _pattern(source: str) -> re.Pattern[str]:
    parts: list[str] = []
    end = 0
    for hole in _HOLE.finditer(source):
        parts += [re.escape(source[end : hole.start()]), f"(?P<v{hole[1]}>.*?)"]
        end = hole.end()
    return re.compile("".join([*parts, re.escape(source[end:])]), re.DOTALL)


def _findings(found: Any, language: str) -> list[tuple[str, str]]:
    if not isinstance(found, list | tuple):
        return []
    said: list[tuple[str, str]] = []
    for item in found:
        if isinstance(item, dict):
            said.append((str(item.get("rule", "")), str(item.get("message", ""))))
        elif hasattr(item, "message"):
            said.append((item.rule, item.message(language)))
        else:
            said.append(("", str(item)))
    return said
