"""`ancrage policy` and `delegation`: what may be typed."""

import argparse

from api.cli.parser.parts import Subparsers, add_command, add_group, password_option


def policy_commands(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `policy` and `delegation`."""
    policy = add_group(commands, "policy", "who has to sign, in which order, and who may publish")
    show = add_command(policy, "show", "the policy in force, or another that was kept, and who adopted which")
    show.add_argument("hash", nargs="?", help="how the hash of another begins")
    show.add_argument("-o", "--output", metavar="FILE", help="write it as YAML, to change it")
    show.add_argument("--kind", help="also say who signs a piece of this kind")
    show.add_argument("--market", default="EU", help="… of this market (EU)")
    show.add_argument("--qualification", default="promotional", help="… and qualification (promotional)")
    check = add_command(policy, "check", "whether a file may be a policy; changes nothing")
    check.add_argument("file")
    for name, summary in (
        ("propose", "put a policy before those who may adopt it"),
        ("adopt", "put a policy in force that somebody else has proposed, for what is submitted from now on"),
    ):
        change = add_command(policy, name, summary)
        change.add_argument("file")
        change.add_argument("--reason", required=True)
        if name == "adopt":
            password_option(change)
    close = add_command(policy, "close", "withdraw your proposal, or turn down another's")
    close.add_argument("proposal")
    close.add_argument("--reason", required=True)
    diff = add_command(policy, "diff", "what another policy changes of the one in force")
    diff.add_argument("hash", help="how its hash begins")
    delegation = add_group(commands, "delegation", "who decides in whose stead, and when")
    deputy = add_command(delegation, "name", "name a deputy with the same role for a period")
    deputy.add_argument("deputy")
    deputy.add_argument("--role", required=True)
    deputy.add_argument("--from", dest="starts", metavar="DATE", required=True, help="the first day")
    deputy.add_argument("--until", dest="ends", metavar="DATE", required=True, help="the last day")
    deputy.add_argument("--reason", required=True)
    add_command(delegation, "list", "those that you gave or hold; everybody's for a coordinator")
    end = add_command(delegation, "end", "end one now")
    end.add_argument("delegation")
