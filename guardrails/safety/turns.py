"""What a turn asks for that no approved sentence may answer (CH3, CH10, CH11, CH12)."""

import re
from functools import cache
from typing import Literal

from guardrails.safety.spelling import plainly
from guardrails.tables import table

TurnKind = Literal["injection", "role_claim", "off_label", "comparison", "personal_choice"]
"""injection: orders to the system. role_claim: says who the writer is; it changes no access. off_label: use beyond the
label. comparison: with another medicine. personal_choice: a layperson's or one patient's treatment choice."""


def classify_turn(text: str, language: str) -> tuple[TurnKind, ...]:
    """All that applies to a turn, the most pressing first; empty for a plain question about the label.

    Both languages are tried, since people mix them; `language` is what the conversation is in.
    """
    said = plainly(text)
    languages = (language, *(other for other in ("en", "fr") if other != language))
    return tuple(kind for kind in _KINDS if any(_pattern(kind, each).search(said) for each in languages))


_KINDS: tuple[TurnKind, ...] = ("injection", "role_claim", "off_label", "comparison", "personal_choice")


@cache
def _pattern(kind: TurnKind, language: str) -> re.Pattern[str]:
    return re.compile("|".join(table("safety/turns.yaml")[kind][language]))
