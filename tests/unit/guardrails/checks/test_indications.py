"""GR9: the medicine is claimed for no other condition than the approved ones; nobody may override that."""

from typing import Any

import pytest

from guardrails.model import Finding, PassageText
from tests.unit.guardrails.builders import context, document, evidence, facts, found, segment, statement

SHEET = {
    "brand": "Zelquor",
    "inn": {"en": "brexatol", "fr": "brexatol"},
    "indications": {
        "en": "Zelquor is indicated in adults for the prevention of episodic migraine and for type 2 diabetes mellitus.",
        "fr": "Zelquor est indiqué chez l’adulte dans la prévention de la migraine épisodique et dans le diabète de type 2.",
    },
    "status": "active",
}
OTHER_ENGLISH = [
    ("Zelquor is suitable for chronic migraine.", "chronic migraine"),
    ("Zelquor is suitable for patients with chronic migraine.", "chronic migraine"),
    ("Zelquor is indicated for cluster headache.", "cluster headache"),
    ("Brexatol is effective in epilepsy.", "epilepsy"),
    ("Zelquor treats depression.", "depression"),
    ("Zelquor can be used for the treatment of fibromyalgia.", "fibromyalgia"),
    ("Zelquor is an effective option for asthma.", "asthma"),
    ("Zelquor is recommended for type 1 diabetes.", "type 1"),
    ("Zelquor is well tolerated and is also appropriate for neuropathic pain.", "neuropathic pain"),
]
OTHER_FRENCH = [
    ("Zelquor est adapté à la migraine chronique.", "chronique"),
    ("Zelquor est efficace dans l’épilepsie.", "epilepsie"),
    ("Zelquor traite l’anxiété.", "anxiete"),
    ("Zelquor est indiqué dans le traitement de la goutte.", "goutte"),
    ("Le brexatol peut être utilisé en cas de fibromyalgie.", "fibromyalgie"),
    ("Zelquor est indiqué dans le diabète de type 1.", "type 1"),
]
APPROVED = [
    "Zelquor is suitable for adults with episodic migraine.",
    "Zelquor is effective in migraine prevention.",
    "Zelquor is indicated for type 2 diabetes.",
    "Zelquor is effective in reducing headache days.",
    "Zelquor est efficace dans la migraine épisodique.",
    "Zelquor est adapté au diabète de type 2.",
]
NO_CLAIM = [
    "Zelquor is not indicated for chronic migraine.",
    "It is not known whether Zelquor is effective in epilepsy.",
    "Is Zelquor suitable for chronic migraine?",
    "Sumatriptan is indicated for cluster headache.",
    "Patients with chronic migraine were excluded.",
    "Zelquor can be used in mild renal impairment.",
    "Zelquor n’est pas indiqué dans la migraine chronique.",
    "Zelquor est contre-indiqué en cas d’asthme.",
]

NO_DISEASE = [
    "Zelquor peut être prescrit dans la limite de 10 mg par jour.",
    "Zelquor est recommandé à chaque visite.",
    "Zelquor doit être donné dans les plus petites doses.",
    "Zelquor est utile pour la conduite du traitement.",
    "Zelquor est recommandé dans la suite du traitement.",
    "Zelquor est efficace dans ce site.",
    "Zelquor est recommandé pour l’élite sportive.",
    "Zelquor est utile pour la réussite du traitement.",
    "Zelquor is effective in the opposite direction.",
    "Zelquor is recommended on the website.",
    "Zelquor is useful for the metabolite profile.",
    "Zelquor is useful for the diagnosis.",
    "Zelquor is suitable for a poor prognosis.",
]
OUTCOMES = [
    "Zelquor was effective in preventing hospitalisation for heart failure.",
    "Zelquor was effective against admissions for heart failure.",
    "Zelquor est efficace dans la prévention des hospitalisations pour insuffisance cardiaque.",
    "Zelquor est efficace contre les décès par infarctus.",
]
UNSURE = [
    "Zelquor is effective in sarcoidosis.",
    "Zelquor is effective in preventing stroke.",
    "Zelquor treats Wilson disease.",
    "Zelquor est efficace dans la thyroïdite.",
    "Zelquor est efficace pour retarder la démence.",
]
KNOWN = [
    "Zelquor is effective in rheumatoid arthritis.",
    "Zelquor is indicated for the prevention of stroke.",
    "Zelquor est efficace dans la bronchite.",
]


def language_of(text: str) -> Any:
    return "fr" if any(mark in text for mark in (" est ", "traite ", " peut ", " doit ")) else "en"


def judged(text: str, kind: str = "paper", quote: str | None = None, **changes: Any) -> list[Finding]:
    passage = evidence(quote or "It was studied in 400 adults.", source=kind)
    said = statement(text, passage.text, of=passage, language=language_of(text), wording="reworded")
    given = context(
        passage, source=facts(id=kind, kind=kind), **{"product": SHEET, "market": "EU", **changes}
    )
    return [f for f in found("GR9", document(said), given) if "condition" in f.evidence]


@pytest.mark.parametrize(("text", "condition"), [*OTHER_ENGLISH, *OTHER_FRENCH])
def test_a_condition_that_the_indication_does_not_name_blocks(text: str, condition: str) -> None:
    (finding,) = judged(text)
    assert (finding.severity, finding.overridable, finding.stage) == ("block", False, "draft")
    assert condition in str(finding.evidence["condition"])


@pytest.mark.parametrize("text", [*APPROVED, *NO_CLAIM])
def test_an_approved_condition_and_what_is_no_claim_of_use_stand(text: str) -> None:
    assert judged(text) == []


@pytest.mark.parametrize("text", [*NO_DISEASE, *OUTCOMES])
def test_a_word_that_ends_like_a_disease_and_an_outcome_of_a_study_are_no_condition(text: str) -> None:
    assert judged(text) == []


@pytest.mark.parametrize("text", UNSURE)
def test_what_only_looks_like_a_condition_or_is_prevented_waits_for_a_reviewer(text: str) -> None:
    (finding,) = judged(text)
    assert finding.severity == "needs_review"


@pytest.mark.parametrize("text", KNOWN)
def test_a_known_condition_blocks_whatever_its_name_ends_in(text: str) -> None:
    (finding,) = judged(text)
    assert finding.severity == "block"


def test_the_source_s_own_words_are_no_excuse_but_the_label_s_are() -> None:
    text = "Zelquor is effective in epilepsy."
    verbatim = {
        kind: document(statement(text, text, of=evidence(text, source=kind), wording="verbatim"))
        for kind in ("paper", "label")
    }
    for kind, piece in verbatim.items():
        given = context(evidence(text, source=kind), source=facts(id=kind, kind=kind), product=SHEET)
        assert bool(found("GR9", piece, given)) == (kind == "paper")


def test_titles_are_read_and_a_quiz_s_wrong_answers_are_not() -> None:
    text = "Zelquor is indicated for asthma."
    given = context(product=SHEET)
    assert found("GR9", document(segment(text)), given)
    assert not found("GR9", document(segment(text, "option", "distractor"), kind="quiz"), given)


def test_those_who_are_treated_may_have_another_condition_besides() -> None:
    (finding,) = judged("Zelquor is effective in patients with asthma.")
    assert finding.severity == "needs_review"
    assert judged("Zelquor is indicated for patients with asthma.")[0].severity == "block"


def test_a_condition_of_which_the_quoted_label_speaks_waits_for_a_reviewer() -> None:
    (finding,) = judged("Zelquor can be used in gout.", "label", "Zelquor may be taken by adults with gout.")
    assert finding.severity == "needs_review"


def test_an_indication_in_another_language_only_leaves_it_to_a_reviewer() -> None:
    sheet = {**SHEET, "indications": {"fr": SHEET["indications"]["fr"]}}  # type: ignore[index]
    (finding,) = judged("Zelquor is effective in epilepsy.", product=sheet)
    assert finding.severity == "needs_review"


def test_without_a_known_indication_nothing_is_said() -> None:
    assert judged("Zelquor is effective in epilepsy.", product={"brand": "Zelquor"}) == []


def test_the_label_s_own_section_is_an_indication_too() -> None:
    label = (PassageText("Zelquor is indicated in gout.", "4.1 Therapeutic indications"),)
    given: dict[str, Any] = {"wholes": {"label": label}, "product": {"brand": "Zelquor"}}
    assert judged("Zelquor is effective in gout.", "label", **given) == []
    assert judged("Zelquor is effective in epilepsy.", "label", **given)[0].severity == "block"
