"""`ancrage policy` and `delegation`: what may be typed."""

import argparse

from api.cli.parser.parts import Subparsers, add_command, add_group


def policy_commands(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `policy` and `delegation`."""
    policy = add_group(commands, "policy", "who has to sign, in which order, and who may publish")
    show = add_command(policy, "show", "the policy in force, or another that was kept, and who adopted which")
    show.add_argument("hash", nargs="?", help="how the hash of another begins")
    show.add_argument("-o", "--output", metavar="FILE", help="write it as YAML, to change it")
    check = add_command(policy, "check", "whether a file may be a policy; changes nothing")
    check.add_argument("file")
    adopt = add_command(policy, "adopt", "put a policy in force for what is submitted from now on")
    adopt.add_argument("file")
    adopt.add_argument("--reason", required=True)
    delegation = add_group(commands, "delegation", "who decides in whose stead, and when")
    name = add_command(delegation, "name", "name a deputy with the same role for a period")
    name.add_argument("deputy")
    name.add_argument("--role", required=True)
    name.add_argument("--from", dest="starts", metavar="DATE", required=True, help="the first day")
    name.add_argument("--until", dest="ends", metavar="DATE", required=True, help="the last day")
    name.add_argument("--reason", required=True)
    add_command(delegation, "list", "those that you gave or hold; everybody's for a coordinator")
    end = add_command(delegation, "end", "end one now")
    end.add_argument("delegation")
