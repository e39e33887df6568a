"""A model as judge of meaning: one claim beside its quotes, asked several times. It ranks; it approves nothing."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from assistant.engines.answers import read_one
from assistant.engines.endpoint import endpoint
from assistant.engines.model_errors import ModelError, ModelTooLong, short
from assistant.engines.openai_chat import Chat, LangchainChat
from assistant.engines.spending import Purse
from assistant.settings import Settings
from guardrails.judge import Judgement
from guardrails.model import Language
from prompts.contracts import Judgement as Answer
from prompts.library import phrasebook

Vote = Literal["supported", "not_supported", "unclear"]
WORTH: dict[Vote, float] = {"supported": 1.0, "unclear": 0.5, "not_supported": 0.0}
SPREAD = 0.7
"""Temperature where there are several votes: at 0 they would all be one."""
_CUT = "(the reason has no end)"
_VERDICT = re.compile(r'\s*\{\s*"verdict"\s*:\s*"(supported|not_supported|unclear)"\s*,')
_LANGUAGES = {"fr": "French", "en": "English"}


@dataclass(frozen=True, slots=True)
class Voted(Judgement):
    """A judgement by several votes."""

    votes: tuple[Vote, ...] = ()

    @property
    def verdict(self) -> Vote:
        """What more than half of the votes say; unclear where none has so many."""
        most = Counter(self.votes).most_common(1)
        return most[0][0] if most and 2 * most[0][1] > len(self.votes) else "unclear"


class OpenAiJudge:
    """Asks a chat model `votes` times about each claim. Too few answers: not scored, with the error's code as reason."""

    def __init__(self, model: str, chat: Callable[[], Chat], votes: int = 3) -> None:
        """`chat` opens a connection, when it is first needed."""
        self._model = model
        self._open = chat
        self._votes = votes

    @property
    def name(self) -> str:
        """The model, and the version of what it is asked."""
        return f"openai:{self._model}@{phrasebook('judge.system').version}"

    def judge(self, statement: str, language: Language, quotes: Sequence[tuple[str, Language]]) -> Voted:
        """The share of the votes that say supported, an unclear one counting half."""
        if not quotes:
            return Voted(self.name, None, "no_quote")
        system = phrasebook("judge.system").render(language=_LANGUAGES[language])
        user = phrasebook("judge.user").render(claim=_plain(statement), quotes=[_plain(q) for q, _ in quotes])
        votes: list[Vote] = []
        reasons: dict[Vote, str] = {}
        failure = ""
        with closing(self._open()) as chat:
            for _ in range(self._votes):
                answer, failed = _asked(chat, system, user)
                failure = failed or failure
                if answer is not None:
                    votes.append(answer.verdict)
                    reasons.setdefault(answer.verdict, short(answer.reason))
        if 2 * len(votes) <= self._votes:
            return Voted(self.name, None, failure, tuple(votes))
        score = sum(WORTH[vote] for vote in votes) / len(votes)
        voted = Voted(self.name, score, "", tuple(votes))
        return Voted(self.name, score, reasons.get(voted.verdict, "the votes differ"), tuple(votes))


def openai_judge(settings: Settings, purse: Purse) -> OpenAiJudge:
    """The judge of the settings. Raises EgressOff or InvalidInput before anything is opened."""
    endpoint(settings)
    spread = SPREAD if settings.judge_votes > 1 else 0.0
    return OpenAiJudge(
        settings.openai_model,
        lambda: LangchainChat(settings, purse, temperature=spread),
        settings.judge_votes,
    )


def _asked(chat: Chat, system: str, user: str) -> tuple[Answer | None, str]:
    """One vote, or the code of why there is none."""
    try:
        answer = read_one(Answer, chat.ask(Answer, system, user, _silent))
    except ModelTooLong as error:
        return _begun(error.written), error.code
    except ModelError as error:
        return None, error.code
    if answer is None:
        chat.plainer()
        return None, "model_malformed"
    return answer, ""


def _begun(written: str) -> Answer | None:
    """The vote of an answer that was cut in its reason: a small model finds no end, but its verdict stood before."""
    found = _VERDICT.match(written)
    return Answer.model_validate({"verdict": found[1], "reason": _CUT}) if found else None


def _silent(doing: str, tokens: int) -> None:
    del doing, tokens


def _plain(text: str) -> str:
    """Neither claim nor quote can close its marker."""
    return text.replace("<<<", "‹‹‹").replace(">>>", "›››")
