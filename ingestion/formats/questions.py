"""Live questions and answers in a recording: nobody approved what is said there word by word."""

import re
from collections.abc import Sequence

_CHAPTER = re.compile(
    r"(?:live\s+|audience\s+|vos\s+|your\s+)?(?:questions?\b|q\s?(?:&|and|et|/)\s?[ar]\b|discussions?\b|d[ée]bat\b"
    r"|[ée]changes\b|r[ée]ponses?\b|answers?\b)",
    re.IGNORECASE,
)
"""How a chapter of questions is named."""
_OPENS = re.compile(
    r"\b(?:first question\b|premi[èe]re question\b"
    r"|(?:let(?:'|’)?s|let us|we(?:'|’)?ll|we will|i(?:'|’)?ll|we can|now|time to|like to|going to|move on to|turn to)\b[^.?!]{0,40}\b"
    r"(?:take|open|have|go to|move (?:on )?to|turn to|start)\b[^.?!]{0,40}\b(?:your questions|the questions|questions from|q\s?(?:&|and)\s?a)\b"
    r"|(?:we have|there(?:'|’)?s|there is) (?:a|one|another) question from\b"
    r"|(?:passons|venons-en|place)\b[^.?!]{0,30}\baux? questions"
    r"|(?:prendre|r[ée]pondre [àa]|prenons|ouvrons)\b[^.?!]{0,30}\b(?:vos|les|quelques|s[ée]ance de) questions"
    r"|(?:une|autre) question (?:de la salle|du chat|des participants|d['’]un (?:participant|confr[èe]re)))",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:at the end|later|afterwards|after (?:that|the)|then|when we have|ensuite|[àa] la fin|plus tard|en fin de|puis|apr[èe]s)\b",
    re.IGNORECASE,
)
"""An announcement at the beginning: "we will take your questions at the end"."""
_CLOSES = re.compile(
    r"\b(?:that was (?:the|our) last question|no (?:more|further) questions|thank you (?:all )?for (?:all )?your questions|to conclude|in conclusion"
    r"|c['’][ée]tait la derni[èe]re question|plus de questions|merci (?:[àa] tous )?(?:pour|de) (?:toutes )?vos questions|pour conclure|en conclusion)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:question|questioner|audience|attendee|participant|viewer|public|salle|auditeur|auditrice|spectateur|spectatrice|intervenant de la salle|chat)\b",
    re.IGNORECASE,
)
"""Speakers who are no speaker of the programme."""


def is_question_chapter(name: str | None) -> bool:
    """Whether a chapter's name says that it holds questions."""
    return name is not None and _CHAPTER.match(name) is not None


def live_questions(turns: Sequence[tuple[str | None, str | None, str]]) -> list[bool]:
    """Of turns (speaker, chapter, words) in order: whether each belongs to the live questions and answers.

    A chapter says it; without chapters, from the words that open the questions to those that close them. A turn of
    somebody in the audience is one, and the next turn, which answers it.
    """
    chaptered = any(is_question_chapter(chapter) for _, chapter, _ in turns)
    found: list[bool] = []
    opened = answers = False
    for speaker, chapter, words in turns:
        asks = speaker is not None and _ASKS.match(speaker) is not None
        if chaptered:
            live = is_question_chapter(chapter)
        else:
            opens = any(not _LATER.search(said) for said in _sentences_with(_OPENS, words))
            if opened and _CLOSES.search(words):
                opened = False
            live = opened or (opens and "?" in words)
            opened = opened or opens
        found.append(live or asks or answers)
        answers = asks
    return found


def _sentences_with(pattern: re.Pattern[str], words: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?…])\s+", words) if pattern.search(sentence)]
