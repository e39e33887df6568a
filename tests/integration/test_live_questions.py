"""Live questions and answers are quoted only where the approval covers them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.corpus.model import Source
from assistant.corpus.view import source_json
from assistant.retrieval.evidence import all_evidence
from assistant.store.database import Database
from ingestion.formats import read

AddSource = Callable[..., Source]
TALK = """WEBVTT

00:01.000 --> 00:04.000
<v Dr Martin>Deaths fell by a quarter with the treatment.

NOTE Questions and answers

00:05.000 --> 00:08.000
<v Participant>Does it help those who cannot exercise?

00:09.000 --> 00:12.000
<v Dr Martin>In my hands it helps everybody.
"""


@pytest.mark.parametrize(("covered", "texts"), [(False, 1), (True, 3)])
def test_the_approval_says_whether_they_may_be_quoted(
    db: Database, add_source: AddSource, tmp_path: Path, covered: bool, texts: int
) -> None:
    (tmp_path / "talk.vtt").write_text(TALK)
    source = add_source(read(tmp_path / "talk.vtt"), kind="transcript", cite_questions=covered)
    with db.read() as connection:
        assert len(list(all_evidence(connection, [source.id]))) == texts
        shown = source_json(connection, source, with_text=True)
    assert (shown["cite_questions"], shown["passages"]) == (covered, texts)
    assert "In my hands it helps everybody." in " ".join(page["text"] for page in shown["text"])
