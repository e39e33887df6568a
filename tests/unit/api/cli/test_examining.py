"""What the doctor says of the better search, for a person to read."""

from argparse import Namespace
from io import StringIO
from pathlib import Path
from typing import Any, cast

import pytest

from api.cli.examining import show_doctor
from api.cli.io import Io
from assistant.bootstrap import App

ENGLISH = {"model": "small-en", "texts": 10, "missing": 10}


class Examined:
    """An application of which only the doctor is asked."""

    def __init__(self, better: dict[str, Any]) -> None:
        self.better = better

    def doctor(self) -> dict[str, Any]:
        return {"better_search": self.better}


@pytest.mark.parametrize(
    ("better", "told"),
    [
        ({"model": None, "texts": 0, "missing": 0, "english": None}, ["no better model is set up"]),
        ({"model": "m", "texts": 40, "missing": 3, "english": None}, ["m: 37 of 40 texts read"]),
        (
            {"model": "m", "texts": 40, "missing": 0, "english": ENGLISH},
            ["m: 40 of 40 texts read", "small-en: 0 of 10 texts read"],
        ),
    ],
)
def test_the_better_search_is_told_in_words(better: dict[str, Any], told: list[str]) -> None:
    io = Io(StringIO(), StringIO(), Path(), None, str)
    assert show_doctor(cast("App", Examined(better)), Namespace(ask_model=False, json=False), io) == 0
    lines = cast("StringIO", io.out).getvalue().splitlines()
    assert lines[0].startswith("better_search ")
    assert [line.removeprefix("better_search").strip() for line in lines] == told
