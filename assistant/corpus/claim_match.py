"""Does an approved claim stand in the document that it refers to? Pure: texts in, a verdict out.

Only the claim's own words, after folding, count as found. What merely covers the same words and figures may say the
opposite, so it is `differs`, with what differs, for a person to judge.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from guardrails.numbers.match import missing
from ingestion.approved_claims import ClaimRow
from ingestion.text import find_quote, fold

Match = Literal[
    "matched", "differs", "not_found", "page_wrong", "not_registered", "source_withdrawn", "no_reference"
]
_WORD = re.compile(r"\w+", re.UNICODE)
_ENOUGH = 0.6
"""The share of a claim's words in one or two sentences from which on they are taken for its origin."""
_MOST_TOLD = 12
_CANDIDATES = 30
_FEW = 50
"""A word in more sentences than this, and in more than a fifth of all, tells nothing of where a claim comes from."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a claim stands to its document."""

    match: Match
    page: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)


class Document:
    """A referenced document, folded once for many claims."""

    def __init__(self, sentences: Sequence[tuple[int, str]], language: str) -> None:
        """`sentences` are (page, text) in order, headings left out."""
        self._sentences = sentences
        self._language = language
        self._words = [set(_words(text)) for _, text in sentences]
        self._holding: dict[str, list[int]] = {}
        for at, words in enumerate(self._words):
            for word in words:
                self._holding.setdefault(word, []).append(at)
        self._folded = [fold(text).text for _, text in sentences]
        self._starts: list[int] = []
        offset = 0
        for text in self._folded:
            self._starts.append(offset)
            offset += len(text) + 1
        self._all = " ".join(self._folded)

    def match(self, claim: ClaimRow) -> Verdict:
        """Compare the claim with the document."""
        detail = self._safety(claim)
        found = self._pages_of(claim.text)
        if not found:
            return self._nearest(claim, detail)
        if claim.cited_page is None or claim.cited_page in found:
            return Verdict("matched", claim.cited_page or found[0], detail)
        return Verdict(
            "page_wrong", found[0], {**detail, "cited_page": claim.cited_page, "pages": found[:_MOST_TOLD]}
        )

    def _pages_of(self, words: str) -> list[int]:
        """The pages on which these words stand, exactly after folding."""
        wanted = fold(words).text.strip()
        pages: list[int] = []
        at = self._all.find(wanted) if wanted else -1
        while at != -1:
            first, last = self._sentence_at(at), self._sentence_at(at + len(wanted) - 1)
            whole = " ".join(text for _, text in self._sentences[first : last + 1])
            if find_quote(words, whole) is not None:
                pages += [page for page, _ in self._sentences[first : last + 1]]
            at = self._all.find(wanted, at + 1)
        return list(dict.fromkeys(pages))

    def _sentence_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _nearest(self, claim: ClaimRow, detail: dict[str, Any]) -> Verdict:
        """The one or two sentences that share most words with the claim, and what differs."""
        wanted = _words(claim.text)
        spans = [(at, at + size) for at in self._candidates(set(wanted)) for size in (1, 2)]
        best = max(spans, key=lambda span: self._nearness(wanted, span, claim.cited_page), default=None)
        if best is None or self._nearness(wanted, best, claim.cited_page) < _ENOUGH:
            return Verdict("not_found", None, detail)
        text = " ".join(words for _, words in self._sentences[best[0] : best[1]])
        held = _words(text)
        figures = missing(claim.text, self._language, [(text, self._language)])
        told = {
            "closest": text,
            "figures": [item.quantity.text for item in figures][:_MOST_TOLD],
            "words_added": [w for w in dict.fromkeys(wanted) if w not in held][:_MOST_TOLD],
            "words_left_out": [w for w in dict.fromkeys(held) if w not in wanted][:_MOST_TOLD],
        }
        return Verdict("differs", self._sentences[best[0]][0], {**detail, **told})

    def _candidates(self, wanted: set[str]) -> list[int]:
        """The sentences that share most of the claim's rarer words, and those before them."""
        common = max(_FEW, len(self._words) // 5)
        shared = Counter(
            at for word in wanted if len(held := self._holding.get(word, ())) <= common for at in held
        )
        near = [at for at, _ in shared.most_common(_CANDIDATES)]
        return sorted({at - back for at in near for back in (0, 1) if at >= back})

    def _nearness(self, wanted: list[str], span: tuple[int, int], cited: int | None) -> float:
        """The share of the words that stand there; a little more on the cited page, a little less for two sentences."""
        held = set().union(*self._words[span[0] : span[1]])
        share = sum(word in held for word in wanted) / max(len(wanted), 1)
        return share + 0.01 * (self._sentences[span[0]][0] == cited) - 0.02 * (span[1] - span[0] - 1)

    def _safety(self, claim: ClaimRow) -> dict[str, Any]:
        if not claim.safety_text:
            return {}
        pages = self._pages_of(claim.safety_text)
        return {
            "safety_text": "matched" if pages else "not_found",
            **({"safety_page": pages[0]} if pages else {}),
        }


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).text.casefold())
