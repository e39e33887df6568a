"""The engine over any OpenAI-compatible endpoint: structured output, at most two repair rounds, typed errors.

The only module that imports langchain and openai, and only when a proposal is asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from pydantic import BaseModel

from assistant.engines.model_errors import EgressOff, malformed, refused, short, too_long, typed
from assistant.engines.protocol import (
    Proposal,
    ProposedQuestion,
    ProposedStatement,
    Quote,
    Task,
)
from assistant.errors import InvalidInput
from assistant.settings import Settings
from guardrails.citations import ProposedCitation, Rejection, verify
from guardrails.model import Evidence
from prompts.contracts import CONTRACT_VERSION, CONTRACTS, Brief, Email, KeyMoments, Quiz, Statement
from prompts.library import phrasebook

REPAIRS = 2
"""How often the model is told what was wrong and asked again."""
TIMEOUT_SECONDS = 120.0
MOST_CHARACTERS = 60_000
"""Of evidence in one request; passages found by the topic come first."""
_LANGUAGES = {"fr": "French", "en": "English"}
_TASKS = {
    "key-moments": "five to nine key statements with safety information among them",
    "quiz": "four to six multiple-choice questions with four options each",
    "email": "two to four key messages for a follow-up e-mail, and the safety statements that balance them",
    "brief": "three messages for a visit, the statements that answer questions to expect, and a safety reminder",
}
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Chat(Protocol):
    """Asks a model once for an answer of the contract's shape."""

    def ask(self, contract: type[BaseModel], system: str, user: str) -> "Reply":
        """The reply. Raises a ModelError."""


class Reply:
    """A parsed answer, or why it could not be parsed."""

    def __init__(self, parsed: BaseModel | None, problem: str = "") -> None:
        """Exactly one of them."""
        self.parsed = parsed
        self.problem = problem


class OpenAiEngine:
    """Proposes through a chat model; what it proposes is judged like any other proposal."""

    name = "openai"
    rounds = 1

    def __init__(self, model: str, chat: Callable[[], Chat]) -> None:
        """`chat` opens the connection, when it is first needed."""
        self.model = model
        self._open = chat

    def propose(self, task: Task, evidence: Sequence[Evidence]) -> Proposal:
        """Ask, repair at most twice, and return the last proposal, good or not: verification decides."""
        contract = CONTRACTS[task.kind]
        given = _within(evidence, task.focus)
        by_key = {item.passage: item for item in given}
        system = phrasebook("draft.system")
        user = phrasebook("draft.user")
        chat = self._open()
        problems: list[str] = []
        best: Proposal | None = None
        for round_number in range(REPAIRS + 1):
            reply = chat.ask(
                contract,
                system.render(language=_LANGUAGES[task.language]),
                user.render(**_values(task, given, problems)),
            )
            if reply.parsed is None:
                problems = [reply.problem]
                continue
            best = _proposal(reply.parsed)
            problems = list(_problems(best, by_key))
            if not problems or round_number == REPAIRS:
                break
        if best is None:
            raise malformed(self.model)
        templates = [dict(system.provenance()), dict(user.provenance())]
        provenance = {"contract": CONTRACT_VERSION, "rounds": round_number + 1, "prompts": templates}
        return Proposal(best.statements, best.questions, provenance)


def openai_engine(settings: Settings) -> OpenAiEngine:
    """The engine of the settings. Raises EgressOff or InvalidInput before anything is opened."""
    if not settings.openai_model:
        raise InvalidInput(
            "No model is set.", help="Set ANCRAGE_OPENAI_MODEL, or draft with --engine extractive."
        )
    host = urlsplit(settings.openai_base_url or "https://api.openai.com").hostname or ""
    if not settings.egress and host not in _LOCAL:
        raise EgressOff(
            f"Connections to other hosts are switched off, and {host} is one.",
            help="Draft with --engine extractive, use an endpoint on this machine, or set ANCRAGE_EGRESS=on.",
            host=host,
        )
    return OpenAiEngine(settings.openai_model, lambda: LangchainChat(settings))


class LangchainChat:
    """The real connection."""

    def __init__(self, settings: Settings) -> None:
        """Connects at the first question."""
        from langchain_openai import ChatOpenAI

        options: dict[str, Any] = {
            "model": settings.openai_model,
            "api_key": settings.openai_api_key or "none",
            "temperature": 0,
            "timeout": TIMEOUT_SECONDS,
            "max_retries": 0,
        }
        if settings.openai_base_url:
            options["base_url"] = settings.openai_base_url
        self._model = ChatOpenAI(**options)
        self._name = settings.openai_model

    def ask(self, contract: type[BaseModel], system: str, user: str) -> Reply:
        """Ask once. Raises ModelError, of the kind that says what to do."""
        structured = self._model.with_structured_output(
            contract, method="json_schema", strict=True, include_raw=True
        )
        try:
            answer = structured.invoke([("system", system), ("human", user)])
        except Exception as error:  # the library raises its own and its dependencies' kinds
            raise typed(error, self._name) from error
        assert isinstance(answer, dict)
        return _reply(contract, answer, self._name)


def _reply(contract: type[BaseModel], answer: Mapping[str, Any], model: str) -> Reply:
    raw = answer.get("raw")
    extra = getattr(raw, "additional_kwargs", {}) or {}
    if extra.get("refusal"):
        raise refused(model, str(extra["refusal"]))
    finish = (getattr(raw, "response_metadata", {}) or {}).get("finish_reason")
    if finish == "length":
        raise too_long(model)
    parsed = answer.get("parsed")
    if isinstance(parsed, contract):
        return Reply(parsed)
    problem = answer.get("parsing_error")
    return Reply(None, f"It is not JSON of the contract's shape: {short(problem)}")


def _within(evidence: Sequence[Evidence], focus: frozenset[str]) -> list[Evidence]:
    """As much of the evidence as goes into one request: what the topic found first, then in reading order."""
    chosen: list[Evidence] = []
    room = MOST_CHARACTERS
    for item in sorted(evidence, key=lambda item: item.passage not in focus):
        if item.layer not in {"body", "table", "notes", "questions"} or len(item.text) > room:
            continue
        room -= len(item.text)
        chosen.append(item)
    return chosen


def _values(task: Task, given: Sequence[Evidence], problems: Sequence[str]) -> dict[str, object]:
    passages = [
        {
            "key": item.passage,
            "title": item.title,
            "section": item.locator.section,
            "text": _fenced(item.text),
        }
        for item in given
    ]
    return {
        "task": _TASKS[task.kind],
        "product": task.names[0] if task.names else "",
        "topic": task.topic,
        "passages": passages,
        "problems": problems,
    }


def _fenced(text: str) -> str:
    """No passage can close its own marker."""
    return text.replace("<<<", "‹‹‹").replace(">>>", "›››")


def _problems(proposal: Proposal, by_key: Mapping[str, Evidence]) -> list[str]:
    """What is to be mended, in words for the model: each quote that is not found."""
    problems = []
    for statement in [*proposal.statements, *(question.feedback for question in proposal.questions)]:
        if not statement.quotes:
            problems.append(f"“{statement.text}” has no quote.")
        for quote in statement.quotes:
            outcome = verify(ProposedCitation(quote.passage, quote.text), by_key)
            if isinstance(outcome, Rejection):
                problems.append(f"“{quote.text}” ({quote.passage}): {outcome.messages['en']}")
    return problems


def _proposal(parsed: BaseModel) -> Proposal:
    if isinstance(parsed, KeyMoments):
        return Proposal(tuple(_statement(s) for s in parsed.statements))
    if isinstance(parsed, Email):
        return Proposal(tuple(_statement(s) for s in [*parsed.messages, *parsed.safety]))
    if isinstance(parsed, Brief):
        parts = (
            ("message", parsed.messages),
            ("expected_question", parsed.expected_questions),
            ("safety", parsed.safety),
        )
        return Proposal(tuple(_statement(s, part) for part, group in parts for s in group))
    assert isinstance(parsed, Quiz)
    questions = (
        ProposedQuestion(q.stem, tuple(q.options), q.key, _statement(q.feedback), gapped=False)
        for q in parsed.questions
        if 0 <= q.key < len(q.options)
    )
    return Proposal(questions=tuple(questions))


def _statement(statement: Statement, part: str = "") -> ProposedStatement:
    quotes = tuple(Quote(quote.passage, quote.text) for quote in statement.quotes)
    return ProposedStatement(statement.role, statement.text, quotes, part=part)
