"""From statements to an answer in the contract's shape."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.engines.cloze import cloze
from eval.hostile.asked import Asked, Language
from eval.hostile.sins import Told, honest, tell

_ROLES = (
    (r"\b4\.1\b", "indication"), (r"\b4\.2\b", "dose"), (r"\b4\.3\b", "contraindication"), (r"\b4\.4\b", "warning"),
    (r"\b4\.5\b", "interaction"), (r"\b4\.6\b", "special_population"), (r"\b4\.8\b", "adverse_reaction"),
    (r"\b5\.1\b|result|résultat", "result"), (r"method|design|méthode", "design"), (r"conclusion", "conclusion"),
)  # fmt: skip
_SAFETY = frozenset({"contraindication", "warning", "adverse_reaction"})
_STATEMENTS = {"KeyMoments": 7, "Email": 6, "Brief": 8, "Quiz": 5}


@dataclass(frozen=True, slots=True)
class Asking:
    """A question of a quiz, and the truth about its key."""

    sin: str
    stem: str
    options: tuple[str, ...]
    key: int
    feedback: Told


def role_of(told: Told) -> str:
    """By the section that the sentence stands in, unless its role is the lie."""
    return told.role or next(
        (role for pattern, role in _ROLES if re.search(pattern, told.source.head, re.IGNORECASE)), "key_point"
    )


def statement(told: Told) -> dict[str, Any]:
    """In the contract's shape."""
    quotes = [{"passage": key, "text": text} for key, text in told.quotes]
    return {"role": role_of(told), "text": told.statement, "quotes": quotes}


def answer(
    asked: Asked, sins: Sequence[str], share: float, rng: random.Random
) -> tuple[dict[str, Any], list[Told], list[Asking]]:
    """The answer as JSON, and what is true of each part. A repair is half of the time honest."""
    if asked.repair:
        share = 0.0 if rng.random() < 1 / 2 else share
    wanted = rng.randrange(4) if asked.repair else _STATEMENTS.get(asked.contract, 5)
    if asked.contract == "Quiz":
        asking = _quiz(asked, sins, wanted, share, rng)
        questions = [
            {"stem": q.stem, "options": list(q.options), "key": q.key, "feedback": statement(q.feedback)}
            for q in asking
        ]
        return {"questions": questions}, [q.feedback for q in asking], asking
    told = tell(asked, [sin for sin in sins if sin != "wrong_key"], wanted, share, rng)
    if asked.contract == "Email":
        safety = [t for t in told if role_of(t) in _SAFETY]
        others = [t for t in told if t not in safety]
        return (
            {"messages": [statement(t) for t in others], "safety": [statement(t) for t in safety]},
            told,
            [],
        )
    if asked.contract == "Brief":
        parts = {
            "messages": [statement(t) for t in told[:3]],
            "expected_questions": [statement(t) for t in told[3:6]],
            "safety": [statement(t) for t in told[6:]],
        }
        return parts, told, []
    return {"statements": [statement(t) for t in told]}, told, []


def _quiz(asked: Asked, sins: Sequence[str], count: int, share: float, rng: random.Random) -> list[Asking]:
    lies = [sin for sin in sins if sin != "wrong_key"]
    found: list[Asking] = []
    for told in tell(asked, lies, 4 * count, share, rng):
        if len(found) == count:
            break
        wrong = "wrong_key" in sins and rng.random() < share / 3
        made = _asking(honest(told.source, rng) if wrong else told, asked.language, rng, wrong=wrong)
        if made is not None:
            found.append(made)
    return found


def _asking(told: Told, language: Language, rng: random.Random, *, wrong: bool) -> Asking | None:
    """A gap where a value stood, which is asked for among three that are near."""
    made = cloze(told.statement, language, {}, rng.randrange(4))
    if made is None:
        return None
    key = (made.key + rng.randrange(1, len(made.options))) % len(made.options) if wrong else made.key
    return Asking("wrong_key" if wrong else told.sin, made.text, made.options, key, told)
