from typing import Any

import pytest

from api.cli.show.finding import hits_text


def document(**more: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "hits": [],
        "widened": {},
        "reranking": None,
        "tier": "fast",
        "ms": 3.1,
        "held_in": None,
    }
    return {**found, **more}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (document(), "the better one is not ready"),
        (document(tier="better"), "with both models"),
        (document(held_in=["en"]), "in English. Leave --language out"),
        (document(held_in=[]), "none may be used here"),
    ],
)
def test_a_search_says_why_it_found_nothing(found: dict[str, Any], said: str) -> None:
    assert said in hits_text(found)


def test_a_search_that_could_not_be_made_blames_no_model() -> None:
    assert "model" not in hits_text(document(held_in=["en"]))
