"""Every proposal of every engine passes here: what cannot be shown to stand in the evidence is set aside, with why."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assistant.content.builder import CitedStatement
from assistant.engines.cloze import GAP
from assistant.engines.protocol import Proposal, ProposedQuestion, ProposedStatement, Rejected
from assistant.review.checking import report_on_draft
from assistant.review.model import NewPiece
from guardrails.citations import ProposedCitation, Rejection, bare, verify
from guardrails.model import Citation, Document, Evidence, Language
from guardrails.table_rows import missing_from
from ingestion.text import fold

_NO_QUOTE = {
    "en": "The statement quotes nothing.",
    "fr": "L’énoncé ne cite rien.",
}
_NUMBERS = {
    "en": "Not in the quote: {numbers}.",
    "fr": "Absent de la citation : {numbers}.",
}


IN_ITS_PLACE = "GR11"
_FIGURE = re.compile(r"\d")
_MORE_WORDS = 3
"""An option may have these more than the key: "10 mg" and "5 mg or 10 mg"."""
_KEYS = {
    "key_unsupported": {
        "en": "The right answer of the question, “{option}”, is not what its feedback says.",
        "fr": "La bonne réponse de la question, « {option} », n’est pas ce que dit son commentaire.",
    },
    "option_supported": {
        "en": "The feedback also says the wrong answer “{option}”.",
        "fr": "Le commentaire dit aussi la mauvaise réponse « {option} ».",
    },
    "option_of_another_kind": {
        "en": "The gap stood for a figure, and “{option}” is none: all options are of one kind.",
        "fr": "Un chiffre manque, et « {option} » n’en est pas un : toutes les options sont d’une même sorte.",
    },
}


@dataclass(frozen=True, slots=True)
class Verified:
    """What of a proposal stands."""

    statements: tuple[CitedStatement, ...]
    questions: tuple[tuple[ProposedQuestion, CitedStatement], ...]
    rejected: tuple[Rejected, ...]


def stopped_by_rules(
    connection: Connection, now: datetime, new: NewPiece, document: Document
) -> list[Rejected]:
    """The statements that a rule would stop at submission, a question's through any part of it.

    A machine offers no sentence without what changes its meaning in the source (GR11); of a person's text, a reviewer decides.
    """
    report = report_on_draft(connection, now, new, document, "submit")
    found: dict[str, Rejected] = {}
    for finding in (*report.blocks(), *(f for f in report.findings if f.rule == IN_ITS_PLACE)):
        statement = _statement_at(document, finding.where)
        if statement is not None:
            found.setdefault(statement, Rejected(statement, finding.rule, "rule", finding.messages))
    return list(found.values())


def _statement_at(document: Document, where: str) -> str | None:
    segment = next((s for s in document.segments if s.id == where), None)
    if segment is not None and segment.kind in {"question", "option"}:
        segment = next((s for s in document.group(segment.group) if s.kind == "statement"), None)
    return segment.text if segment is not None and segment.kind == "statement" else None


Place = Callable[[Citation], Citation]
"""Adds rectangles and the exact page: it needs the pages, which this module does not."""


def verified(
    proposal: Proposal, evidence: Mapping[str, Evidence], language: Language, place: Place
) -> Verified:
    """Verify each statement's quotes and numbers; a question stands or falls with its feedback."""
    rejected: list[Rejected] = list(proposal.rejected)
    statements: list[CitedStatement] = []
    questions: list[tuple[ProposedQuestion, CitedStatement]] = []
    for proposed in proposal.statements:
        outcome = _statement(proposed, evidence, language, place)
        if isinstance(outcome, Rejected):
            rejected.append(outcome)
        else:
            statements.append(outcome)
    for question in proposal.questions:
        outcome = _statement(question.feedback, evidence, language, place)
        key = _key_problem(question)
        if isinstance(outcome, Rejected):
            rejected.append(outcome)
        elif key is not None:
            rejected.append(key)
        else:
            questions.append((question, outcome))
    return Verified(tuple(statements), tuple(questions), tuple(rejected))


def _statement(
    proposed: ProposedStatement, evidence: Mapping[str, Evidence], language: Language, place: Place
) -> CitedStatement | Rejected:
    if not proposed.quotes:
        return Rejected(proposed.text, "GR1", "no_quote", _NO_QUOTE)
    outcomes = [verify(ProposedCitation(q.passage, q.text), evidence) for q in proposed.quotes]
    for outcome in outcomes:
        if isinstance(outcome, Rejection):
            return Rejected(proposed.text, outcome.rule, outcome.reason, outcome.messages)
    citations = tuple(place(c) for c in outcomes if isinstance(c, Citation))
    cited = CitedStatement(proposed.role, proposed.text, citations, proposed.heading, proposed.part)
    absent = [] if cited.wording(language) == "verbatim" else _missing(cited, language)
    if absent:
        numbers = ", ".join(absent)
        messages = {name: text.format(numbers=numbers) for name, text in _NUMBERS.items()}
        return Rejected(proposed.text, "GR3", "number_missing", messages)
    return cited


def _key_problem(question: ProposedQuestion) -> Rejected | None:
    """The feedback has to say the key, in its words, and no other option; a gap is filled by the key alone."""
    said = fold(question.feedback.text).text.casefold()
    key = question.options[question.key]
    wrong = [o for at, o in enumerate(question.options) if at != question.key and o not in key]
    if not _says(said, key):
        return _unsupported(question, "key_unsupported", key)
    also = next((option for option in wrong if _says(said, option)), None)
    if also is not None:
        return _unsupported(question, "option_supported", also)
    before, gap, after = question.stem.partition(GAP)
    if gap and _squeezed(before + key + after) != _squeezed(question.feedback.text):
        return _unsupported(question, "key_unsupported", key)
    odd = next((option for option in question.options if gap and not _as_short_a_figure(option, key)), None)
    return _unsupported(question, "option_of_another_kind", odd) if odd is not None else None


def _as_short_a_figure(option: str, key: str) -> bool:
    """A wrong answer may be wrong, and no more: a sentence beside figures is read as a claim, and rests on nothing."""
    return not _FIGURE.search(key) or (
        bool(_FIGURE.search(option)) and len(option.split()) <= len(key.split()) + _MORE_WORDS
    )


def _says(text: str, words: str) -> bool:
    """Whether the words stand in the folded text, not as part of a longer word or number."""
    wanted = re.escape(fold(words).text.casefold().strip(" .,;"))
    return bool(re.search(rf"(?<![\w])(?<!\d[.,]){wanted}(?![\w]|[.,]\d)", text))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", bare(text))


def _unsupported(question: ProposedQuestion, reason: str, option: str) -> Rejected:
    text = question.feedback.text
    return Rejected(text, "QZ1", reason, {name: m.format(option=option) for name, m in _KEYS[reason].items()})


def _missing(cited: CitedStatement, language: Language) -> Sequence[str]:
    return [item.quantity.text for item in missing_from(cited.text, language, cited.citations)]


__all__ = ["Rejected", "Verified", "stopped_by_rules", "verified"]
