"""The exact shapes in which a model has to answer: one contract a kind of piece, each with a version.

A model proposes texts and quotes, nothing else: titles, greetings, headings and legal lines are the house's own.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

CONTRACT_VERSION = "1"

Role = Literal[
    "indication", "dose", "contraindication", "warning", "adverse_reaction", "interaction", "special_population",
    "design", "result", "conclusion", "key_point",
]  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Quote(_Strict):
    """Words copied from one passage."""

    passage: str = Field(description="The key of the passage, exactly as given.")
    text: str = Field(description="One or more whole adjacent sentences, copied character by character.")


class Statement(_Strict):
    """One factual sentence."""

    role: Role
    text: str = Field(description="One sentence that says no more and no less than its quotes.")
    quotes: list[Quote] = Field(description="At least one. Every number of the text stands in them.")


class Question(_Strict):
    """A multiple-choice question with one right option."""

    stem: str = Field(
        description="A question that names its subject and can be answered without the options."
    )
    options: list[str] = Field(description="Four options of one kind, about equally long.")
    key: int = Field(description="The index, from 0, of the right option.")
    feedback: Statement = Field(description="The statement that proves the key.")


class KeyMoments(_Strict):
    """Five to nine statements, with safety information among them."""

    statements: list[Statement]


class Quiz(_Strict):
    """Four to six questions, each on another fact."""

    questions: list[Question]


class Email(_Strict):
    """Two to four key messages, then the safety information that balances them."""

    messages: list[Statement]
    safety: list[Statement]


class Brief(_Strict):
    """Three messages, the answers to questions to expect, and a safety reminder."""

    messages: list[Statement]
    expected_questions: list[Statement]
    safety: list[Statement]


class Judgement(_Strict):
    """Whether the quotes carry the claim."""

    verdict: Literal["supported", "not_supported", "unclear"]
    reason: str = Field(description="One short sentence.")


class Ranking(_Strict):
    """Passages in a new order."""

    passages: list[str] = Field(description="The keys of all passages, the best first, each once.")


CONTRACTS: dict[str, type[BaseModel]] = {
    "key-moments": KeyMoments,
    "quiz": Quiz,
    "email": Email,
    "brief": Brief,
}
