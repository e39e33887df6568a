"""How like a report a turn reads, where no written pattern says so: a learned score that can only add a case.

A report has a person and something that happened; a question about knowledge has a question word and a subject. The
score weighs words, pieces of words and such signs of structure; `report_weights.yaml` says on what it was learned.
"""

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache

from guardrails.safety.spelling import plain
from guardrails.tables import table

_NOTHING: frozenset[str] = frozenset()
_FEWEST = 2
_TOKEN = re.compile(r"[a-z]+|#|[?!+>%]")
_CLAUSE = re.compile(r"(?<=[.?!;:,])\s+|\s+-\s+")
PLAINLY = 1.0
"""Log-odds below the threshold from which a turn that no listed word speaks for is taken for a question."""
_LONGEST = 1200
"""Letters of a turn that are weighed at once; a longer turn is weighed in overlapping stretches."""


def reads_like_a_report(text: str) -> bool:
    """Whether the turn, or any stretch of a long one, scores at least the learned threshold.

    One word alone tells nothing unless it is a symptom.
    """
    said = plain(text, _NOTHING, _NOTHING).text
    if len(_TOKEN.findall(said)) < _FEWEST and not symptoms().search(said):
        return False
    threshold = float(table("safety/report_weights.yaml")["threshold"])
    step = _LONGEST // 2
    stretches = [text[at : at + _LONGEST] for at in range(0, max(len(text) - step, 1), step)]
    return any(score(stretch) >= threshold for stretch in stretches)


def reads_like_a_question(text: str) -> bool:
    """Whether the whole turn scores well below the threshold; a long one is never told by its mean."""
    threshold = float(table("safety/report_weights.yaml")["threshold"])
    return len(text) <= _LONGEST and score(text) < threshold - PLAINLY


def supposed_kind(text: str) -> str:
    """What a turn that reads like a report is about: a name under `kinds` in structure.yaml, else an adverse event."""
    said = plain(text, _NOTHING, _NOTHING).text
    kinds = table("safety/structure.yaml")["kinds"]
    return next((str(kind) for kind in kinds if _kind(kind).search(said)), "adverse_event")


def sounds_urgent(text: str) -> bool:
    """Whether the words of a turn that tells of somebody say that a life is in danger now."""
    return bool(_kind("emergency").search(plain(text, _NOTHING, _NOTHING).text)) or shows_danger(text)


def shows_danger(text: str) -> bool:
    """Whether a turn holds signs of a life in danger that nobody types without cause, and not that it is over."""
    said = plain(text, _NOTHING, _NOTHING).text
    return bool(_urgent("says").search(said)) and not _urgent("settled").search(said)


def score(text: str) -> float:
    """The log-odds that the turn reports something; nought and less where nothing speaks for it."""
    weights = _weights()
    return weights[""] + sum(weights.get(name, 0.0) * value for name, value in features(text).items())


def features(text: str) -> dict[str, float]:
    """The signs that are weighed: words and pairs, pieces of three to five letters, clauses, structure. A digit is a #."""
    said = re.sub(r"\d+(?:[.,/]\d+)*", "#", plain(text, _NOTHING, _NOTHING).text)
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
    data = table("safety/structure.yaml")
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
def _weights() -> dict[str, float]:
    learned = table("safety/report_weights.yaml")
    weights = {"": float(learned["intercept"])}
    for line in str(learned["weights"]).splitlines():
        name, weight = line.rsplit(" ", 1)
        weights[name] = float(weight)
    return weights


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
def _urgent(part: str) -> re.Pattern[str]:
    data = table("safety/urgent.yaml")
    return re.compile("|".join(f"(?:{pattern})" for pattern in data[part]).replace("<n>", data["n"]))


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
