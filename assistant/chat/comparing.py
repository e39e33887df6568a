"""Whether approved sentences tell a comparison that is asked for: else it is refused (rule CH11)."""

import re
from collections.abc import Sequence

from assistant.chat.asked import Question
from assistant.chat.wording import flat
from assistant.retrieval.names import names_of
from guardrails.model import Segment
from guardrails.names import looks_like_medicine, named_words

_COMPARING = re.compile(
    r"\b(?:versus|vs|than|compar\w+|groups?|arms?|similar\w*|superior\w*|inferior\w*|non-?inferior\w*|que|groupes?|bras|par rapport|superieur\w*"
    r"|inferieur\w*|similaires?|contre)\b"
)


def compares(question: Question, statements: Sequence[Segment]) -> bool:
    """Whether each other medicine that the question names stands in a statement that compares.

    A question that names none, "is it better than the others?", has no approved answer.
    """
    others = _others(question)
    told = [flat(segment.text) for segment in statements]
    return bool(others) and all(
        any(other in text and _COMPARING.search(text) for text in told) for other in others
    )


def _others(question: Question) -> frozenset[str]:
    own = {flat(name) for name in names_of(question.product.name, question.product.sheet)}
    named = {flat(word) for word, _ in named_words(question.text) if looks_like_medicine(word)}
    return frozenset(named - own)
