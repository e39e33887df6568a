"""What a person is told who asks the chat: safety intake, what may not be answered, the evidence, the sentences, their checks.

An answer is from the right place where one of its citations holds the words that the question's writer named, or stands
on their page; others may answer too, so the figure is a lower bound. Statements that are told beside a safety case
count as told, and cases of questions that report nothing are counted by themselves.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Any

from assistant.bootstrap import App
from assistant.chat.ask import Answer, ask
from assistant.chat.wording import flat
from assistant.corpus.model import Source
from assistant.corpus.sources import list_sources
from assistant.people.roles import Actor

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Told:
    """A question and what was told."""

    question: Mapping[str, Any]
    statements: bool
    right: bool
    """From the right place."""
    quoted: bool
    """The words that the writer named stand in a quote."""
    pointed: bool
    """To the documents of the other language, of which nothing is translated."""
    case: bool
    """A safety case was opened."""
    shown: bool = False
    """One of the places that come nearest, where nothing was answered, is the one that the writer named."""


def tell(app: App, actor: Actor, question: Mapping[str, Any], product: str, market: str) -> Told:
    """Ask the question of the chat, in its own language."""
    answer = ask(
        app.db, app.searcher, actor, question["question"], product, market, language=question["language"]
    )
    sources = {source.id: source for source in list_sources(app.db, product)}
    evidence = question.get("evidence") or {}
    quoted = bool(evidence) and _quotes(answer, evidence["snippet"])
    right = quoted or (bool(evidence) and _on_its_page(answer, evidence, sources))
    case = answer.case is not None and answer.case["kind"] != "medical_information"
    shown = bool(evidence) and _among_the_nearest(answer, evidence, sources)
    return Told(question, bool(answer.statements), right, quoted, bool(answer.elsewhere), case, shown)


def figures(told: Sequence[Told]) -> dict[str, list[float]]:
    """The values of each figure. Questions on documents of another language only can be pointed there, and no more."""
    answerable = [one for one in told if one.question["answerable"]]
    own = [one for one in answerable if not one.pointed]
    unanswerable = [one for one in told if not one.question["answerable"]]
    found = {
        "the whole chat: answerable answered": [float(one.statements) for one in own],
        "the whole chat: answerable answered from the right place": [float(one.right) for one in own],
        "the whole chat: answerable answered with the very words": [float(one.quoted) for one in own],
        "the whole chat: answerable answered or shown the place in the other language": [
            float(one.statements or one.pointed) for one in answerable
        ],
        "the whole chat: answerable answered from the right place or shown it to read": [
            float(one.right or one.shown) for one in own
        ],
        "the whole chat: unanswerable not answered": [float(not one.statements) for one in unanswerable],
        "the whole chat: a safety case for a question": [float(one.case) for one in told],
    }
    for corpus in sorted({one.question["corpus"] for one in told}):
        of = [one for one in own if one.question["corpus"] == corpus]
        found[f"the whole chat: answerable answered from the right place ({corpus})"] = [
            float(one.right) for one in of
        ]
        found[f"the whole chat: unanswerable not answered ({corpus})"] = [
            float(not one.statements) for one in unanswerable if one.question["corpus"] == corpus
        ]
    return {name: values for name, values in found.items() if values}


def _quotes(answer: Answer, snippet: str) -> bool:
    wanted = _folded(snippet)
    return any(
        wanted in _folded(citation["quote"])
        or wanted in _folded(" ".join(s["text"] for s in citation["spans"]))
        for statement in answer.statements
        for citation in statement["citations"]
    )


def _on_its_page(answer: Answer, evidence: Mapping[str, Any], sources: Mapping[str, Source]) -> bool:
    """`file` may name its language's folder: the dossier has the same names in both."""
    return any(
        _is(evidence, sources[citation["source"]], span["page"])
        for statement in answer.statements
        for citation in statement["citations"]
        for span in citation["spans"]
    )


def _among_the_nearest(answer: Answer, evidence: Mapping[str, Any], sources: Mapping[str, Source]) -> bool:
    return any(
        _is(evidence, sources[place["source"]], place["locator"].get("page")) for place in answer.nearest
    )


def _is(evidence: Mapping[str, Any], source: Source, page: int | None) -> bool:
    if not evidence.get("file") or not evidence.get("page"):
        return False
    file = PurePath(evidence["file"])
    return (page, source.file_name) == (evidence["page"], file.name) and file.parent.name in {
        "",
        source.language,
    }


@cache
def _folded(text: str) -> str:
    return _SPACES.sub(" ", flat(text)).replace("–", "-").strip()
