"""`ancrage draft`, `check` and `adapt`: what may be typed."""

import argparse

from api.cli.parser.parts import USES, Subparsers, add_command

DRAFTS = ("key-moments", "quiz", "email", "brief")


def drafting_commands(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `draft`, `check` and `adapt`."""
    draft = add_command(commands, "draft", "draft a piece in which every statement quotes an approved source")
    draft.add_argument("kind", choices=DRAFTS)
    _target(draft)
    draft.add_argument("--language", required=True, choices=["fr", "en"])
    draft.add_argument("--topic", help="what it should be about")
    draft.add_argument("--source", dest="sources", nargs="+", action="extend", help="only from these sources")
    draft.add_argument("--engine", default="extractive", choices=["extractive", "openai"])
    check = add_command(
        commands, "check", "turn an existing text into segments with proposed citations and findings"
    )
    check.add_argument("file")
    _target(check)
    check.add_argument("--language", choices=["fr", "en"])
    adapt = add_command(commands, "adapt", "begin a published piece for another market, linked to it")
    adapt.add_argument("piece")
    adapt.add_argument("--market", required=True)
    adapt.add_argument("--audience")
    adapt.add_argument("--channel")


def _target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--product", required=True)
    parser.add_argument("--market", required=True)
    parser.add_argument("--audience", default="hcp")
    parser.add_argument("--channel")
    parser.add_argument("--qualification", choices=USES)
