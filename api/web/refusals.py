"""A refusal in the reader's language.

Refusals are written in English where they are raised, as sentences with values in them. `refusals.po` holds those
sentences with numbered holes, "{0} may not {1}."; the sentence that fits gives its French and the values for it. A hole
that names a group of words, "{1:market}", holds codes of that group. The English catalogue holds only those sentences
that say on a page something else than in a shell, where whoever reads them has typed the ids and codes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.messages.pofile import read_po

from api.web.language import LOCALE_DIRECTORY
from api.web.words import word
from assistant.content.view import rejected_json
from ingestion.errors import AncrageError

_HOLE = re.compile(r"\{(\d+)(?::([a-z_]+))?\}")
_ID = re.compile(r" (?:\([a-z]+_[0-9a-f]{16}\)|[a-z]+_[0-9a-f]{16}\b)")
"""What no page shows its readers: "The piece piece_3f… is approved" is the piece that they have before them."""
_BETWEEN = re.compile(r", | or ")
_ITEMS = "; "
"""Between the items of a value that is a list."""
_ITEMS_IN = {"fr": "\N{NO-BREAK SPACE}; "}
_SENTENCE = re.compile(r"[^.;]*(?:[.;](?!\s)[^.;]*)*[.;]?\s*")
_LISTING = re.compile(r"`ancrage [a-z ]*(?:list|show|add|update)`")
"""A command that does what a page does too."""


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
    rejected: Sequence[Mapping[str, Any]] = ()
    """Of a draft of which nothing stands: what was proposed, and why not."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    pattern: re.Pattern[str]
    translation: str
    weight: int


def in_language(error: AncrageError, language: str) -> Refusal:
    """Say it in the language."""
    ours = _our_words(error, language)
    findings = _findings(error.params.get("findings"), language)
    # a list of findings follows below: the sentence that tells them for a shell would say each twice
    first, told_again, _ = error.message.partition(f" {findings[0][0]}: ") if findings else ("", "", "")
    message, known = translated(first if told_again else error.message, language, ours)
    advice, advice_known = translated(error.help, language, ours)
    advice = _without_commands(advice)
    return Refusal(
        code=error.code,
        message=_ID.sub("", message),
        help=_ID.sub("", advice),
        retry=error.retry,
        findings=findings,
        foreign=not (known and advice_known),
        field=str(error.params.get("field", "")),
        rejected=_rejected(error.params.get("rejected"), language),
    )


def without_ids(text: str) -> str:
    """A sentence as a page says it: no reader knows the ids in it."""
    return _ID.sub("", text)


def _without_commands(advice: str) -> str:
    """Who reads a page has no shell: what only names a command that lists or adds is left out."""
    if not _LISTING.search(advice):
        return advice
    kept = "".join(part for part in _SENTENCE.findall(advice) if not _LISTING.search(part)).strip()
    return f"{kept[:-1]}." if kept.endswith(";") else kept


def _our_words(error: AncrageError, language: str) -> dict[str, str]:
    """What the refusal's codes are called: the act that it forbids, and the roles that it names."""
    act, roles = error.params.get("act"), error.params.get("roles")
    found = {act.replace("_", " "): word("permission", act, language)} if isinstance(act, str) else {}
    if isinstance(roles, list | tuple):
        roles = ", ".join(map(str, roles))
    if isinstance(roles, str) and roles:
        found[roles] = ", ".join(word("role", code, language) for code in _BETWEEN.split(roles))
    return found


def translated(text: str, language: str, ours: Mapping[str, str] | None = None) -> tuple[str, bool]:
    """The sentence in the language, and whether it was found there; English is what was raised but for a few.

    `ours` are codes that the sentence may end with or have as a value, and what they are called.
    """
    if not text:
        return text, True
    for sentence in _sentences(language):
        match = sentence.pattern.fullmatch(text)
        if match:
            return _filled(sentence.translation, match.groupdict(), language, ours or {}), True
    if language == "en":
        for code, name in (ours or {}).items():
            if text.endswith(f" {code}."):
                return f"{text.removesuffix(f'{code}.')}{name}.", True
    return text, language == "en"


def _filled(translation: str, values: dict[str, str], language: str, ours: Mapping[str, str]) -> str:
    """Values that are words of ours are said in the language too."""

    def said(hole: re.Match[str]) -> str:
        value = values.get(f"v{hole[1]}", "")
        if hole[2]:
            return ", ".join(word(hole[2], code, language) for code in _BETWEEN.split(value))
        return ours.get(value) or _listed(value, language)

    return _HOLE.sub(said, translation)


def _listed(value: str, language: str) -> str:
    """A value, or each item of one that is a list of sentences: as a whole it would be read as one of them."""
    items = [translated(item, language) for item in value.split(_ITEMS)]
    if all(known for _, known in items):
        return _ITEMS_IN.get(language, _ITEMS).join(item for item, _ in items)
    return translated(value, language)[0]


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


def _rejected(found: Any, language: str) -> list[Mapping[str, Any]]:
    return [rejected_json(item, language) for item in found] if isinstance(found, list | tuple) else []


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
