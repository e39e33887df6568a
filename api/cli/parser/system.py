"""The audit, notices, figures, the server, the calendar, the doctor, the demo and the evaluation: what may be typed."""

import argparse

from api.cli.parser.parts import Subparsers, add_command, add_group
from assistant.notices.model import FORMS, PACES
from assistant.notices.model import KINDS as KINDS_OF_NOTICE
from eval.suites import ALL, SUITES


def system_commands(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add what looks after the house."""
    audit = add_group(commands, "audit", "the trail of every act")
    add_command(audit, "verify", "check the whole chain against its anchor")
    export = add_command(audit, "export", "write the trail as JSON lines")
    export.add_argument("-o", "--output", metavar="FILE", required=True)
    erase = add_command(
        audit, "erase", "admin: erase the free text of an entry, as data protection may demand"
    )
    erase.add_argument("entry", type=int, metavar="NUMBER", help="of the entry; its line and the chain stay")
    _notices(commands)
    figures = add_command(commands, "figures", "cycle time, rounds, findings, overrides, overdue, recalls")
    figures.add_argument("--product")
    figures.add_argument("--market")
    figures.add_argument("--since", metavar="DATE", help="what ended from this day on")
    figures.add_argument("--until", metavar="DATE", help="what ended up to this day")
    figures.add_argument("--csv", metavar="FILE", help="write them as CSV, too")
    serve = add_command(commands, "serve", "the web app")
    serve.add_argument("--role", choices=["all", "web", "worker"], default="all")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=_port, default=8321)
    calendar = add_command(commands, "calendar", "what runs out: approvals of sources, publications, visas")
    calendar.add_argument("--product")
    calendar.add_argument("--days", type=int, help="only what runs out within so many days")
    calendar.add_argument("--ics", metavar="FILE", help="write it as an iCalendar file, too")
    doctor = add_command(commands, "doctor", "what is set up, what is missing and what to do about it")
    doctor.add_argument(
        "--ask-model",
        action="store_true",
        help="ask the model of the settings one small question, too: it costs a few hundred tokens and leaves the house",
    )
    demo = add_command(commands, "demo", "the whole way on the shipped sample, then the web app on localhost")
    demo.add_argument("--no-serve", action="store_true", help="stop before serving")
    demo.add_argument("--port", type=_port, default=8321)
    evaluation = add_command(commands, "eval", "measure; writes <suite>.json and a report")
    evaluation.add_argument("suite", choices=[ALL, *sorted(SUITES)])
    evaluation.add_argument("--data", metavar="DIR", required=True)
    evaluation.add_argument("--out", metavar="DIR", default="eval-out")
    evaluation.add_argument("--strict", action="store_true", help="end with 1 where a bound does not hold")


def _notices(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    notices = add_group(commands, "notices", "what concerns you, and how you are told")
    listing = add_command(notices, "list", "your notices, the newest first")
    listing.add_argument("--unread", action="store_true", help="only those not read yet")
    read = add_command(notices, "read", "mark notices as read, all where none is named")
    read.add_argument("notices", nargs="*", metavar="NOTICE")
    choose = add_command(notices, "choose", "show or change how you are told")
    choose.add_argument("--email", metavar="ADDRESS", help="your address; an empty one takes it away")
    choose.add_argument("--webhook", metavar="URL", help="where to post; an empty one takes it away")
    choose.add_argument("--form", choices=FORMS, help="what the webhook is")
    choose.add_argument(
        "--kind", dest="kinds", nargs="+", action="extend", choices=KINDS_OF_NOTICE, metavar="KIND"
    )
    choose.add_argument("--in-app", choices=["on", "off"], help="for the named kinds, or all")
    choose.add_argument("--by-email", choices=PACES, help="for the named kinds, or all")
    choose.add_argument("--by-webhook", choices=["on", "off"], help="for the named kinds, or all")
    add_command(notices, "send", "admin: say what is overdue and send what waits, as a server does by itself")


def _port(word: str) -> int:
    """Of an address of the web."""
    port = int(word)
    if not 0 < port < 1 << 16:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return port
