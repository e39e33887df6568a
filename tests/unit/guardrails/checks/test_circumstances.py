"""What a result stands with, where risk stands, what a piece is, and its language (FR26, US1, FR36, FR38)."""

from typing import Any

import pytest

from guardrails.model import Evidence, Finding, Segment
from guardrails.packs import pack_of
from tests.unit.guardrails.builders import context, document, evidence, facts, found, says, segment, statement

BARE = "Cardorelone reduced hospitalisation by 21 % (HR 0.79)."
METHODS = "In this randomised trial 1,205 patients received cardorelone or placebo for 24 months."
ENDPOINT = "Hospitalisation, the primary endpoint, was reduced by 21 % compared with placebo (p = 0.003)."


def paper(*sentences: str) -> Evidence:
    return evidence(*sentences, source="paper", source_kind="paper")


def told(*sentences: str, kind: str = "paper") -> list[Finding]:
    of = paper(*sentences)
    given = context(of, source=facts(id="paper", kind=kind))
    texts = [statement(text, text, of=of, lineage=f"s{n}") for n, text in enumerate(sentences)]
    return found("FR26", document(*texts), given)


def test_a_result_without_its_study_is_told_what_is_missing() -> None:
    (finding,) = told(BARE)
    assert finding.severity == "warn"
    assert finding.evidence["missing"] == [
        "the design", "the number of patients", "the comparator", "the duration", "which endpoint it is", "an interval or p-value",
    ]  # fmt: skip


def test_what_is_told_beside_it_from_the_same_source_counts() -> None:
    assert not told(METHODS, ENDPOINT)
    (finding,) = told(METHODS, BARE)
    assert finding.evidence["missing"] == ["which endpoint it is", "an interval or p-value"]


def test_it_is_asked_once_a_source_and_only_of_studies() -> None:
    assert len(told(BARE, "Cardorelone lowered pressure by 12 mmHg.")) == 1
    assert not told(BARE, kind="label")
    assert not told("The dose is 10 mg once daily.")


def american(*texts: tuple[str, str]) -> list[str]:
    whole = [segment(text, "statement", role, lineage=f"s{n}") for n, (text, role) in enumerate(texts)]
    return says("US1", document(*whole), context(market="US"))


GAIN = ("Velmora reduced hospitalisation for heart failure in adults.", "result")
RISK = ("The most common adverse reactions were hyperkalaemia and dizziness.", "safety")
OTHER = ("Velmora is a tablet.", "context")


def test_risk_stands_near_benefit_at_comparable_length() -> None:
    assert not american(GAIN, RISK)
    assert "Benefit is told" in american(GAIN)[0]
    assert "Benefit is told" in american(GAIN, GAIN, GAIN, ("Hyperkalaemia was reported.", "safety"))[0]
    assert "5 texts away" in american(GAIN, OTHER, OTHER, OTHER, OTHER, RISK)[0]
    assert not american(OTHER)


def test_benefit_is_known_by_the_words_of_the_balance() -> None:
    pack = pack_of("US")
    assert pack.rule("US1").params["benefit"] == pack.rule("BAL").params["benefit"]


def nature(doc: Any, qualification: str) -> list[tuple[str, str]]:
    given = context(qualification=qualification)
    return [(finding.where, finding.severity) for finding in found("FR36", doc, given)]


def test_advertising_is_called_so() -> None:
    title = segment("Temps forts", language="fr")
    assert nature(document(title), "promotional") == [("piece", "warn")]
    for words in ("Publicité", "Document promotionnel", "Promotional material"):
        assert not nature(document(title, segment(words, role="mention", lineage="m")), "promotional")
    for words in ("Ceci n'est pas une publicité", "Document non promotionnel"):
        assert nature(document(title, segment(words, role="mention", lineage="m")), "promotional")


def test_an_answer_is_no_advertising() -> None:
    plain = segment("Votre question sur l'insuffisance rénale", language="fr")
    assert not nature(document(plain), "reactive_medical")
    assert nature(document(segment("Publicité", language="fr")), "reactive_medical") == [
        ("x1", "needs_review")
    ]
    praise = segment("Velmora, une efficacité sans précédent", language="fr")
    assert nature(document(praise), "reactive_medical") == [("x1", "needs_review")]


ENGLISH = "Velmora should be started at 10 mg and the dose may be increased after two weeks."
FRENCH = "Velmora doit être débuté à 10 mg et la dose peut être augmentée après deux semaines."


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        (ENGLISH, True),
        (FRENCH, False),
        ("Velmora: the facts", False),
        ("1. Roe K, Lind P. The effects of cardorelone on the heart of patients. Lancet. 2021;398(1):655-64.", False),
    ],
)  # fmt: skip
def test_each_text_of_a_french_piece_is_french(text: str, heard: bool) -> None:
    piece: Segment = segment(text, language="fr")
    assert bool(found("FR38", document(piece, language="fr"), context())) is heard


def of_kind(rule: str, text: str, kind: str, **changes: Any) -> list[str]:
    of = evidence(text, source="s", source_kind=kind)
    given = context(of, source=facts(id="s", kind=kind))
    return [f.severity for f in found(rule, document(statement(text, text, of=of, **changes)), given)]


def test_a_contraindication_told_by_a_paper_is_no_indication() -> None:
    assert of_kind("GR9", "Le cardorélone est indiqué en prévention.", "paper", language="fr")
    assert not of_kind("GR9", "Le cardorélone est contre-indiqué en association.", "paper", language="fr")
    assert not of_kind("GR9", "Cardorelone is contra-indicated in pregnancy.", "paper")


def test_a_relative_risk_in_the_label_s_own_words_waits() -> None:
    text = "A significant improvement was seen, with a 69.3% reduction in risk of progression."
    assert of_kind("FR30", text, "label") == ["needs_review"]
    assert of_kind("FR30", text, "paper") == ["block"]


def test_a_design_that_compares_is_no_result() -> None:
    assert not of_kind("FR27", "This was an open-label, exploratory study comparing cardorelone.", "paper")
    assert of_kind(
        "FR27", "In this exploratory study cardorelone reduced pain compared with placebo.", "paper"
    )
