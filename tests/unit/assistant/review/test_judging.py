from collections.abc import Sequence

from assistant.review.judging import judged, notes_of
from guardrails.attestation import fingerprint
from guardrails.judge import Judgement
from guardrails.model import Language
from tests.unit.guardrails.builders import SAFETY, document, evidence, segment, statement

PASSAGE = evidence(SAFETY)
VERBATIM = statement(SAFETY, SAFETY, of=PASSAGE, lineage="v")
REWORDED = statement("Hyperkalaemia was the commonest reaction (11.8 %).", SAFETY, of=PASSAGE, lineage="r")


class Asked:
    def __init__(self) -> None:
        self.statements: list[str] = []

    def judge(self, statement: str, language: Language, quotes: Sequence[tuple[str, Language]]) -> Judgement:
        assert (language, list(quotes)) == ("en", [(SAFETY, "en")])
        self.statements.append(statement)
        return Judgement("j@1", 0.25, "why")


def test_only_reworded_statements_are_asked_about_and_noted_by_text_and_quotes() -> None:
    judge = Asked()
    notes = judged(judge, document(segment("Key moments"), VERBATIM, REWORDED))
    assert judge.statements == [REWORDED.text]
    assert notes == {fingerprint(REWORDED): {"name": "j@1", "score": 0.25, "why": "why"}}


def test_a_revision_without_notes_has_none() -> None:
    assert notes_of({}) == {}
    assert notes_of({"judgements": "broken"}) == {}
    assert notes_of({"judgements": {"f": {"score": 1}}}) == {"f": {"score": 1}}


class Down(Asked):
    """Cannot be asked at all."""

    def judge(self, statement: str, language: Language, quotes: Sequence[tuple[str, Language]]) -> Judgement:
        super().judge(statement, language, quotes)
        return Judgement("j@1", None, "model_timeout", down=True)


def test_a_judge_that_is_down_is_asked_once_and_named_at_each_statement() -> None:
    other = statement("Hyperkalaemia was common (11.8 %).", SAFETY, of=PASSAGE, lineage="o")
    judge = Down()
    notes = judged(judge, document(REWORDED, other))
    assert judge.statements == [REWORDED.text]
    assert {fingerprint(REWORDED), fingerprint(other)} == notes.keys()
    assert all(note["why"] == "model_timeout" for note in notes.values())
