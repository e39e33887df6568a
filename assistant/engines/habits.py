"""What an endpoint has shown of itself, kept for the process: its tokenizer, the options that it refuses, how much it reads."""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from assistant.engines.endpoint import host_of
from assistant.engines.tokens import tokens
from assistant.settings import Settings

LIMITS = ("max_completion_tokens", "max_tokens")
"""What endpoints call the most that an answer may take; each refuses, or passes over, the other's word."""
UNMEASURED: dict[Literal["fr", "en"], float] = {"fr": 1.4, "en": 1.15}
"""Of an endpoint's tokens to ours, until it has told: tokenizers of few words for French cut it much finer."""
LEAST_MEASURED = 500
"""Tokens of a prompt that tells a tokenizer: below, what the endpoint puts around it weighs too much."""
SPREAD = 1.05
"""The next text is not the measured one."""
CUT = 0.6
"""Of what was sent: no tokenizer counts so much less than ours."""
_MOST_FACTOR = 4.0
_OPENAI = re.compile(r"(?:^|\.)(?:openai\.com|openai\.azure\.com|cognitiveservices\.azure\.com)$")
_FRENCH = re.compile(r"\b(?:les?|la|des|du|et|une?|est|dans|pour|chez|sont|avec)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|of|and|in|is|to|with|for|was|were|are|by)\b", re.IGNORECASE)


@dataclass(slots=True)
class Habits:
    """Of one model at one endpoint. What is learned holds for every later request of the process."""

    limits: list[str] = field(default_factory=lambda: list(LIMITS))
    """The words for the limit of an answer that it has not refused, the one to send first."""
    refused: frozenset[str] = frozenset()
    """The options of a request that it does not know: temperature, stream_options."""
    _factors: dict[str, float] = field(default_factory=dict)
    _whole: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def factor(self, texts: Iterable[str]) -> float:
        """How many of its tokens one of ours is worth in such texts: as it told itself, else by their language."""
        language = _language("\n".join(texts))
        with self._lock:
            measured = self._factors.get(language)
        return UNMEASURED[language] if measured is None else max(1.0, measured * SPREAD)

    def was_cut(self, text: str, read: int) -> bool:
        """Whether `read`, as the endpoint counted, is far less than the text. Learns from what is not.

        A prompt no longer than one that was read whole is not cut: there, the endpoint leaves out what it had kept.
        """
        sent = tokens(text)
        language = _language(text)
        with self._lock:
            # A finer tokenizer makes a cut visible earlier.
            expected = sent * max(1.0, self._factors.get(language, 1.0))
            if read < CUT * expected:
                return sent > self._whole
            self._whole = max(self._whole, sent)
            if sent >= LEAST_MEASURED:
                factor = min(_MOST_FACTOR, read / sent)
                self._factors[language] = max(factor, self._factors.get(language, 0.0))
        return False


def habits(settings: Settings) -> Habits:
    """Those of the endpoint and the model of the settings."""
    return _habits(
        settings.openai_base_url,
        settings.openai_api_version,
        settings.openai_model,
        settings.openai_deployment,
    )


@cache
def _habits(address: str, version: str, *_: str) -> Habits:
    """OpenAI's own take the newer word, also for models that think; most others know the older and pass over the newer."""
    newer = not address or bool(version) or bool(_OPENAI.search(host_of(address)))
    return Habits(list(LIMITS if newer else reversed(LIMITS)))


def _language(text: str) -> Literal["fr", "en"]:
    return "fr" if len(_FRENCH.findall(text)) > len(_ENGLISH.findall(text)) else "en"
