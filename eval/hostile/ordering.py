"""How the liar orders passages: by the words that they share with the question, or wrongly in a way of its script."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eval.hostile.asked import Asked, keys_of

_QUESTION = re.compile(r"<<<QUESTION\n(.*?)\nQUESTION>>>", re.DOTALL)

ORDER_SINS: Mapping[str, Callable[[list[str]], list[Any]]] = {
    "unknown_keys": lambda keys: ["P0", "P999", *keys, "doc-7"],
    "only_unknown_keys": lambda keys: [f"X{key}" for key in keys],
    "repeated_keys": lambda keys: [keys[0]] * 30 + keys,
    "few_keys": lambda keys: keys[:1],
    "numbers_for_keys": lambda keys: list(range(len(keys))),
    "no_keys": lambda _keys: [],
}


def ranking(asked: Asked, sins: Sequence[str], rng: random.Random) -> dict[str, Any]:
    """The keys, best first by shared words; where the script has a sin of order, one of these."""
    question = _QUESTION.search(asked.user)
    wanted = set(re.findall(r"\w+", question[1].casefold())) if question else set()
    given = keys_of(asked)
    shared = {key: len(wanted & set(re.findall(r"\w+", text.casefold()))) for key, text in given}
    keys = sorted(shared, key=lambda key: -shared[key])
    wrong = [sin for sin in sins if sin in ORDER_SINS]
    return {"passages": ORDER_SINS[rng.choice(wrong)](keys) if wrong and keys else keys}
