"""Which language a text is in, and what becomes of pages in none of ours."""

import pytest

from ingestion.assembly import Block, PageDraft, assemble
from ingestion.language import detect, is_other

ENGLISH = (
    "The patients were treated with one tablet a day, and the dose was doubled after four weeks where it was "
    "well tolerated. No change of the dose is needed in patients with mild renal impairment."
)
FRENCH = (
    "Les patients ont été traités par un comprimé par jour, et la dose a été doublée après quatre semaines "
    "lorsque le traitement était bien toléré. Aucune adaptation de la dose n’est nécessaire chez le sujet âgé."
)
OTHERS = {
    "de": "Die Patienten wurden mit einer Tablette am Tag behandelt, und die Dosis wurde nach vier Wochen verdoppelt, "
    "wenn sie gut vertragen wurde. Bei Patienten mit leichter Nierenfunktionsstörung ist keine Anpassung nötig.",
    "es": "Los pacientes fueron tratados con un comprimido al día, y la dosis se duplicó después de cuatro semanas en "
    "los que la toleraban bien. No es necesario un ajuste de la dosis en los pacientes con insuficiencia renal leve.",
    "it": "I pazienti sono stati trattati con una compressa al giorno, e la dose è stata raddoppiata dopo quattro "
    "settimane se era ben tollerata. Non è necessario un aggiustamento della dose nei pazienti con insufficienza.",
    "pt": "Os doentes foram tratados com um comprimido por dia, e a dose foi duplicada após quatro semanas quando era "
    "bem tolerada. Não é necessário um ajuste da dose em doentes com compromisso renal ligeiro ou moderado.",
    "nl": "De patiënten werden behandeld met een tablet per dag, en de dosis werd na vier weken verdubbeld als het "
    "goed werd verdragen. Bij patiënten met een licht gestoorde nierfunctie is geen aanpassing van de dosis nodig.",
    "sv": "Patienterna behandlades med en tablett om dagen och dosen fördubblades efter fyra veckor om det var väl "
    "tolererat. Det är inte nödvändigt att justera dosen för patienter med lätt nedsatt njurfunktion som är äldre.",
    "ko": "환자는 하루에 한 정을 복용하였으며 내약성이 좋은 경우 4주 후에 용량을 두 배로 늘렸다. 경증 신장애 환자에서는 용량 조절이 필요하지 않다.",
    "ru": "Пациенты получали одну таблетку в день, и доза удваивалась через четыре недели при хорошей переносимости.",
}


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (FRENCH, "fr")])
def test_french_and_english_are_told(text: str, language: str) -> None:
    assert detect(text) == language
    assert not is_other(text)


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_neither(language: str) -> None:
    assert detect(OTHERS[language]) is None
    assert is_other(OTHERS[language])


def test_a_few_words_are_not_called_another_language() -> None:
    assert not is_other("Dosis: 5 mg")


def test_a_page_in_another_language_is_doubtful_and_the_others_are_not() -> None:
    pages, _, language = assemble([PageDraft(1, [Block(ENGLISH)]), PageDraft(2, [Block(OTHERS["de"])])])
    assert language == "en"
    assert [(page.quality, page.reasons) for page in pages] == [
        ("good", ()),
        ("doubtful", ("other_language",)),
    ]


def test_headings_are_the_body_of_a_document_that_has_no_other() -> None:
    drafts = [PageDraft(1, [Block("A lone line", "heading", "heading"), Block("12", "furniture")])]
    pages, sentences, _ = assemble(drafts)
    assert [(s.text, s.kind, s.layer) for s in sentences] == [("A lone line", "sentence", "body")]
    assert [(region.layer, region.start, region.end) for region in pages[0].regions] == [
        ("body", 0, 11),
        ("furniture", 13, 15),
    ]


def test_headings_above_a_body_stay_headings() -> None:
    drafts = [PageDraft(1, [Block("A heading", "heading", "heading"), Block("A sentence stands below.")])]
    assert [sentence.kind for sentence in assemble(drafts)[1]] == ["heading", "sentence"]
