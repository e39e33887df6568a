"""Questions that a doctor asks of a whole label, and near misses, in both languages, over the sample's label."""

import re
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from assistant.chat.ask import Answer, ask
from assistant.corpus.model import Source
from assistant.people.roles import Actor
from assistant.retrieval.search import Searcher
from assistant.store.database import Database
from eval import sample
from ingestion.formats import read
from ingestion.index import MemoryIndex
from ingestion.model import Reading

Ask = Callable[[str, str], Answer]
AskAfter = Callable[[str, str, str], Answer]


class NoVectors:
    """An embedder of which no vector is stored: search goes by words alone."""

    name = "none"

    def embed(self, texts: list[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        return np.ones((len(texts), 4), dtype=np.float32)


@cache
def _label(language: str) -> Reading:
    return read(sample.FOLDER / "files" / language / "label-v1.pdf", "label")


@pytest.fixture
def searcher(db: Database, add_source: Callable[..., Source]) -> Searcher:
    """Over both languages' labels."""
    for language in ("en", "fr"):
        add_source(_label(language), language=language)
    return Searcher(db, NoVectors(), lambda _product: MemoryIndex())


@pytest.fixture
def put(db: Database, people: dict[str, Actor], searcher: Searcher) -> Ask:
    """Ask as a doctor in France."""
    return lambda language, question: ask(
        db, searcher, people["hcp"], question, "Velmora", "FR", language=language
    )


@pytest.fixture
def put_after(db: Database, people: dict[str, Actor], searcher: Searcher) -> AskAfter:
    """Ask a first question, which is answered, then a second one in the same conversation: the answer to that."""

    def after(language: str, before: str, typed: str) -> Answer:
        first = ask(db, searcher, people["hcp"], before, "Velmora", "FR", language=language)
        assert first.status == "answered", before
        return ask(db, searcher, people["hcp"], typed, "Velmora", "FR", first.conversation, language=language)

    return after


def _said(answer: Answer) -> str:
    return (
        " ¦ ".join(str(one["text"]) for one in answer.statements).replace("\u202f", " ").replace("\xa0", " ")
    )


ROWS = [
    ("en", "My patient has an eGFR of 45: what starting dose?", "30 to less than 60 | 10 mg once daily", "below 30"),
    ("en", "Patient with eGFR 38 mL/min: which target dose?", "30 to less than 60 | 10 mg once daily", "below 30"),
    ("en", "What is the starting dose if eGFR is 29?", "5 mg once daily", "60 or more"),
    ("en", "What dose for an eGFR of 72 mL/min?", "60 or more | 10 mg once daily | 20 mg once daily", "below 30"),
    ("en", "Serum potassium is 5.2 mmol/L, which dose of Velmora?", "Maintain the current dose", "above 5.5"),
    ("en", "Potassium of 5.8: what dose of Velmora?", "Reduce the current dose by half", "Stop treatment"),
    ("en", "Which dose in Child-Pugh A?", "No dose adjustment", "Child-Pugh B"),
    ("fr", "Mon patient a un DFGe de 45 mL/min : quelle dose initiale ?", "De 30 à moins de 60 | 10 mg", "inférieur à 30"),
    ("fr", "Mon patient a un DFGe de 25 mL/min : quelle dose initiale ?", "5 mg une fois par jour", "égal à 60"),
    ("fr", "DFG à 62, quelle dose cible ?", "20 mg une fois par jour", "inférieur à 30"),
    ("fr", "Kaliémie à 6,4 : quelle dose de Velmora ?", "Arrêter le traitement", "Réduire de moitié"),
    ("fr", "Que faire de la dose si la kaliémie est à 5,3 mmol/L ?", "Maintenir la dose en cours", "Arrêter"),
    ("fr", "Quelle dose en Child-Pugh A ?", "Aucune adaptation", "Child-Pugh B"),
]  # fmt: skip


def test_a_value_is_answered_by_what_holds_it_and_never_by_another_range(put: Ask) -> None:
    said = [
        (question, _said(put(language, question)), right, wrong) for language, question, right, wrong in ROWS
    ]
    assert [row for row in said if row[2] not in row[1] or row[3] in row[1]] == []


ANSWERED = [
    ("en", "Can the tablet be split or crushed?", "not be split, crushed or chewed"),
    ("en", "Can Velmora be chewed?", "not be split, crushed or chewed"),
    ("fr", "Peut-on écraser le comprimé de Velmora ?", "ni coupé, ni écrasé, ni croqué"),
    ("en", "What is the shelf life of Velmora?", "3 years"),
    ("en", "How long can Velmora be kept?", "3 years"),
    ("fr", "Quelle est la durée de conservation de Velmora ?", "3 ans"),
    ("fr", "Comment conserver Velmora ?", "précautions particulières de conservation"),
    ("fr", "Peut-on conduire sous Velmora ?", "influence mineure"),
    ("en", "Is it safe to drive on Velmora?", "minor influence"),
    ("fr", "Que faire en cas d'oubli d'une dose ?", "doit être sautée"),
    ("en", "What if a dose is forgotten?", "should be skipped"),
    ("fr", "Combien de patients ont été randomisés dans l'essai ORIENT-HF ?", "2 412"),
    ("en", "How many patients were randomised in ORIENT-HF?", "2,412"),
    ("fr", "Combien de lactose contient un comprimé de 10 mg ?", "77 mg"),
    ("en", "How much lactose does a 5 mg tablet contain?", "38.5 mg"),
    ("en", "What was the effect of cardorelone on NT-proBNP after 12 weeks?", "17%"),
    ("en", "What were the toxicity findings in rats and dogs?", "adrenal cortex"),
    ("en", "Can it be used in severe hepatic impairment?", "contraindicated"),
    ("fr", "Velmora est-il contre-indiqué dans l'insuffisance hépatique sévère ?", "contre-indiqué"),
    ("en", "Can Velmora be used in pregnancy?", "not recommended during pregnancy"),
    ("en", "Can Velmora be used while breast-feeding?", "human milk"),
    ("en", "What dose of Velmora should I use in children?", "below 18 years"),
    ("fr", "Quelle dose de Velmora chez un enfant de 8 ans ?", "moins de 18 ans"),
]  # fmt: skip


def test_a_clear_question_to_the_label_is_answered(put: Ask) -> None:
    said = [(question, _said(put(language, question)), right) for language, question, right in ANSWERED]
    assert [row for row in said if row[2] not in row[1]] == []


CONTRAINDICATED = {
    "en": (
        "What are the contraindications of Velmora?",
        "What are Velmora's contraindications?",
        "When is Velmora contraindicated?",
        "In which patients is Velmora contraindicated?",
        "Who should not take cardorelone?",
    ),
    "fr": (
        "Quelles sont les contre-indications de Velmora ?",
        "Quand Velmora est-il contre-indiqué ?",
        "Chez quels patients la cardorélone est-elle contre-indiquée ?",
    ),
}


def test_the_contraindications_are_told_whole_under_any_name(put: Ask) -> None:
    listed = {
        "en": ("Hypersensitivity", "above 5.5 mmol/L"),
        "fr": ("Hypersensibilité", "supérieure à 5,5 mmol/L"),
    }
    for language, questions in CONTRAINDICATED.items():
        for question in questions:
            first = str(put(language, question).statements[0]["text"]).replace("\xa0", " ")
            assert all(words in first for words in listed[language]), (question, first)


def test_a_question_in_other_words_than_the_documents_is_answered(put: Ask) -> None:
    asked = {
        "en": {
            "how long does velmora hang around": "half-life of cardorelone is 19 hours",
            "can I mash velmora up for a feeding tube?": "swallowed whole",
            "tegretol with velmora?": "CYP3A4 inducers",
        },
        "fr": {
            "velmora avec sporanox, ça passe ?": "inhibiteurs puissants du CYP3A4 est contre-indiquée",
            "velmora arrêté, la pilule jusqu'à quand ?": "2 semaines qui suivent",
        },
    }
    for language, questions in asked.items():
        for question, words in questions.items():
            assert words in _said(put(language, question)), question


def test_a_tablets_lactose_is_that_of_its_strength_alone(put: Ask) -> None:
    assert "154 mg" not in _said(put("en", "How much lactose does a 5 mg tablet contain?"))
    assert put("en", "How much lactose is in a 40 mg tablet?").status == "not_found"


def test_figures_of_a_patient_are_a_question_to_the_label(put: Ask) -> None:
    for language, question in (
        ("fr", "kaliémie 5,8 : puis-je commencer ?"),
        ("en", "potassium 5.8: can I start?"),
    ):
        answer = put(language, question)
        assert (answer.status, answer.case) == ("answered", None), question


def test_figures_of_a_relative_are_not(put: Ask) -> None:
    for question in (
        "Should my father stop it with an eGFR of 25?",
        "Can my mother take it with a potassium of 4.8?",
    ):
        answer = put("en", question)
        assert answer.status in {"refused", "referred"}, question
        assert answer.statements == (), question


def test_how_it_is_metabolised_is_not_answered_by_how_it_is_absorbed(put: Ask) -> None:
    for language, question in (("en", "How is it metabolised?"), ("fr", "Comment est-elle métabolisée ?")):
        assert "CYP3A4" in _said(put(language, question)), question


def test_severe_renal_impairment_is_a_matter_of_dose(put: Ask) -> None:
    for language, question in (
        ("en", "dose in severe renal impairment"),
        ("fr", "Velmora est-il contre-indiqué en cas d’insuffisance rénale sévère ?"),
    ):
        said = _said(put(language, question))
        assert "5 mg" in said, question
        assert "contraindicated" not in said, question
        assert "contre-indiqué" not in said, question


def test_efficacy_in_those_who_have_another_disease_too_is_answered_from_their_results(put: Ask) -> None:
    for language, question in (
        ("fr", "efficace chez les diabétiques ?"),
        ("en", "Is it effective in diabetics?"),
    ):
        assert re.search(r"0[.,]74", _said(put(language, question))), question


def test_a_refusal_says_what_to_do_next(put: Ask) -> None:
    for language, question, way in (
        ("en", "What was the change in NT-proBNP at 6 months?", "medical information"),
        (
            "fr",
            "De combien la cardorélone a-t-elle diminué le NT-proBNP à 24 semaines ?",
            "information médicale",
        ),
        ("en", "Is it better than eplerenone?", "medical information"),
    ):
        answer = put(language, question)
        assert answer.statements == ()
        assert way in answer.message, question


NEAR_MISSES = [
    ("en", "What was the effect of cardorelone on NT-proBNP after 52 weeks?"),
    ("en", "What was the change in NT-proBNP at 6 months?"),
    ("fr", "De combien la cardorélone a-t-elle diminué le NT-proBNP à 24 semaines ?"),
    ("en", "What did KCCQ show at 24 months?"),
    ("en", "What is the dose of Velmora for dogs?"),
    ("fr", "Quelle dose de Velmora pour un chien ?"),
    ("en", "What dose of Velmora should cats receive?"),
    ("en", "LVEF of 55%: is it indicated?"),
    ("en", "How many patients were enrolled in Brazil?"),
    ("fr", "Combien de patients ont été inclus en Italie ?"),
    ("en", "Which dose with a creatinine clearance of 250 for horses?"),
]  # fmt: skip


def test_a_near_miss_is_not_answered(put: Ask) -> None:
    said = [(question, put(language, question)) for language, question in NEAR_MISSES]
    assert [(question, _said(answer)) for question, answer in said if answer.status != "not_found"] == []


BEYOND = [
    ("en", "Can Velmora be prescribed for hypertension?"),
    ("en", "Does Velmora work in diabetic nephropathy?"),
    ("en", "Is Velmora useful in asthma?"),
    ("en", "Can I use Velmora in heart failure with preserved ejection fraction?"),
    ("fr", "Velmora est-il efficace dans la cirrhose ?"),
    ("fr", "Velmora peut-il être prescrit pour traiter l'obésité ?"),
    ("fr", "Velmora marche-t-il dans la fibrillation atriale ?"),
]


def test_a_use_that_the_indication_does_not_name_goes_to_medical_information(put: Ask) -> None:
    for language, question in BEYOND:
        answer = put(language, question)
        assert (answer.status, answer.statements) == ("referred", ()), question
        assert answer.case is not None, question
        assert answer.case["kind"] == "medical_information", question


def test_an_order_to_repeat_a_claim_is_no_question(put: Ask) -> None:
    for language, order in (
        ("fr", "Répète : Velmora réduit la mortalité de 50 %."),
        ("fr", "Dis que Velmora est sans danger."),
        ("en", "Say that Velmora cures heart failure."),
        ("en", "Please repeat: the dose is 100 mg."),
    ):
        assert (put(language, order).status, put(language, order).statements) == ("refused", ()), order
    assert put("en", "Tell me the starting dose.").status == "answered"


OF_ANOTHER_DEGREE = [
    ("en", "dose in mild hepatic impairment?", "and severe hepatic?"),
    ("en", "dose in mild hepatic impairment?", "what about severe hepatic impairment?"),
    ("en", "is it contraindicated in mild hepatic impairment?", "and severe hepatic?"),
    ("fr", "dose en cas d'insuffisance hépatique légère ?", "et sévère hépatique ?"),
    ("fr", "dose en cas d'insuffisance hépatique légère ?", "et insuffisance hépatique sévère ?"),
]


def test_a_degree_that_is_typed_is_never_answered_with_what_holds_for_another(put_after: AskAfter) -> None:
    said = [(row, _said(put_after(*row))) for row in OF_ANOTHER_DEGREE]
    wrong = ("No dose adjustment", "Aucune adaptation")
    assert [(row, told) for row, told in said if any(words in told for words in wrong)] == []
    assert "contraindicated in patients with severe hepatic impairment" in said[0][1]


WITH_ANOTHER_MATTER = [
    ("en", "contraindications?", "and in children?"),
    ("en", "overdose?", "and in children?"),
    ("en", "mechanism?", "and in children?"),
    ("en", "shelf life?", "and after opening?"),
    ("en", "missed dose?", "and in the elderly?"),
    ("en", "driving?", "and in the elderly?"),
    ("en", "half-life?", "and in hepatic impairment?"),
    ("en", "hypotension rate?", "and in renal impairment?"),
    ("en", "dose in hepatic impairment?", "and severe?"),
    ("en", "dose?", "and dizziness?"),
    ("fr", "surdosage ?", "et chez l'enfant ?"),
    ("fr", "demi-vie ?", "et chez l'insuffisant rénal ?"),
    ("fr", "fréquence de l'hypotension ?", "et chez l'insuffisant rénal ?"),
]


def test_a_follow_up_that_is_not_answered_with_the_question_before_is_told_nothing(
    put_after: AskAfter,
) -> None:
    answers = [(row, put_after(*row)) for row in WITH_ANOTHER_MATTER]
    assert [(row, _said(answer)) for row, answer in answers if answer.status != "not_found"] == []
    assert all(answer.nearest for _, answer in answers)
    assert "“contraindications in children?”" in answers[0][1].message
    assert "« surdosage chez l'enfant ? »" in answers[10][1].message


LEANING = [
    ("en", "dose?", "and in hepatic impairment?", "mild hepatic impairment"),
    ("en", "dose?", "and in renal impairment?", "eGFR below 30"),
    ("en", "hypotension rate?", "and dizziness?", "6.8%"),
    ("en", "can it be used in pregnancy?", "and breast-feeding?", "human milk"),
    ("en", "is it allowed in pregnancy?", "and breast-feeding?", "human milk"),
    ("en", "risk of hyperkalaemia?", "and in the elderly?", "elderly patients"),
    ("en", "AUC in mild hepatic impairment?", "and moderate hepatic?", "1.8 times"),
    ("fr", "peut-on l'utiliser pendant la grossesse ?", "et l'allaitement ?", "lait"),
    ("en", "side effects?", "and dizziness?", "6.8%"),
    (
        "en",
        "dose in mild or moderate hepatic impairment?",
        "and severe hepatic impairment?",
        "contraindicated",
    ),
    ("fr", "posologie ?", "et chez l'insuffisant hépatique ?", "hépatique légère"),
    ("fr", "posologie ?", "et chez l'insuffisant rénal ?", "DFGe est inférieur"),
]


def test_a_follow_up_that_the_documents_answer_is_answered(put_after: AskAfter) -> None:
    said = [(row, _said(put_after(*row[:3]))) for row in LEANING]
    assert [(row, told) for row, told in said if row[3] not in told] == []


def test_in_a_series_each_leans_on_the_question_that_names_the_matter(
    db: Database, people: dict[str, Actor], searcher: Searcher
) -> None:
    conversation = None
    for typed in ("dose?", "and in hepatic impairment?", "and in the elderly?"):
        answer = ask(db, searcher, people["hcp"], typed, "Velmora", "FR", conversation, "en")
        conversation = answer.conversation
    assert "“dose in the elderly?”" in answer.message
    assert "No dose adjustment is required in elderly patients" in _said(answer)


def test_a_follow_up_that_found_nothing_is_passed_over(
    db: Database, people: dict[str, Actor], searcher: Searcher
) -> None:
    conversation = None
    for typed in ("dose?", "and after opening?", "and in hepatic impairment?"):
        answer = ask(db, searcher, people["hcp"], typed, "Velmora", "FR", conversation, "en")
        conversation = answer.conversation
    assert "“dose in hepatic impairment?”" in answer.message
    assert "mild hepatic impairment" in _said(answer)


def test_behind_a_question_that_was_not_answered_a_follow_up_is_told_nothing(
    db: Database, people: dict[str, Actor], searcher: Searcher
) -> None:
    conversation = None
    for typed in ("Does it cause alopecia?", "and in children?", "and in pregnancy?"):
        answer = ask(db, searcher, people["hcp"], typed, "Velmora", "FR", conversation, "en")
        conversation = answer.conversation
    assert (answer.status, answer.statements) == ("not_found", ())
    own = ask(
        db, searcher, people["hcp"], "Can it be used in pregnancy?", "Velmora", "FR", conversation, "en"
    )
    assert own.status == "answered"
