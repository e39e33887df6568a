"""A model behind an API orders the passages of a search anew. It orders; it finds, drops and adds nothing."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from assistant.engines.answers import read_one
from assistant.engines.habits import Habits, habits
from assistant.engines.model_errors import malformed, timed_out
from assistant.engines.openai_chat import Chat, LangchainChat
from assistant.engines.spending import Purse
from assistant.engines.tokens import tokens
from assistant.settings import Settings
from ingestion.errors import AncrageError
from prompts.contracts import Ranking
from prompts.library import phrasebook

LONGEST_TEXT = 2_000
"""Characters of a passage that the model reads."""
_TOKENS_A_KEY = 8
_ROOM = 400
"""Tokens of what is said around the passages."""
_LEAST = 0.5
"""Of the passages that an answer has to name: an order of fewer is none."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """The places of the texts, best first; `note` is the error's code where the order is the old one."""

    places: tuple[int, ...]
    note: str = ""


class OpenAiReranker:
    """Asks once, within a bounded time. Whatever goes wrong, the texts stand as they did, and it is said why."""

    def __init__(
        self,
        chat: Callable[[], Chat],
        model: str,
        most: int,
        seconds: float,
        room: int = 30_000,
        known: Habits | None = None,
    ) -> None:
        """`chat` opens a connection for one question; `room` is what the model takes, in its tokens.

        `known`: what the endpoint has shown of itself.
        """
        self._open = chat
        self._model = model
        self.most = most
        self._seconds = seconds
        self._room = room
        self._habits = known or Habits()

    def rerank(self, question: str, texts: Sequence[str]) -> Ordered:
        """The order of the texts: those that the model names, as it names them, then the others as they stood."""
        as_it_was = tuple(range(len(texts)))
        given = self._given(question, texts)
        if len(given) < 2:  # noqa: PLR2004  there is nothing to order
            return Ordered(as_it_was)
        try:
            named = self._named(question, given)
        except AncrageError as error:
            return Ordered(as_it_was, error.code)
        return Ordered((*named, *(place for place in as_it_was if place not in set(named))))

    def _given(self, question: str, texts: Sequence[str]) -> list[str]:
        """As many of the texts as the model takes, the best first."""
        room = int(self._room / self._habits.factor(texts[: self.most])) - _ROOM - tokens(question)
        given: list[str] = []
        for text in texts[: self.most]:
            short = _plain(text[:LONGEST_TEXT])
            room -= tokens(short) + 2 * _TOKENS_A_KEY
            if room < 0:
                break
            given.append(short)
        return given

    def _named(self, question: str, given: Sequence[str]) -> list[int]:
        """The places that the model names, each once. Raises AncrageError, also where it takes too long."""
        chat = self._open()
        thread = ThreadPoolExecutor(1, "rerank")
        try:
            answer = thread.submit(self._asked, chat, question, given).result(self._seconds)
        except TimeoutError as error:
            raise timed_out(self._model) from error
        finally:
            chat.close()  # ends an answer that is still under way
            thread.shutdown(wait=False)
        keys = {f"P{number}": number - 1 for number in range(1, len(given) + 1)}
        named = list(dict.fromkeys(keys[key] for key in answer if key in keys))
        if len(named) < _LEAST * len(given):
            raise malformed(self._model)
        return named

    def _asked(self, chat: Chat, question: str, given: Sequence[str]) -> list[str]:
        passages = [{"key": f"P{number}", "text": text} for number, text in enumerate(given, 1)]
        user = phrasebook("rank.user").render(question=_plain(question), passages=passages)
        system = phrasebook("rank.system").render()
        answer = read_one(Ranking, chat.ask(Ranking, system, user, _silent))
        if answer is None:
            raise malformed(self._model)
        return answer.passages


def openai_reranker(settings: Settings, purse: Purse) -> OpenAiReranker:
    """The reranker of the settings. What is wrong with them is told by each search, which goes on without it."""
    bounded = replace(
        settings,
        openai_answer=min(settings.openai_answer, _TOKENS_A_KEY * settings.rerank_passages + 100),
        openai_seconds=min(settings.openai_seconds, settings.rerank_seconds),
        openai_longest=min(settings.openai_longest, settings.rerank_seconds),
    )
    return OpenAiReranker(
        lambda: LangchainChat(bounded, purse, tries=1),
        settings.openai_model,
        settings.rerank_passages,
        settings.rerank_seconds,
        settings.openai_context - bounded.openai_answer,
        habits(settings),
    )


def _silent(doing: str, count: int) -> None:
    del doing, count


def _plain(text: str) -> str:
    """Neither question nor passage can close its marker."""
    return text.replace("<<<", "‹‹‹").replace(">>>", "›››")
