"""The wording that a text was made with lies in its evidence pack, also once an upgrade put another in its place."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel
from sqlalchemy import delete, func, select, update

from assistant.audit.verify import verify_trail
from assistant.content.drafting import draft
from assistant.content.editing import edit_segment
from assistant.content.request import DraftRequest
from assistant.corpus.model import Source
from assistant.engines.openai import OpenAiEngine
from assistant.engines.openai_chat import Says
from assistant.engines.spending import Usage
from assistant.errors import IntegrityError
from assistant.people.roles import Actor
from assistant.publishing.evidence.pack import evidence_pack
from assistant.publishing.evidence.verify import problems_of
from assistant.retrieval.search import Searcher
from assistant.store.database import Database
from assistant.store.schema import kept_prompt
from ingestion.index import MemoryIndex
from prompts import library
from tests.builders.labels import ENGLISH, label_reading
from tests.integration.test_evidence_pack import Drawing

WANTED = DraftRequest("Velmora", "key-moments", "FR", "en")
_PASSAGE = re.compile(r"<<<PASSAGE (P\d+) \|[^\n]*\n(.*?)\nPASSAGE \1>>>", re.DOTALL)

People = dict[str, Actor]


class NoVectors:
    """An embedder of which no vector is stored: search goes by words alone."""

    name = "none"

    def embed(self, texts: list[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        return np.ones((len(texts), 4), dtype=np.float32)


class QuotingChat:
    """A model that says the first sentence of each passage that it is given, and quotes it."""

    def __init__(self) -> None:
        self.usage = Usage()

    def ask(self, contract: type[BaseModel], system: str, user: str, says: Says) -> str:
        del contract, system, says
        self.usage.add(100, 10, estimated=False)
        said = [(key, text.splitlines()[0]) for key, text in _PASSAGE.findall(user)]
        quoted = [
            {"role": "dose", "text": text, "quotes": [{"passage": key, "text": text}]} for key, text in said
        ]
        return json.dumps({"statements": quoted})

    def plainer(self) -> None:
        """The answers are as plain as they get."""

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a copy of the installed templates, read in their place."""
    folder = tmp_path / "templates"
    folder.mkdir()
    for name, (_, data) in library.stored_templates().items():
        (folder / f"{name}.j2").write_bytes(data)
    monkeypatch.setattr(library, "_HERE", folder)
    yield folder
    library.phrasebook.cache_clear()


@pytest.fixture
def drafted(db: Database, people: People, add_source: Callable[..., Source], templates: Path) -> str:
    """Written by a model, with the templates of that day."""
    del templates
    add_source(label_reading(ENGLISH), language="en")
    searcher = Searcher(db, NoVectors(), lambda _product: MemoryIndex())
    return draft(db, searcher, OpenAiEngine("model-x", QuotingChat), people["writer"], WANTED).piece_id


@pytest.fixture
def before(templates: Path, drafted: str) -> dict[str, bytes]:
    """The templates as they were when the piece was drafted; since then an upgrade has changed each of them."""
    del drafted
    old = {file.stem: file.read_bytes() for file in templates.iterdir()}
    for name, data in old.items():
        (templates / f"{name}.j2").write_bytes(data + b"\n{# newer #}\n")
    return old


def packed(db: Database, actor: Actor, piece: str) -> dict[str, Any]:
    """The members of its pack, those of JSON read."""
    made = evidence_pack(db, actor, piece, Drawing())
    assert problems_of(made.content, made.root) == []
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        read = {name: archive.read(name) for name in archive.namelist()}
    return {name: json.loads(data) if name.endswith(".json") else data for name, data in read.items()}


def test_the_pack_holds_the_wording_that_was_used_and_not_the_one_installed_since(
    db: Database, people: People, drafted: str, before: dict[str, bytes]
) -> None:
    members = packed(db, people["auditor"], drafted)
    provenance = members["provenance.json"]
    assert (provenance["engine"], provenance["model"]) == ("openai", "model-x")
    named = [*provenance["templates"], *provenance["prompts"]]
    assert [one["name"] for one in provenance["templates"]] == ["key-moments.en"]
    assert len(provenance["prompts"]) > 1
    assert members["prompts.json"] == [{**one, "file": f"prompts/{one['name']}.j2"} for one in named]
    assert {name for name in members if name.startswith("prompts/")} == {
        f"prompts/{one['name']}.j2" for one in named
    }
    for one in members["prompts.json"]:
        assert members[one["file"]] == before[one["name"]]
        assert sha256(members[one["file"]]).hexdigest() == one["sha256"]
    assert "Its text was not kept" not in members["summary.html"].decode()


def test_an_edit_after_the_upgrade_still_rests_on_the_wording_of_the_draft(
    db: Database, people: People, drafted: str, before: dict[str, bytes]
) -> None:
    first = packed(db, people["auditor"], drafted)
    statement = next(s["id"] for s in first["document.json"]["segments"] if s["kind"] == "statement")
    (revision,) = first["piece.json"]["revisions"]
    edit_segment(db, people["writer"], drafted, statement, "Velmora is for adults.", revision["id"])
    members = packed(db, people["auditor"], drafted)
    assert members["provenance.json"]["edited"] is True
    assert all(members[one["file"]] == before[one["name"]] for one in members["prompts.json"])


def test_a_wording_is_kept_once_however_many_texts_it_made(
    db: Database, people: People, drafted: str
) -> None:
    again = draft(
        db,
        Searcher(db, NoVectors(), lambda _product: MemoryIndex()),
        OpenAiEngine("model-x", QuotingChat),
        people["writer"],
        WANTED,
    )
    assert again.piece_id != drafted
    named = packed(db, people["auditor"], drafted)["prompts.json"]
    with db.read() as connection:
        assert connection.scalar(select(func.count()).select_from(kept_prompt)) == len(named)


def test_a_draft_from_before_wordings_were_kept_is_proved_by_the_installed_one_while_it_is_the_same(
    db: Database, people: People, drafted: str
) -> None:
    with db.write() as tx:
        tx.execute(delete(kept_prompt))
    members = packed(db, people["auditor"], drafted)
    for one in members["prompts.json"]:
        assert sha256(members[one["file"]]).hexdigest() == one["sha256"]


def test_a_wording_that_is_lost_is_named_as_lost(
    db: Database, people: People, drafted: str, before: dict[str, bytes]
) -> None:
    with db.write() as tx:
        tx.execute(delete(kept_prompt))
    members = packed(db, people["auditor"], drafted)
    assert before
    assert [one["file"] for one in members["prompts.json"]] == [None] * len(members["prompts.json"])
    assert not [name for name in members if name.startswith("prompts/")]
    page = members["summary.html"].decode()
    assert page.count("Its text was not kept") == len(members["prompts.json"])
    for one in members["prompts.json"]:
        assert one["sha256"] in page


def test_a_kept_wording_that_was_changed_is_not_packed_and_found_by_whoever_verifies(
    db: Database, people: People, drafted: str
) -> None:
    assert verify_trail(db)["ok"]
    with db.write() as tx:
        tx.execute(update(kept_prompt).values(bytes=b"Say whatever sells."))
    with pytest.raises(IntegrityError, match="changed since it was kept"):
        evidence_pack(db, people["auditor"], drafted, Drawing())
    found = verify_trail(db)
    assert not found["ok"]
    assert "the text of the prompt" in found["reason"]
