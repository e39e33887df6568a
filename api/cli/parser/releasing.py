"""The commands and options of `ancrage release`."""

from argparse import ArgumentParser
from collections.abc import Callable


def release_commands(
    command: Callable[[str, str], ArgumentParser], password: Callable[[ArgumentParser], None]
) -> None:
    """Add them with `command(name, summary)`; `password` adds what a signature reads it from."""
    show = command("show", "each condition of a piece: its state, who, when, what next")
    show.add_argument("piece")
    request = command("request", "record that a visa was asked for")
    request.add_argument("piece")
    request.add_argument("--number", required=True, help="France: YY/MM/CIS/PM/NNN")
    request.add_argument(
        "--outside-window", metavar="REASON", help="why the law lets it be deposited on that day"
    )
    grant = command("grant", "record that the visa was granted")
    grant.add_argument("piece")
    grant.add_argument("--number", help="where several requests are open, or none was recorded")
    grant.add_argument("--expires-on", metavar="DATE", help="two years after the grant where it is not given")
    grant.add_argument("--reference", help="of the authority's letter")
    refuse = command("refuse", "record that the visa was refused")
    refuse.add_argument("piece")
    refuse.add_argument("--reason", required=True)
    refuse.add_argument("--number", help="where several requests are open")
    certify = command("certify", "UK: certify with your signature; asks for the password again")
    certify.add_argument("piece")
    certify.add_argument("--qualification", required=True, help="doctor or pharmacist")
    certify.add_argument("--registration", required=True, help="your number with the GMC or the GPhC")
    certify.add_argument("--hash", dest="manifest_hash", help="the manifest hash that you saw")
    password(certify)
    submit = command("submit", "US: record the submission with Form FDA 2253")
    submit.add_argument("piece")
    submit.add_argument("--reference", required=True, help="the sequence, or the letter")
    for dated in (request, grant, refuse, submit):
        dated.add_argument("--on", metavar="DATE", help="the day; today where it is not given")
    void = command("void", "strike out what was recorded in error; it stays in the register")
    void.add_argument("record")
    void.add_argument("--reason", required=True)
    deposit = command("deposit-pack", "one ZIP for the authority: final form, references, changes, form")
    deposit.add_argument("piece")
    deposit.add_argument("-o", "--output", "--out", metavar="FILE", required=True)
    windows = command("windows", "the windows of deposit; with --days they are set")
    windows.add_argument("--market", default="FR")
    windows.add_argument("--type", default="PM", help="PM or GP")
    windows.add_argument("--year", type=int)
    windows.add_argument("--days", nargs="+", metavar="FIRST..LAST", help="2027-01-11..2027-01-29 …")
    windows.add_argument("--source", help="the decision that fixed them")
    command("deadlines", "answers that are due, visas and certificates that end")
