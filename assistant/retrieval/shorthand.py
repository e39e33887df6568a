"""Medical shorthand and the commonest words of labels in both languages: what else a document may call what is asked."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.store.words import fold_accents


def written_out(text: str) -> dict[str, tuple[str, ...]]:
    """For each term of the text that is shorthand, what documents of either language write for it."""
    words = [folded for word in text.replace("/", " ").replace("'", " ").split() if (folded := _folded(word))]
    found: dict[str, tuple[str, ...]] = {}
    for size in (2, 1):
        for start in range(len(words) - size + 1):
            term = " ".join(words[start : start + size])
            if term in _terms():
                found[term] = _terms()[term]
    return found


def _folded(word: str) -> str:
    return fold_accents(word).strip(".")


@cache
def _terms() -> Mapping[str, tuple[str, ...]]:
    rows: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "shorthand.yaml").read_text("utf-8"))
    terms: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for short in row["short"]:
            key = " ".join(
                folded for part in str(short).replace("/", " ").split() if (folded := _folded(part))
            )
            terms[key] = (*terms.get(key, ()), *row["en"], *row["fr"])
    return terms
