"""The engine over any OpenAI-compatible endpoint: what the checks stop is sent back twice, what stands is kept."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from decimal import Decimal

from assistant.engines.answers import Answer, read_answer
from assistant.engines.cloze import GAP
from assistant.engines.endpoint import endpoint
from assistant.engines.habits import Habits, habits
from assistant.engines.model_errors import ModelError, malformed, no_room
from assistant.engines.openai_chat import SHAPE, Chat, LangchainChat
from assistant.engines.placed import role_at, telling
from assistant.engines.protocol import (
    NOBODY,
    Desk,
    Proposal,
    ProposedQuestion,
    ProposedStatement,
    Quote,
    Rejected,
    Task,
)
from assistant.engines.spending import Purse
from assistant.engines.tokens import tokens
from assistant.engines.units import zone_of
from assistant.settings import Settings
from guardrails.citations import bare
from guardrails.model import Evidence
from prompts.contracts import CONTRACT_VERSION, CONTRACTS, Question, Statement
from prompts.library import phrasebook

REPAIRS = 2
"""How often the model is told what was wrong and asked again."""
REPAIR_ROOM = 2_000
"""Tokens for what is said in a repair round."""
_LANGUAGES = {"fr": "French", "en": "English"}
_TASKS = {
    "key-moments": "five to nine key statements with safety information among them",
    "quiz": "four to six multiple-choice questions with four options each",
    "email": "two to four key messages for a follow-up e-mail, and the safety statements that balance them",
    "brief": "three messages for a visit, the statements that answer questions to expect, and a safety reminder",
}
_LAYERS = frozenset({"body", "table", "notes", "questions"})
_FIRST = frozenset({"indication", "dose", "contraindication", "warning", "adverse_reaction", "result"})
"""What every piece needs; where the context is short, these zones go before the others."""
_PARTS = {"messages": "message", "expected_questions": "expected_question", "safety": "safety"}


class OpenAiEngine:
    """Proposes through a chat model; what it proposes is judged like any other proposal."""

    name = "openai"
    rounds = 1

    def __init__(
        self,
        model: str,
        chat: Callable[[], Chat],
        context: int = 32_000,
        answer: int = 4_000,
        prices: tuple[Decimal, Decimal] | None = None,
        known: Habits | None = None,
    ) -> None:
        """`chat` opens the connection, when it is first needed. `context` and `answer` in the model's tokens.

        `known`: what the endpoint has shown of itself.
        """
        self.model = model
        self._open = chat
        self._room = context - answer
        self._habits = known or Habits()
        self._prices = prices

    def propose(self, task: Task, evidence: Sequence[Evidence], desk: Desk = NOBODY) -> Proposal:
        """Ask, repair at most twice, and return what stands, with everything that was set aside on the way."""
        work = _Work(task, self._given(task, evidence), desk)
        with closing(self._open()) as chat:
            ended = self._write(work, chat)
        if not work.understood:
            raise malformed(self.model)
        provenance: dict[str, object] = {
            "contract": CONTRACT_VERSION,
            "rounds": work.rounds,
            "prompts": [dict(phrasebook(name).provenance()) for name in (*work.prompts, SHAPE)],
            "passages": len(work.given),
            "usage": dict(chat.usage.as_json(self._prices)),
        }
        if ended:
            provenance["repair_ended"] = ended
        return replace(work.standing, rejected=tuple(work.rejected.values()), provenance=provenance)

    def _write(self, work: "_Work", chat: Chat) -> str:
        """The rounds; returns the code of the error that ended the repairs, if one did."""
        contract = CONTRACTS[work.task.kind]
        for _ in range(REPAIRS + 1):
            work.says("repairing" if work.rounds else "asking", 0)
            try:
                text = chat.ask(contract, work.system, work.user(), work.says)
            except ModelError as error:
                if not (work.standing.statements or work.standing.questions):
                    error.params["rejected"] = [rejected.as_json() for rejected in work.rejected.values()]
                    raise
                return error.code  # what stands already is not lost for a repair that failed
            answer = read_answer(contract, text)
            work.take(answer)
            if answer.problem:
                chat.plainer()
            elif not work.problems:
                break
        return ""

    def _given(self, task: Task, evidence: Sequence[Evidence]) -> list[Evidence]:
        """As much of the evidence as goes into one request, in reading order. Raises ModelTooLong where none does."""
        shape = phrasebook(SHAPE).render(schema=CONTRACTS[task.kind].model_json_schema())
        usable = [(at, item) for at, item in enumerate(evidence) if item.layer in _LAYERS]
        factor = self._habits.factor(item.text for _, item in usable)
        room = int(self._room / factor) - REPAIR_ROOM - tokens(_system(task)) - tokens(shape)
        chosen: set[int] = set()
        for at, item in sorted(usable, key=lambda pair: (_rank(pair[1], task), pair[0])):
            size = tokens(_passage(at, item))
            if size <= room:
                room -= size
                chosen.add(at)
        if usable and not chosen:
            raise no_room(self.model)
        return [item for at, item in usable if at in chosen]


class _Work:
    """One draft under way: what stands, what does not, and what is said to the model of it."""

    prompts = ("draft.system", "draft.user")

    def __init__(self, task: Task, given: Sequence[Evidence], desk: Desk) -> None:
        self.task = task
        self.given = {f"P{number}": item for number, item in enumerate(given, 1)}
        self.system = _system(task)
        self.standing = Proposal()
        self.rejected: dict[tuple[str, str], Rejected] = {}
        self.problems: list[str] = []
        self.rounds = 0
        self.understood = False
        self._desk = desk
        self.says = desk.says

    def user(self) -> str:
        """What is asked: the passages, and in a repair round what stands and what does not."""
        kept = [s.text for s in self.standing.statements] + [q.stem for q in self.standing.questions]
        return phrasebook("draft.user").render(
            task=_TASKS[self.task.kind],
            product=self.task.names[0] if self.task.names else "",
            topic=self.task.topic,
            passages="\n".join(_fenced(key, item) for key, item in self.given.items()),
            kept=kept,
            problems=self.problems,
        )

    def take(self, answer: Answer) -> None:
        """Judge an answer together with what stands already."""
        self.rounds += 1
        if answer.problem:
            self.problems = [f"The answer could not be read. {answer.problem}"]
            return
        self.understood = True
        fresh, unanswerable = self._proposal(answer)
        judged = self._desk.judge(_joined(self.standing, fresh))
        self.standing = _once(judged.standing)
        shapes = [_misshapen(part.text, part.why, part.french) for part in answer.misshapen]
        stopped = [*shapes, *unanswerable, *judged.rejected]
        for rejected in stopped:
            self.rejected.setdefault((rejected.text, rejected.rule), rejected)
        self.problems = [f"“{r.text}”: {r.messages['en']} (rule {r.rule})" for r in stopped]

    def _proposal(self, answer: Answer) -> tuple[Proposal, list[Rejected]]:
        statements: list[ProposedStatement] = []
        questions: list[ProposedQuestion] = []
        unanswerable: list[Rejected] = []
        for name, items in answer.parts.items():
            for item in items:
                if isinstance(item, Statement):
                    part = _PARTS[name] if self.task.kind == "brief" else ""
                    statements.append(self._statement(item, part))
                elif isinstance(item, Question) and 0 <= item.key < len(item.options):
                    feedback = self._statement(item.feedback)
                    gapped = GAP in item.stem
                    made = ProposedQuestion(item.stem, tuple(item.options), item.key, feedback, gapped=gapped)
                    questions.append(made)
                else:
                    unanswerable.append(_misshapen(item.stem, "key: it names none of the options"))
        return Proposal(tuple(statements), tuple(questions)), unanswerable

    def _statement(self, statement: Statement, part: str = "") -> ProposedStatement:
        told = telling(statement.text, [(quote.passage, quote.text) for quote in statement.quotes])
        quotes = tuple(
            Quote(self.given[key].passage if key in self.given else key, text) for key, text in told
        )
        role = statement.role
        if told and told[0][0] in self.given:
            role = role_at(role, told[0][1], self.given[told[0][0]])
        return ProposedStatement(role, statement.text, quotes, part=part)


def openai_engine(settings: Settings, purse: Purse) -> OpenAiEngine:
    """The engine of the settings. Raises EgressOff or InvalidInput before anything is opened."""
    endpoint(settings)
    return OpenAiEngine(
        settings.openai_model,
        lambda: LangchainChat(settings, purse),
        settings.openai_context,
        settings.openai_answer,
        settings.openai_prices,
        habits(settings),
    )


def _system(task: Task) -> str:
    return phrasebook("draft.system").render(language=_LANGUAGES[task.language])


def _rank(item: Evidence, task: Task) -> int:
    """What the topic found first, then what every piece needs; references and the like last."""
    zone = zone_of(item.section, item.heading, item.source_kind)
    ranks = (item.passage in task.focus, zone in _FIRST, zone != "excluded")
    return next((rank for rank, holds in enumerate(ranks) if holds), len(ranks))


def _passage(number: int, item: Evidence) -> str:
    return _fenced(f"P{number}", item)


def _fenced(key: str, item: Evidence) -> str:
    """The passage between its markers. None can close its own, and a title is one line."""
    head = " | ".join(" ".join(text.split()) for text in (item.title, item.locator.section))
    return f"<<<PASSAGE {key} | {_plain(head)}\n{_plain(item.text)}\nPASSAGE {key}>>>"


def _plain(text: str) -> str:
    return text.replace("<<<", "‹‹‹").replace(">>>", "›››")


def _joined(standing: Proposal, fresh: Proposal) -> Proposal:
    """What stands, then what is new; a repeated sentence stays once."""
    statements = [*standing.statements]
    known = {(s.text, s.quotes) for s in statements}
    statements += [s for s in fresh.statements if (s.text, s.quotes) not in known]
    stems = {q.stem for q in standing.questions}
    questions = [*standing.questions, *(q for q in fresh.questions if q.stem not in stems)]
    return Proposal(tuple(dict.fromkeys(statements)), tuple(dict.fromkeys(questions)))


def _once(proposal: Proposal) -> Proposal:
    """Each sentence once, with the quotes that it came with first: a second copy tells a reader nothing."""
    first: dict[tuple[str, str], ProposedStatement] = {}
    for statement in proposal.statements:
        first.setdefault((bare(statement.text), statement.part), statement)
    return replace(proposal, statements=tuple(first.values()))


def _misshapen(text: str, why: str, french: str = "") -> Rejected:
    messages = {
        "en": f"It has not the shape of the contract: {why}.",
        "fr": f"N’a pas la forme du contrat : {french or why}.",
    }
    return Rejected(text, "GR1", "misshapen", messages)
