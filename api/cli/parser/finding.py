"""`ancrage index`, `search` and `ask`: what may be typed."""

import argparse

from api.cli.parser.parts import USES, Subparsers, add_command, add_group


def finding_commands(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `index`, `search` and `ask`."""
    index = add_group(commands, "index", "the vector index, a cache of the database")
    add_command(index, "rebuild", "make it again from the stored vectors")
    add_command(index, "verify", "compare it with the database")
    add_command(index, "improve", "make the better model's vectors that are missing, and wait for it")
    search = add_command(commands, "search", "find passages that may be used now")
    search.add_argument("words")
    search.add_argument("--product", required=True)
    search.add_argument("--market", required=True)
    search.add_argument("--language", choices=["fr", "en"], help="only sources in this language")
    search.add_argument("--audience", default="hcp")
    search.add_argument("--use", choices=USES, help="only sources approved for this use")
    search.add_argument("--k", type=int, default=8, help="how many")
    ask = add_command(commands, "ask", "answer from approved sentences, or say that they hold no answer")
    ask.add_argument("question")
    ask.add_argument("--product", required=True)
    ask.add_argument("--market", required=True)
    ask.add_argument("--language", choices=["fr", "en"])
    ask.add_argument("--conversation", metavar="ID")
    ask.add_argument("--report", action="store_true", help="a report of a side effect: it opens a case")
