"""Statements with the text that is to carry them, and whether it does: SciFact's evidence and MedHallu's answers."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.folders import find_below
from eval.pairs import SHIPPED, pairs
from guardrails.model import Language

SCIFACT = Path("scifact/beir")
UNSEEN = "pairs-d"
"""The file of `eval/adversarial` that the judge is not learnt on."""
MEDHALLU = Path("medhallu/pqa_labeled.jsonl")


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement beside a text; `group` keeps together what must not be split between training and test."""

    statement: str
    text: str
    carried: bool
    group: str
    language: Language = "en"
    writer: str = ""
    """Of a shipped pair: whose hand it is, for folds that keep a writer together."""


def load_scifact(data: Path) -> tuple[Claim, ...]:
    """Claims that an abstract supports or contradicts; nothing where the folder does not hold them."""
    folder = find_below(data, SCIFACT)
    evidence, corpus = folder / "evidence_train.jsonl", folder / "corpus.jsonl"
    if not (evidence.is_file() and corpus.is_file()):
        return ()
    pairs = {
        (row["claim_id"], row["doc_id"]): (row["claim"], row["label"] == "SUPPORT") for row in _rows(evidence)
    }
    wanted = {document for _, document in pairs}
    texts = {row["_id"]: row["text"] for row in _rows(corpus) if row["_id"] in wanted}
    return tuple(
        Claim(claim, texts[document], carried, identity)
        for (identity, document), (claim, carried) in pairs.items()
        if document in texts
    )


def load_medhallu(data: Path) -> tuple[Claim, ...]:
    """Each question's true and invented answer beside its knowledge; nothing where the folder does not hold them."""
    file = find_below(data, MEDHALLU)
    if not file.is_file():
        return ()
    found: list[Claim] = []
    for number, row in enumerate(_rows(file)):
        text = " ".join(row["Knowledge"]) if isinstance(row["Knowledge"], list) else row["Knowledge"]
        found.append(Claim(row["Ground Truth"], text, carried=True, group=str(number)))
        found.append(Claim(row["Hallucinated Answer"], text, carried=False, group=str(number)))
    return tuple(found)


def load_pairs() -> tuple[Claim, ...]:
    """The shipped statements that press the checks (`eval/adversarial`), right and wrong, beside their quotes; not the
    translated ones, nor those of the writer that nothing is learnt on.
    """
    return tuple(
        claim for file in sorted(SHIPPED.glob("*.yaml")) if file.stem != UNSEEN for claim in _claims(file)
    )


def load_unseen_pairs() -> tuple[Claim, ...]:
    """Those of that writer."""
    return tuple(_claims(SHIPPED / f"{UNSEEN}.yaml"))


def _claims(file: Path) -> Iterator[Claim]:
    writer = file.stem if file.stem.startswith("pairs") else file.stem.partition("-")[0]
    for pair in pairs(file):
        if pair.language == pair.quote_language:
            text, group = " ".join(pair.quotes), f"{file.stem} {pair.entry}"
            yield Claim(pair.statement, text, pair.side == "right", group, pair.language, writer)


def checksum(claims: tuple[Claim, ...]) -> str:
    """sha256 over the claims, in order."""
    digest = hashlib.sha256()
    for claim in claims:
        digest.update(json.dumps([claim.statement, claim.text, claim.carried]).encode())
    return digest.hexdigest()


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
