"""The dossier agrees with the files, with the label and with itself."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml

from eval.sample.labels import VERSIONS
from eval.sample.labels.text import load, sections_of
from eval.sample.make import FILES
from eval.sample.typography import polish

LANGUAGES = ("en", "fr")
DOSSIER: dict[str, Any] = yaml.safe_load((FILES.parent / "dossier.yaml").read_text(encoding="utf-8"))
PRODUCT = DOSSIER["product"]
MENTIONS = [
    (market, language)
    for market, by_language in PRODUCT["mandatory_mentions"].items()
    for language in by_language
]


def one_line(text: str) -> str:
    return " ".join(text.split())


def strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value


def test_the_dossier_lists_exactly_the_shipped_files() -> None:
    shipped = {str(path.relative_to(FILES)) for path in FILES.rglob("*") if path.is_file()}
    assert {document["file"] for document in DOSSIER["documents"]} == shipped


@pytest.mark.parametrize("document", DOSSIER["documents"], ids=lambda document: str(document["file"]))
def test_a_document_says_what_it_is_and_how_it_is_approved(document: dict[str, Any]) -> None:
    assert document["kind"] in {"label", "paper", "deck", "transcript", "claims"}
    assert document["file"].startswith(document["language"] + "/")
    assert document["title"]
    assert document["approval"]
    assert document["audiences"] == ["hcp"]
    assert set(document["markets"]) == {"FR", "EU"}
    assert set(document["uses"]) <= {"promotional", "reactive_medical", "internal"}
    assert document["approved_on"] < date(2026, 11, 22) < document["expires_on"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_version_2_of_the_label_comes_later_and_replaces_version_1(language: str) -> None:
    later = [d for d in DOSSIER["documents"] if d.get("later") and d["language"] == language]
    assert [(d["file"], d["replaces"]) for d in later] == [
        (f"{language}/label-v2.pdf", f"{language}/label-v1.pdf")
    ]
    dates = {d["file"]: d["approved_on"] for d in DOSSIER["documents"]}
    assert {version: dates[f"{language}/label-v{version}.pdf"] for version in VERSIONS} == VERSIONS


def test_no_two_documents_share_an_approval() -> None:
    references = [document["approval"] for document in DOSSIER["documents"]]
    assert len(set(references)) == len(references)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_indication_of_the_product_is_that_of_its_first_label(language: str) -> None:
    indication = one_line(PRODUCT["indications"][language])
    assert indication == one_line(sections_of(load(language), 1)["4.1"][1])
    for market, by_language in PRODUCT["mandatory_mentions"].items():
        if language in by_language:
            assert indication in one_line(by_language[language]["indication"]), market


@pytest.mark.parametrize(("market", "language"), MENTIONS)
def test_the_mandatory_mentions_are_complete(market: str, language: str) -> None:
    mentions = PRODUCT["mandatory_mentions"][market][language]
    assert PRODUCT["brand"] in mentions["denomination"]
    assert PRODUCT["inn"][language] in mentions["denomination"]
    assert mentions["additional_monitoring"].startswith("▼ ")
    assert one_line(mentions["prescribing_class"]) == one_line(PRODUCT["prescribing_class"][market][language])
    assert one_line(mentions["reimbursement"]) == one_line(PRODUCT["reimbursement"][market][language])
    assert all(mentions[part] for part in ("safety", "more_information", "reporting"))


def test_the_french_mentions_lead_to_the_public_page_of_the_product() -> None:
    mentions = PRODUCT["mandatory_mentions"]["FR"]["fr"]
    assert PRODUCT["cis"] in PRODUCT["public_page"]["FR"]
    assert PRODUCT["public_page"]["FR"] in mentions["more_information"]
    assert PRODUCT["price"]["FR"]["fr"] in mentions["price"]
    assert PRODUCT["daily_cost"]["FR"]["fr"] in mentions["price"]


@pytest.mark.parametrize(("market", "language"), MENTIONS)
def test_every_number_of_the_safety_mention_stands_in_the_label(market: str, language: str) -> None:
    sections = sections_of(load(language), 1)
    label = set(
        re.findall(r"\d+(?:[.,]\d+)?", " ".join(text for texts in sections.values() for text in texts))
    )
    mention = PRODUCT["mandatory_mentions"][market][language]["safety"]
    assert set(re.findall(r"\d+(?:[.,]\d+)?", mention)) <= label


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_safety_mention_gives_each_reaction_seen_in_one_percent_or_more(language: str) -> None:
    market = "FR" if language == "fr" else "EU"
    mention = one_line(PRODUCT["mandatory_mentions"][market][language]["safety"]).lower()
    rows = [text.split(" | ") for text in sections_of(load(language), 1)["4.8"] if text.count(" | ") == 3]
    frequent = [row for row in rows if row[1] in {"Very common", "Common", "Très fréquent", "Fréquent"}]
    assert len(frequent) == 6
    for reaction, _frequency, cardorelone, _placebo in frequent:
        share = cardorelone[cardorelone.index("(") :]
        assert one_line(f"{reaction.lower()} {share}") in mention


def test_the_french_texts_have_french_spaces_and_apostrophes() -> None:
    french = [document["title"] for document in DOSSIER["documents"] if document["language"] == "fr"]
    french += [
        text
        for market in PRODUCT["mandatory_mentions"].values()
        for text in strings(market.get("fr", {}))
        if "https://" not in text
    ]
    french += [PRODUCT["indications"]["fr"], *(of["fr"] for of in PRODUCT["prescribing_class"].values())]
    assert french
    assert all(text == polish(text, "fr") for text in french)
