"""`ancrage case`: what may be typed."""

import argparse

from api.cli.parser.parts import Subparsers, add_command, add_group


def case_commands(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `case`."""
    case = add_group(commands, "case", "what was reported in conversations, by clock")
    every = add_command(case, "list", "open ones first, the soonest due first")
    every.add_argument("--status", choices=["open", "acknowledged", "closed"])
    every.add_argument("--after", default="", help="the `next` of the page before")
    add_command(case, "show", "one, with its conversation and its history").add_argument("case")
    take = add_command(case, "acknowledge", "take it: its first clock stops")
    take.add_argument("case")
    take.add_argument("--serious", choices=["yes", "no", "unknown"], default="unknown")
    forward = add_command(case, "forward", "record its number in the company's safety database")
    forward.add_argument("case")
    forward.add_argument("--reference", required=True, help="the number there")
    forward.add_argument(
        "--known",
        nargs="+",
        action="extend",
        default=[],
        choices=["reporter", "patient", "medicine", "reaction"],
    )
    forward.add_argument("--remark", default="")
    note = add_command(case, "note", "note what was learnt")
    note.add_argument("case")
    note.add_argument("text")
    note.add_argument("--follow-up", action="store_true", help="it was asked of whoever reported the case")
    correct = add_command(case, "correct", "say that it is about another medicine")
    correct.add_argument("case")
    correct.add_argument("--product", required=True)
    correct.add_argument("--reason", required=True)
    close = add_command(case, "close", "end it")
    close.add_argument("case")
    close.add_argument(
        "--outcome", required=True, choices=["reported", "answered", "not_a_case", "duplicate"]
    )
    close.add_argument("--reason", default="", help="needed where it is no case, or a duplicate")
    close.add_argument("--duplicate-of", metavar="CASE")
    reopen = add_command(case, "reopen", "take a closed one up again")
    reopen.add_argument("case")
    reopen.add_argument("--reason", required=True)
