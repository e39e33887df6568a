from dataclasses import replace

from guardrails.attestation import fingerprint
from tests.unit.guardrails.builders import INDICATION, LABEL, SAFETY, evidence, statement

PASSAGE = evidence(*LABEL)
SEGMENT = statement("L’effet est de 12 %.", INDICATION, of=PASSAGE)


def test_typography_role_and_place_do_not_change_the_fingerprint() -> None:
    same = replace(SEGMENT, text="L'effet  est de\u00a012 %. ", id="other", role="safety")
    assert fingerprint(same) == fingerprint(SEGMENT)


def test_a_word_a_number_another_quote_or_the_quote_of_another_document_does() -> None:
    assert fingerprint(replace(SEGMENT, text="L'effet est de 13 %.")) != fingerprint(SEGMENT)
    assert fingerprint(replace(SEGMENT, citations=())) != fingerprint(SEGMENT)
    assert fingerprint(statement(SEGMENT.text, SAFETY, of=PASSAGE)) != fingerprint(SEGMENT)
    cited = SEGMENT.citations[0]
    for elsewhere in (replace(cited, source="another"), replace(cited, reading="another")):
        assert fingerprint(replace(SEGMENT, citations=(elsewhere,))) != fingerprint(SEGMENT)
    both = statement(SEGMENT.text, INDICATION, SAFETY, of=PASSAGE)
    assert fingerprint(replace(both, citations=both.citations[::-1])) != fingerprint(both)
