"""How like a report a turn reads, where no written pattern says so: a learned score that can only add a case.

A report has a person and something that happened; a question about knowledge has a question word and a subject. The
score weighs words, pieces of words, such signs of structure and the vector of the turn by the fast model, which knows words
that no lesson had; `report_weights.yaml` says on what it was learned.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from guardrails.safety.spelling import plainly, without_courtesies
from guardrails.tables import table
from ingestion.embed import fast_embedder

_FEWEST = 2
_TOKEN = re.compile(r"[a-z]+|#|[?!+>%]")
_CLAUSE = re.compile(r"(?<=[.?!;:,])\s+|\s+-\s+")
PLAINLY = 1.0
"""Log-odds below the threshold from which a turn that no listed word speaks for is taken for a question."""
_LONGEST, _STRETCH = 1200, 180
"""Letters of a turn that are weighed at once, and of the overlapping stretches in which a longer one is weighed."""


def reads_like_a_report(text: str, whole: str | None = None) -> bool:
    """Whether the turn, or any stretch of a long one, scores at least the learned threshold.

    One word alone tells nothing unless it is a symptom. Where the text is what is left of a turn, `whole` is that turn.
    """
    said = plainly(text)
    if len(_TOKEN.findall(said)) < _FEWEST and not symptoms().search(said):
        return False
    threshold = float(table("safety/report_weights.yaml")["threshold"])
    stretches = _stretches(text)
    meant = whole if whole is not None and len(stretches) == 1 and len(whole) <= _LONGEST else None
    return any(score(stretch, meant) >= threshold for stretch in stretches)


def reads_like_a_question(text: str, whole: str | None = None) -> bool:
    """Whether the whole turn scores well below the threshold; a long one is never told by its mean."""
    threshold = float(table("safety/report_weights.yaml")["threshold"])
    return len(whole or text) <= _LONGEST and score(text, whole) < threshold - PLAINLY


def supposed_kind(text: str) -> str:
    """What a turn that reads like a report is about: a name under `kinds` in structure.yaml, else an adverse event."""
    said = plainly(text)
    kinds = table("safety/structure.yaml")["kinds"]
    return next((str(kind) for kind in kinds if _kind(kind).search(said)), "adverse_event")


def names_an_emergency(said: str) -> bool:
    """Whether words of an emergency stand in the plain text."""
    return bool(_kind("emergency").search(said))


def score(text: str, whole: str | None = None) -> float:
    """The log-odds that the turn reports something; nought and less where nothing speaks for it.

    The vector is that of the whole turn also where only a part of its words is weighed.
    """
    return _log_odds("report", text, whole or text)


def urgency(text: str) -> float:
    """The log-odds that a turn which reports something tells of a life in danger now; of a long one, the highest."""
    return max(_log_odds("urgent", stretch, stretch) for stretch in _stretches(text))


def _stretches(text: str) -> list[str]:
    if len(text) <= _LONGEST:
        return [text]
    return [text[at : at + _STRETCH] for at in range(0, len(text) - _STRETCH // 2, _STRETCH // 2)]


def _log_odds(of: str, text: str, meant: str) -> float:
    weights, directions = _weights(of)
    words = sum(weights.get(name, 0.0) * value for name, value in features(text).items())
    return weights[""] + words + float(meaning(meant) @ directions)


def meaning(text: str) -> NDArray[np.float32]:
    """The vector of a turn. Raises ModelChanged if the weights on disk are others than those of the lessons."""
    return np.asarray(fast_embedder().embed([text])[0], dtype=np.float32)


def features(text: str) -> Mapping[str, float]:
    """The signs that are weighed: words and pairs, pieces of three to five letters, clauses, structure. A digit is a #."""
    return _features(plainly(text))


@lru_cache(maxsize=64)
def _features(plainly: str) -> Mapping[str, float]:
    said = re.sub(r"\d+(?:[.,/]\d+)*", "#", plainly)
    tokens = _TOKEN.findall(said)
    words = {f"w:{token}" for token in tokens}
    words |= {f"w:{a} {b}" for a, b in zip(["^", *tokens], [*tokens, "$"], strict=True)}
    pieces = {f"c:{piece}" for token in tokens for piece in _pieces(token)}
    found = dict.fromkeys(words, 1 / math.sqrt(max(len(words), 1)))
    found |= dict.fromkeys(pieces, 1 / math.sqrt(max(len(pieces), 1)))
    return found | _clauses(said) | {f"s:{name}": 1.0 for name in structure(said)}


def _clauses(said: str) -> dict[str, float]:
    """Each word once more, by whether its clause asks (`q:`) or tells (`t:`), and which clauses there are, in their order.

    “Malaise after the first dose, is it known?” tells and asks; “is malaise known after the first dose?” only asks.
    """
    clauses = [clause for clause in _CLAUSE.split(said) if clause]
    kinds = ["q" if _asking().search(clause) else "t" for clause in clauses]
    words = {
        f"{kind}:{word}"
        for kind, clause in zip(kinds, clauses, strict=True)
        for word in _TOKEN.findall(clause)
    }
    weight = 1 / math.sqrt(max(len(words), 1))
    return dict.fromkeys(words, weight) | {f"s:clauses {''.join(kinds[:3])}": 1.0}


def structure(said: str) -> set[str]:
    """What stands in the turn: a person, a happening, a symptom, a question, and which of them together."""
    data, said = table("safety/structure.yaml"), without_courtesies(said)
    signs = {name for name in data["signs"] if _sign(name).search(said)}
    signs |= {"symptom"} if symptoms().search(said) else set()
    signs |= {name for name, others in data["absent"].items() if signs.isdisjoint(others)}
    both = {"+".join(pair) for pair in data["together"] if signs.issuperset(pair)}
    return signs | both


def _pieces(token: str) -> Iterator[str]:
    framed = f"<{token}>"
    for length in (3, 4, 5):
        yield from (framed[at : at + length] for at in range(len(framed) - length + 1))


@cache
def _weights(of: str) -> tuple[dict[str, float], NDArray[np.float32]]:
    """The weights of the signs, the intercept under no name, and those of the vector, of one of the two scores."""
    learned = table("safety/report_weights.yaml")
    weights = {"": float(learned[of]["intercept"])}
    for line in str(learned["weights"]).splitlines():
        name, report, urgent = line.rsplit(" ", 2)
        if weight := float(report if of == "report" else urgent):
            weights[name] = weight
    return weights, np.array(str(learned[of]["vector"]).split(), dtype=np.float32)


@cache
def _sign(name: str) -> re.Pattern[str]:
    return re.compile(_either(table("safety/structure.yaml")["signs"][name]))


@cache
def _asking() -> re.Pattern[str]:
    return re.compile("|".join(table("safety/structure.yaml")["asking"]))


@cache
def _kind(name: str) -> re.Pattern[str]:
    return re.compile(_either(table("safety/structure.yaml")["kinds"][name]))


@cache
def symptoms() -> re.Pattern[str]:
    """Every listed sign of either language, in the plural too."""
    both = table("safety/symptoms.yaml")
    return re.compile(
        _either(term for language in ("en", "fr") for terms in both[language].values() for term in terms)
    )


def _either(terms: Iterable[str]) -> str:
    """Whole words; a star stands for any ending."""
    ordered = sorted((re.escape(term).replace(r"\*", r"\w*") for term in terms), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)"
