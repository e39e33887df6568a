"""How the liar judges a claim: right, wrong or in a word that nobody asked for, as its sins say."""

import random
from typing import Any

from eval.hostile.asked import Asked


def judgement(asked: Asked, rng: random.Random) -> dict[str, Any]:
    """A verdict on the claim of the request. Two in three are what a reader who only compares words would say."""
    claim = asked.user.partition("<<<CLAIM")[2].partition("CLAIM>>>")[0].strip()
    quote = asked.user.partition("<<<QUOTE")[2].partition("QUOTE>>>")[0]
    likely = "supported" if claim and claim in quote else "not_supported"
    verdict = likely if rng.random() < 2 / 3 else rng.choice(("supported", "not_supported", "unclear"))
    return {"verdict": verdict, "reason": "Read twice."}
