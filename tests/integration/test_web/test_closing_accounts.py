"""What takes something from a person for good says so on the page before it is done."""

import re
from collections.abc import Callable

import pytest

from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


@pytest.mark.parametrize(
    ("act", "word", "warned"),
    [
        ("close", "Close", "It cannot be opened again."),
        ("reset", "Give a passphrase for once", "the person is signed out everywhere"),
    ],
)
def test_an_act_on_an_account_stands_behind_what_it_brings(
    world: World, browse: Browse, act: str, word: str, warned: str
) -> None:
    page = " ".join(browse("admin").get("/users").text.split())
    folded = re.findall(r"<details><summary>(.*?)</details>", page)
    (mine,) = (one for one in folded if f'action="/users/{world.people["rep"].id}/{act}"' in one)
    assert mine.startswith(word)
    assert warned in mine
    assert page.count(f'/{act}"') == sum(f'/{act}"' in one for one in folded), "none stands in the open"
