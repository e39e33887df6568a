"""What a model reads in a request: the passages, what is wanted, and whether an earlier answer was sent back."""

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from eval.hostile.out_of_place import out_of_place
from ingestion.sentences import split

Language = Literal["en", "fr"]
_PASSAGE = re.compile(r"<<<PASSAGE (\S+) \| ([^\n]*)\n(.*?)\nPASSAGE \1>>>", re.DOTALL)
_PRODUCT = re.compile(r"^Task: .* on ([^,.\n]+)")
_NAMES = ("KeyMoments", "Quiz", "Email", "Brief", "Judgement", "Ranking")
_DANGLING = re.compile(
    r"^(?:it|they|this|these|that|those|he|she|however|therefore|moreover|also|in addition|among these|il|ils|elles?|cel[ac]|ceci|ces?"
    r"|cette|cet|toutefois|cependant|par ailleurs|de plus|ainsi|ce|c['’])\b",
    re.IGNORECASE,
)
SHORTEST, LONGEST = 40, 320


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a careful model would dare to quote."""

    key: str
    head: str
    """The passage's title and section."""
    text: str
    leans: str = ""
    """The sin of telling it alone, where it leans on what stands beside it."""
    behind: str = ""
    """The sentence that it stands behind, where it leans on that."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    contract: str
    language: Language
    product: str
    sentences: tuple[Sentence, ...]
    repair: bool
    structured: str
    """json_schema, json_object or text."""
    user: str
    leaning: tuple[Sentence, ...] = ()
    """What no careful model would tell alone."""


def read_request(body: dict[str, Any]) -> Asked:
    """Read the body of a chat completion."""
    messages = {m.get("role"): str(m.get("content")) for m in body.get("messages", [])}
    system, user = messages.get("system", ""), messages.get("user", "")
    wanted = body.get("response_format") or {}
    structured = str(wanted.get("type", "text"))
    named = str((wanted.get("json_schema") or {}).get("name", ""))
    contract = named or next((name for name in _NAMES if f'"title": "{name}"' in system), "")
    language: Language = "fr" if "Write in French" in system else "en"
    leaning = tuple(_leaning(user, language))
    product = _PRODUCT.search(user)
    return Asked(
        contract=contract,
        language=language,
        product=product[1].strip() if product else "",
        sentences=tuple(_sentences(user, language, frozenset(one.text for one in leaning))),
        leaning=leaning,
        repair="were not accepted" in user,
        structured=structured,
        user=user,
    )


def keys_of(asked: Asked) -> list[tuple[str, str]]:
    """(key, text) of each passage of the request."""
    return [(key, text) for key, _, text in _PASSAGE.findall(asked.user)]


def _leaning(user: str, language: Language) -> list[Sentence]:
    return [
        Sentence(key, head, sentence, sin, _before(sentence, text, language) if sin == "anaphora" else "")
        for key, head, text in _PASSAGE.findall(user)
        for sin, sentence in out_of_place(text, language)
    ]


def _before(sentence: str, text: str, language: Language) -> str:
    """The sentence before it in the passage; nothing before the first."""
    every = [text[start:end] for start, end in split(text, language)]
    return every[every.index(sentence) - 1] if sentence in every[1:] else ""


def _sentences(user: str, language: Language, leaning: frozenset[str]) -> list[Sentence]:
    found: dict[str, Sentence] = {}
    for key, head, text in _PASSAGE.findall(user):
        for start, end in split(text, language):
            words = text[start:end]
            if quotable(words) and words not in leaning:
                found.setdefault(" ".join(words.split()), Sentence(key, head, words))
    return list(found.values())


def quotable(words: str) -> bool:
    """A whole sentence of prose that can be understood alone."""
    return (
        SHORTEST <= len(words) <= LONGEST
        and words[:1].isupper()
        and words.rstrip().endswith(".")
        and "\n" not in words.strip()
        and not _DANGLING.match(words)
        and not re.search(r"https?:|\bet al\b|\[\d|©|\bISBN\b", words)
    )


def compact(value: object) -> str:
    """As JSON."""
    return json.dumps(value, ensure_ascii=False)
