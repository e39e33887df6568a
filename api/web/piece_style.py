"""The style sheet of renditions, held to the review screen's pane: nothing of it reaches the desk, nor the desk's the piece."""

import re
from functools import cache
from importlib.resources import files

from api.web.rendering import with_digest

PANE = "#rendition"
"""Where the piece stands. An id outweighs whatever the desk's own style sheet says."""
_OURS = ":not(.desk, .desk *)"
"""What the desk puts into the piece keeps the desk's look."""
_ADDRESS = "/static/piece.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_RESET = f"""{PANE} {_OURS} {{ all: revert; }}
{PANE} ol[type="A"]{_OURS} {{ list-style-type: upper-alpha; }}
"""
"""An attribute that says how an element looks goes with the reset."""


@cache
def piece_style() -> str:
    """The style sheet, made from that of renditions."""
    sheet = files("assistant.review").joinpath("templates", "piece.css").read_text(encoding="utf-8")
    return _RESET + held(sheet)


@cache
def piece_style_address() -> str:
    """Where it is found, with a digest of its bytes, so that it may be kept for ever."""
    return with_digest(_ADDRESS, piece_style().encode())


def held(sheet: str) -> str:
    """Every rule of a plain sheet made to apply within the pane only; its variables get names of their own."""
    sheet = re.sub(r"--(?=[a-z])", "--piece-", _COMMENT.sub("", sheet))
    return _RULE.sub(lambda rule: f"{_selectors(rule[1])} {{{rule[2]}}}", sheet)


def _selectors(given: str) -> str:
    lead = given[: len(given) - len(given.lstrip())]
    return lead + ", ".join(_selector(one.strip()) for one in given.split(","))


def _selector(one: str) -> str:
    """What stands for an element counts as one, so that the rules keep their order among themselves."""
    if one == ":root":
        return PANE
    for name in ("body", "main"):
        one = re.sub(rf"(?<![\w.#-]){name}(?![\w-])", f"div:where(.{name})", one)
    element, colons, pseudo = one.partition("::")
    return f"{PANE} {element}{_OURS}{colons}{pseudo}"
