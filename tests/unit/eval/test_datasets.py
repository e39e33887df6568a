"""Sets of questions and documents: any folder in BEIR's layout is measured, and a spoilt one costs no other its figures."""

import json
from pathlib import Path

import pytest

from assistant.errors import InvalidInput
from eval.datasets import load_pubmedqa, load_retrieval_set, retrieval_folders, retrieval_sets

FRENCH = "Le médicament est pris une fois par jour avec ou sans nourriture, et la dose est la même pour tous les adultes."
ENGLISH = (
    "The medicine is taken once a day with or without food, and the dose is the same for all of the adults."
)
GERMAN = "Das Arzneimittel wird einmal am Tag mit oder ohne Nahrung genommen, und die Dosis ist für den Erwachsenen nicht von der Nahrung bei der Einnahme."


def _beir(
    folder: Path, text: str = ENGLISH, queries: str = "queries.jsonl", splits: tuple[str, ...] = ("test",)
) -> Path:
    (folder / "qrels").mkdir(parents=True)
    documents = [{"_id": "d1", "title": "Doses", "text": text}, {"_id": "d2", "text": text}]
    asked = [{"_id": "q1", "text": "How often?"}, {"_id": "q2", "text": "Not graded?"}]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, documents)) + "\n\n")
    (folder / queries).write_text("\n".join(map(json.dumps, asked)))
    for split in splits:
        rows = ["query-id\tcorpus-id\tscore", "q1\td1\t2", "q1\td2\t0", "q2\td2\t0"]
        (folder / "qrels" / f"{split}.tsv").write_text("\n".join(rows))
    return folder


def test_a_set_of_anybodys_is_found_by_its_layout_and_called_after_its_folder(tmp_path: Path) -> None:
    _beir(tmp_path / "sets" / "nutrition")
    _beir(tmp_path / "sets" / "faq_fr" / "beir_faq", FRENCH)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "corpus.jsonl").touch()  # documents that nobody asked about
    assert set(retrieval_folders(tmp_path)) == {"nutrition", "faq_fr"}
    assert set(retrieval_folders(tmp_path / "sets" / "faq_fr" / "beir_faq")) == {"faq_fr"}
    found = {examples.name: examples for examples in retrieval_sets(tmp_path, print)}
    assert (found["nutrition"].language, found["faq_fr"].language) == ("en", "fr")


def test_a_question_without_a_right_answer_is_not_asked_and_a_missing_title_is_none(tmp_path: Path) -> None:
    _beir(tmp_path / "nutrition")
    found = load_retrieval_set(tmp_path, "nutrition")
    assert found is not None
    assert found.questions == {"q1": "How often?"}
    assert found.relevant == {"q1": {"d1": 2, "d2": 0}}
    assert found.documents == {"d1": ("Doses", ENGLISH), "d2": ("", ENGLISH)}
    assert load_retrieval_set(tmp_path, "nutrition", "train") is None
    assert load_retrieval_set(tmp_path, "other") is None


def test_the_test_questions_are_asked_and_those_for_tuning_only_where_there_are_no_others(
    tmp_path: Path,
) -> None:
    _beir(tmp_path / "both", splits=("dev", "test", "train"))
    _beir(tmp_path / "dev", queries="queries_dev.jsonl", splits=("dev",))
    assert {found.name: found.split for found in retrieval_sets(tmp_path, print)} == {
        "both": "test",
        "dev": "dev",
    }


@pytest.mark.parametrize(
    ("file", "spoilt"),
    [
        ("corpus.jsonl", '{"text": "no id"}'),
        ("corpus.jsonl", "[1]"),
        ("queries.jsonl", "not JSON"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\tgood"),
        ("qrels/test.tsv", "q1 d1 1\nq2 d2 1"),
    ],
)
def test_a_file_that_is_not_in_the_layout_is_named_and_the_other_sets_are_measured(
    tmp_path: Path, file: str, spoilt: str
) -> None:
    _beir(tmp_path / "first")
    (_beir(tmp_path / "second") / file).write_text(spoilt)
    said: list[str] = []
    assert [found.name for found in retrieval_sets(tmp_path, said.append)] == ["first"]
    assert file.rpartition("/")[2] in said[0]
    assert "second is left out" in said[0]
    with pytest.raises(InvalidInput, match="BEIR"):
        load_retrieval_set(tmp_path, "second")


def test_documents_in_a_third_language_are_said_and_left_out(tmp_path: Path) -> None:
    _beir(tmp_path / "fragen", GERMAN)
    said: list[str] = []
    assert not list(retrieval_sets(tmp_path, said.append))
    assert "neither French nor English" in said[0]


def test_a_question_of_pubmedqa_asks_for_its_own_abstract(tmp_path: Path) -> None:
    folder = tmp_path / "sets" / "pubmedqa"
    folder.mkdir(parents=True)
    row = {"QUESTION": "Does it help?", "CONTEXTS": ["It was given.", "It helped."]}
    (folder / "ori_pqal.json").write_text(json.dumps({"17": row}))
    found = load_pubmedqa(tmp_path)
    assert found is not None
    assert found.documents == {"17": ("", "It was given. It helped.")}
    assert (found.questions, found.relevant) == ({"17": "Does it help?"}, {"17": {"17": 1}})
    assert load_pubmedqa(tmp_path / "elsewhere") is None


def test_only_pubmedqas_test_questions_are_asked_where_they_are_listed(tmp_path: Path) -> None:
    row = {"QUESTION": "Does it help?", "CONTEXTS": ["It helped."]}
    (tmp_path / "ori_pqal.json").write_text(json.dumps({"17": row, "18": row}))
    (tmp_path / "test_ground_truth.json").write_text(json.dumps({"18": "yes", "99": "no"}))
    found = load_pubmedqa(tmp_path)
    assert found is not None
    assert (found.split, set(found.questions), set(found.documents)) == ("test", {"18"}, {"17", "18"})
