"""A model's answer, from text to the contract's parts: what has the wrong shape is set aside, not the whole answer."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from assistant.engines.model_errors import UNPRINTABLE, short
from assistant.engines.shown import seen, unfit
from prompts.contracts import Question, Statement

Read = TypeVar("Read", bound=BaseModel)
MOST_ITEMS = 40
"""Of one list. No piece has so many statements, and each costs a check."""
LONGEST_TEXT = 4_000
_THOUGHTS = re.compile(r"^.*</think(?:ing)?>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Misshapen:
    """A part of an answer that the contract does not know."""

    text: str
    why: str
    french: str = ""
    """The reason in French, where it is not the reading library's own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The parts that have the contract's shape, by the name of their list, and those that have not."""

    parts: dict[str, list[Any]] = field(default_factory=dict)
    misshapen: tuple[Misshapen, ...] = ()
    problem: str = ""
    """Why nothing of it can be read."""


def read_answer(contract: type[BaseModel], text: str) -> Answer:
    """Read an answer, leniently around the JSON and strictly within it."""
    try:
        found = _json_object(text)
    except (ValueError, RecursionError) as error:
        return Answer(problem=f"It is not one JSON object: {short(error)}")
    lists = {name: get_args(info.annotation)[0] for name, info in contract.model_fields.items()}
    if not any(isinstance(found.get(name), list) for name in lists):
        return Answer(problem=f"It has none of the lists {', '.join(lists)}.")
    parts: dict[str, list[Any]] = {}
    misshapen = [
        Misshapen(_shown(found[name]), f"unknown key {short(name)}") for name in found.keys() - lists
    ]
    for name, kind in lists.items():
        items = found.get(name, [])
        parts[name] = []
        if not isinstance(items, list):
            misshapen.append(Misshapen(_shown(items), f"{name} is not a list"))
            continue
        for item in items[:MOST_ITEMS]:
            read = _item(kind, item)
            if isinstance(read, Misshapen):
                misshapen.append(read)
            else:
                parts[name].append(read)
        if len(items) > MOST_ITEMS:
            more = len(items) - MOST_ITEMS
            misshapen.append(Misshapen(f"… {more}", f"{more} more than {MOST_ITEMS} in {name} were not read"))
    return Answer(parts, tuple(misshapen))


def read_one(contract: type[Read], text: str) -> Read | None:
    """An answer that is one object, or None where it has not the contract's shape."""
    try:
        return contract.model_validate(_json_object(text), strict=True)
    except (ValueError, RecursionError):
        return None


def _json_object(text: str) -> dict[str, Any]:
    """The first JSON object of the text, after what a model thinks aloud. Raises ValueError, RecursionError."""
    text = _THOUGHTS.sub("", text)
    start = text.find("{")
    if start < 0:
        raise ValueError("there is no {")
    decoder = json.JSONDecoder(object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    found, _ = decoder.raw_decode(text, start)
    assert isinstance(found, dict)
    return found


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Which of two values was meant cannot be known."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _item(kind: type[BaseModel], item: Any) -> BaseModel | Misshapen:
    try:
        read = kind.model_validate(item, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = short(".".join(str(step) for step in first["loc"]))
        return Misshapen(_shown(item), f"{place}: {short(first['msg'])}")
    for text in _texts(item):
        if len(text) > LONGEST_TEXT:
            return Misshapen(_shown(item), f"a text of more than {LONGEST_TEXT} characters")
        if UNPRINTABLE.search(text):
            return Misshapen(_shown(item), "a character that is none")
    return _as_seen(read, item)


def _as_seen(read: BaseModel, item: Any) -> BaseModel | Misshapen:
    """With its texts as a reader would see them, or why one of them may not be shown."""
    statement = read.feedback if isinstance(read, Question) else read
    if not isinstance(statement, Statement):
        return read
    quotes = [quote.text for quote in statement.quotes]
    told = statement.model_copy(update={"text": seen(statement.text, quotes)})
    made: BaseModel = told
    texts = [told.text]
    if isinstance(read, Question):
        stem, *options = (seen(text, quotes) for text in (read.stem, *read.options))
        made = read.model_copy(update={"stem": stem, "options": options, "feedback": told})
        texts += [stem, *options]
    problem = next((found for text in texts if (found := unfit(text, quotes))), None)
    return Misshapen(_shown(item), *problem) if problem else made


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _shown(item: Any) -> str:
    """What a reader would call the part: its sentence where it has one."""
    if isinstance(item, dict):
        feedback = item.get("feedback")
        nested = feedback.get("text") if isinstance(feedback, dict) else None
        text = next(
            (t for t in (item.get("text"), nested, item.get("stem")) if isinstance(t, str) and t), None
        )
        if text is not None:
            return short(text)
    return short(json.dumps(item, ensure_ascii=False))
