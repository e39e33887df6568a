"""What may be typed. Nothing heavy is imported here: `ancrage --help` answers at once.

Values whose meaning the product judges (dates, markets, products) are left as text: a wrong one is a refusal
with a reason (exit code 1). Argparse keeps exit code 2 for a wrong use of the command line.
"""

import argparse
from collections.abc import Sequence
from functools import partial

from api.cli.release_options import release_commands
from api.cli.source_options import KINDS, RIGHTS, manifest_options, reference_options, rights_options
from assistant.notices.model import FORMS, PACES
from assistant.notices.model import KINDS as KINDS_OF_NOTICE
from assistant.people.roles import Role
from eval.suites import ALL, SUITES

USES = ("promotional", "reactive_medical", "internal")
DRAFTS = ("key-moments", "quiz", "email", "brief")

_Subparsers = argparse._SubParsersAction  # noqa: SLF001  argparse gives its type no public name


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Parse a command line. Exits with code 2 and a message on stderr where it is wrong."""
    return build_parser().parse_args(argv)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="ancrage",
        description="Content for health professionals in which every sentence quotes an approved source.",
        epilog="Exit codes: 0 done, 1 refused for a stated reason, 2 wrong usage. ANCRAGE_HOME says where things are kept.",
    )
    parser.add_argument("--as", dest="user", metavar="NAME", help="who acts (or ANCRAGE_USER)")
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout, messages on stderr")
    parser.set_defaults(password_stdin=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_people, _products, _sources, _evidence, _drafts, _review, _policy, _publishing, _system):
        add(commands)
    return parser


def _shared(*, acting: bool = True) -> argparse.ArgumentParser:
    """Options that may stand before or after the command's own."""
    shared = argparse.ArgumentParser(add_help=False)
    if acting:
        shared.add_argument("--as", dest="user", metavar="NAME", default=argparse.SUPPRESS, help="who acts")
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer as JSON")
    return shared


def _command(
    commands: "_Subparsers[argparse.ArgumentParser]", name: str, summary: str
) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=summary, description=summary, parents=[_shared()])


def _group(
    commands: "_Subparsers[argparse.ArgumentParser]", name: str, summary: str
) -> "_Subparsers[argparse.ArgumentParser]":
    group = commands.add_parser(name, help=summary, description=summary)
    return group.add_subparsers(dest="action", required=True, metavar="ACTION")


def _password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def _people(commands: "_Subparsers[argparse.ArgumentParser]") -> None:
    user = _group(commands, "user", "people and their roles")
    add = _command(user, "add", "add a person; the first one on an empty home must be an admin")
    add.add_argument("name")
    add.add_argument(
        "--role",
        dest="roles",
        nargs="+",
        action="extend",
        required=True,
        choices=[r.value for r in Role],
        metavar="ROLE",
    )
    add.add_argument(
        "--language", default="en", choices=["fr", "en"], help="the language of this person's pages"
    )
    _password(add)
    add.add_argument(
        "--without-passphrase", action="store_true", help="the person comes in by the company login alone"
    )
    link = _command(user, "link", "link an account to the company login")
    link.add_argument("name")
    link.add_argument("--subject", help="how the login itself names the person (its claim sub)")
    link.add_argument(
        "--email", help="instead: the verified address of the first login (ANCRAGE_OIDC_BY_EMAIL)"
    )
    _command(user, "unlink", "take the links of an account away").add_argument("name")
    _command(user, "list", "list the people")
    token = _command(user, "token", "make a token for a machine that acts as you; it is shown once")
    token.add_argument("label", help="what it is for")


def _products(commands: "_Subparsers[argparse.ArgumentParser]") -> None:
    product = _group(commands, "product", "products and their sheets")
    for name, summary in (("add", "register a product"), ("update", "change fields of a product's sheet")):
        add = _command(product, name, summary)
        add.add_argument("product")
        add.add_argument("--sheet", metavar="FILE", help="the product sheet, YAML or JSON")
        add.add_argument("--brand")
        add.add_argument("--inn", help="international non-proprietary name")
        add.add_argument("--holder", help="marketing-authorisation holder")
        add.add_argument("--cis", help="French CIS code, 8 digits")
        add.add_argument("--public-page", help="link to the public product page")
        add.add_argument("--synonym", dest="synonyms", nargs="+", action="extend")
    fill = _command(product, "fill", "fill the sheet from the French public register of medicines")
    fill.add_argument("product")
    fill.add_argument("--register", metavar="DIR", required=True, help="the folder with the register's files")
    fill.add_argument("--cis", help="which medicine, where several have the name")
    fill.add_argument("--field", dest="fields", nargs="+", action="extend", help="only these fields")
    fill.add_argument("--apply", action="store_true", help="keep what is proposed")
    show = _command(product, "show", "show one product")
    show.add_argument("product")
    _command(product, "list", "list the products")
    for name, summary in (
        ("freeze", "benefit and risk are under re-evaluation: stop everything"),
        ("unfreeze", "lift the freeze"),
    ):
        freeze = _command(product, name, summary)
        freeze.add_argument("product")
        freeze.add_argument("--reason", default="")


def _approval(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--approval", metavar="REF", required=required, help="reference of the approval")
    parser.add_argument("--approved-on", metavar="DATE", required=required, help="as 2026-01-31")
    parser.add_argument("--expires-on", metavar="DATE", required=required, help="last day of validity")


def _sources(commands: "_Subparsers[argparse.ArgumentParser]") -> None:
    source = _group(commands, "source", "approved documents")
    add = _command(source, "add", "register documents; a product it does not know is registered by its name")
    add.add_argument("files", nargs="+", metavar="FILE", help="files, or folders with all that is below them")
    add.add_argument(
        "--report", metavar="FILE", help="write what became of each file: FILE as JSON, and as CSV"
    )
    add.add_argument("--product", required=True)
    add.add_argument("--kind", required=True, choices=KINDS)
    add.add_argument("--market", dest="markets", nargs="+", action="extend", required=True)
    add.add_argument("--language", choices=["fr", "en"], help="as detected, where it is not given")
    add.add_argument(
        "--audience", dest="audiences", nargs="+", action="extend", help="hcp where none is named"
    )
    add.add_argument(
        "--use", dest="uses", nargs="+", action="extend", choices=USES, help="all three where none is named"
    )
    add.add_argument("--title", help="as found in the file, where it is not given")
    add.add_argument("--reference", default="", help="bibliographic reference, Vancouver form")
    add.add_argument("--replaces", metavar="SOURCE", help="the source of which this is the new version")
    add.add_argument("--cite-notes", action="store_true", help="speaker notes may be quoted")
    add.add_argument("--exclude-pages", metavar="3,7-9", help="pages or slides that the approval leaves out")
    rights_options(add)
    _approval(add, required=False)
    manifest_options(_command(source, "import", "register the files that a manifest (CSV) names, one a line"))
    claims = _command(source, "claims", "how each claim of a sheet stands to the source that it refers to")
    claims.add_argument("source")
    approve = _command(source, "approve", "record the approval of a source")
    approve.add_argument("source")
    _approval(approve, required=True)
    withdraw = _command(source, "withdraw", "stop a source and everything made from it, at once")
    withdraw.add_argument("source")
    withdraw.add_argument("--reason", required=True)
    listing = _command(source, "list", "list the sources")
    listing.add_argument("--product")
    listing.add_argument("--status")
    rights = _command(source, "rights", "change what may be shown of a source outside the company")
    rights.add_argument("source")
    rights.add_argument("--display", required=True, choices=RIGHTS)
    rights.add_argument("--reason", required=True)
    reference = "the bibliographic reference: what the document proposes, and what a person confirmed"
    reference_options(_command(source, "reference", reference))
    show = _command(source, "show", "show one source, its approval and what was made from it")
    show.add_argument("source")
    show.add_argument("--text", action="store_true", help="with the text of its pages")
    picture = _command(source, "picture", "the picture of a page, with a passage or a quote marked")
    picture.add_argument("source")
    picture.add_argument("--page", type=int, required=True, metavar="N")
    marked = picture.add_mutually_exclusive_group()
    marked.add_argument("--passage", metavar="P")
    marked.add_argument("--quote", metavar="WORDS")
    picture.add_argument(
        "--zoom", type=float, default=1.6, choices=[1.0, 1.6, 2.4, 4.0], help="pixels per point"
    )
    picture.add_argument("-o", "--output", metavar="FILE", required=True)
    diff = _command(source, "diff", "what changed from one version to the next, and which pieces rest on it")
    diff.add_argument("old", help="the older version; alone: the newer one, compared with what it replaces")
    diff.add_argument("new", nargs="?")


def _evidence(commands: "_Subparsers[argparse.ArgumentParser]") -> None:
    index = _group(commands, "index", "the vector index, a cache of the database")
    _command(index, "rebuild", "make it again from the stored vectors")
    _command(index, "verify", "compare it with the database")
    _command(index, "improve", "make the better model's vectors that are missing, and wait for it")
    search = _command(commands, "search", "find passages that may be used now")
    search.add_argument("words")
    search.add_argument("--product", required=True)
    search.add_argument("--market", required=True)
    search.add_argument("--language", choices=["fr", "en"], help="only sources in this language")
    search.add_argument("--audience", default="hcp")
    search.add_argument("--use", choices=USES, help="only sources approved for this use")
    search.add_argument("--k", type=int, default=8, help="how many")
    ask = _command(commands, "ask", "answer from approved sentences, or say that they hold no answer")
    ask.add_argument("question")
    ask.add_argument("--product", required=True)
    ask.add_argument("--market", required=True)
    ask.add_argument("--language", choices=["fr", "en"])
    ask.add_argument("--conversation", metavar="ID")


def _drafts(commands: "_Subparsers[argparse.ArgumentParser]") -> None:
    draft = _command(commands, "draft", "draft a piece in which every statement quotes an approved source")
    draft.add_argument("kind", choices=DRAFTS)
    _target(draft)
    draft.add_argument("--language", required=True, choices=["fr", "en"])
    draft.add_argument("--topic", help="what it should be about")
    draft.add_argument("--source", dest="sources", nargs="+", action="extend", help="only from these sources")
    draft.add_argument("--engine", default="extractive", choices=["extractive", "openai"])
    check = _command(
        commands, "check", "turn an existing text into segments with proposed citations and findings"
    )
    check.add_argument("file")
    _target(check)
    check.add_argument("--language", choices=["fr", "en"])
    adapt = _command(commands, "adapt", "begin a published piece for another market, linked to it")
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


def _review(commands: "_Subparsers[argparse.ArgumentParser]") -> None:
    review = _group(commands, "review", "submit, decide, sign")
    submit = _command(review, "submit", "send a draft to review")
    submit.add_argument("piece")
    submit.add_argument("--qualification", choices=USES)
    submit.add_argument("--audience")
    submit.add_argument("--channel")
    submit.add_argument(
        "--request-override", metavar="REASON", help="let overridable blocks travel with this reason"
    )
    listing = _command(review, "list", "tasks: mine and those that my roles may take")
    listing.add_argument("--status")
    listing.add_argument("--all", action="store_true", help="everybody's")
    listing.add_argument("--after", metavar="NEXT", help="where the page before ended, as its `next` says")
    listing.add_argument("--limit", type=int, default=100, help="how many at once, 500 at most")
    show = _command(review, "show", "a piece with its statements, findings, comments and signatures")
    show.add_argument("piece")
    claim = _command(review, "claim", "take a task")
    claim.add_argument("task", help="a task, or a piece in which you have one open task")
    give_back = _command(review, "give-back", "open a task again that you claimed")
    give_back.add_argument("task", help="a task, or a piece in which you have one")
    comment = _command(review, "comment", "comment on a piece or on one of its statements")
    comment.add_argument("piece")
    comment.add_argument("text")
    comment.add_argument("--statement", help="the statement it is about")
    comment.add_argument("--mandatory", action="store_true", help="nobody approves while it is open")
    resolve = _command(review, "resolve", "mark a comment as resolved")
    resolve.add_argument("comment")
    attest = _command(review, "attest", "medical: vouch for a statement that code cannot judge")
    attest.add_argument("piece")
    attest.add_argument("statement")
    attest.add_argument("--reason", required=True)
    override = _command(review, "override", "one of the two named reviewers who lift an overridable block")
    override.add_argument("piece")
    override.add_argument("rule")
    override.add_argument(
        "--statement", default=None, help="where it was found; the whole piece if not given"
    )
    override.add_argument("--reason", required=True)
    dispute = _command(
        review, "dispute", "say that a finding is wrong: it stands, and the evaluation learns of it"
    )
    dispute.add_argument("piece")
    dispute.add_argument("rule")
    dispute.add_argument("--statement", help="where it was found; the whole piece if not given")
    dispute.add_argument("--reason", required=True)
    disputed = _command(review, "disputed", "disputed and overridden findings as evaluation examples")
    disputed.add_argument("-o", "--output", metavar="FILE", help="write them as JSON lines, too")
    approve = _command(review, "approve", "approve with your signature; asks for the password again")
    approve.add_argument("task", help="a task, or a piece in which you have one open task")
    approve.add_argument("--meaning", default="approval", help="what the signature means")
    approve.add_argument("--hash", dest="manifest_hash", help="the manifest hash that you saw")
    approve.add_argument(
        "--with-changes", metavar="CHANGES", help="approve if these changes are made: returns to the writer"
    )
    _password(approve)
    for name, summary in (("request-changes", "send it back to its writer"), ("reject", "end it")):
        decide = _command(review, name, summary)
        decide.add_argument("task", help="a task, or a piece in which you have one open task")
        decide.add_argument("--reason", required=True)


def _policy(commands: "_Subparsers[argparse.ArgumentParser]") -> None:
    policy = _group(commands, "policy", "who has to sign, in which order, and who may publish")
    show = _command(policy, "show", "the policy in force, or another that was kept, and who adopted which")
    show.add_argument("hash", nargs="?", help="how the hash of another begins")
    show.add_argument("-o", "--output", metavar="FILE", help="write it as YAML, to change it")
    check = _command(policy, "check", "whether a file may be a policy; changes nothing")
    check.add_argument("file")
    adopt = _command(policy, "adopt", "put a policy in force for what is submitted from now on")
    adopt.add_argument("file")
    adopt.add_argument("--reason", required=True)
    delegation = _group(commands, "delegation", "who decides in whose stead, and when")
    name = _command(delegation, "name", "name a deputy with the same role for a period")
    name.add_argument("deputy")
    name.add_argument("--role", required=True)
    name.add_argument("--from", dest="starts", metavar="DATE", required=True, help="the first day")
    name.add_argument("--until", dest="ends", metavar="DATE", required=True, help="the last day")
    name.add_argument("--reason", required=True)
    _command(delegation, "list", "those that you gave or hold; everybody's for a coordinator")
    end = _command(delegation, "end", "end one now")
    end.add_argument("delegation")


def _publishing(commands: "_Subparsers[argparse.ArgumentParser]") -> None:
    publish = _command(commands, "publish", "publish exactly what was signed")
    publish.add_argument("piece")
    publish.add_argument("--visa-number", help="France, promotional: YY/MM/CIS/PM/NNN")
    publish.add_argument("--visa-granted-on", metavar="DATE")
    publish.add_argument(
        "--visa-expires-on", metavar="DATE", help="two years after the grant where it is not given"
    )
    publish.add_argument(
        "--release",
        nargs="+",
        action="extend",
        metavar="KEY=VALUE",
        help="form_2253=… (US)",
    )
    release = _group(commands, "release", "what a market asks for before a signed piece is used")
    release_commands(partial(_command, release), _password)
    recall = _command(commands, "recall", "take a piece back, at once")
    recall.add_argument("piece")
    recall.add_argument("--reason", required=True)
    confirmation = _group(
        commands, "confirmation", "published content whose source was replaced: does it hold?"
    )
    _command(confirmation, "list", "what waits for signatures")
    shown = _command(confirmation, "show", "the quotes with their old and new places, and who signed")
    shown.add_argument("confirmation")
    sign = _command(confirmation, "sign", "confirm with your signature; asks for the password again")
    sign.add_argument("confirmation")
    sign.add_argument("--hash", dest="confirmation_hash", help="the hash that you saw")
    _password(sign)
    decline = _command(confirmation, "decline", "it does not hold: suspend it")
    decline.add_argument("confirmation")
    decline.add_argument("--reason", required=True)
    summary = "a copy of a piece; before publication it is marked as not approved"
    export = commands.add_parser("export", help=summary, description=summary, parents=[_shared(acting=False)])
    export.add_argument("piece")
    export.add_argument("--as", dest="format", default="html", choices=["html", "text", "pdf", "json"])
    export.add_argument("-o", "--output", metavar="FILE")
    export.add_argument(
        "--stamped", action="store_true", help="HTML, PDF: as signed, with its end of use and status address"
    )
    pack = _command(commands, "evidence-pack", "one ZIP that proves a piece without this software")
    pack.add_argument("piece")
    pack.add_argument("-o", "--output", metavar="FILE", required=True)
    _register(commands)
    affected = _command(commands, "affected", "what a source or a piece has led to, and whom to tell")
    affected.add_argument("--source")
    affected.add_argument("--piece")
    pack.add_argument(
        "--outside", action="store_true", help="for people outside the company: fewer page pictures"
    )


def _register(commands: "_Subparsers[argparse.ArgumentParser]") -> None:
    publication = _group(commands, "publication", "who received what, and whether a copy is in force")
    used = _command(publication, "record-use", "enter one use in the register of recipients")
    used.add_argument("publication", help="a publication, or a piece for its newest one")
    used.add_argument("--mode", required=True, help="one word: visit, email, hand-out, congress …")
    used.add_argument("--on", metavar="DATE", required=True, help="the day of use")
    used.add_argument("--to", metavar="NAME", required=True, help="who received it; can be erased later")
    uses = _command(publication, "import-uses", "enter a CSV file: publication, mode, used_on, recipient")
    uses.add_argument("file")
    listed = _command(publication, "register", "who received what of a piece, and until when names are kept")
    listed.add_argument("piece")
    erase = _command(publication, "erase-recipient", "erase a name that the law no longer asks to be kept")
    erase.add_argument(
        "use", nargs="?", help="a line of the register; with --due every name whose time is over"
    )
    erase.add_argument("--due", action="store_true")
    erase.add_argument("--reason", required=True)
    in_force = _command(publication, "status", "whether a copy with this hash is in force")
    in_force.add_argument("hash")


def _system(commands: "_Subparsers[argparse.ArgumentParser]") -> None:
    audit = _group(commands, "audit", "the trail of every act")
    _command(audit, "verify", "check the whole chain against its anchor")
    export = _command(audit, "export", "write the trail as JSON lines")
    export.add_argument("-o", "--output", metavar="FILE", required=True)
    _notices(commands)
    figures = _command(commands, "figures", "cycle time, rounds, findings, overrides, overdue, recalls")
    figures.add_argument("--product")
    figures.add_argument("--market")
    figures.add_argument("--since", metavar="DATE", help="what ended from this day on")
    figures.add_argument("--until", metavar="DATE", help="what ended up to this day")
    figures.add_argument("--csv", metavar="FILE", help="write them as CSV, too")
    serve = _command(commands, "serve", "the web app")
    serve.add_argument("--role", choices=["all", "web", "worker"], default="all")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8321)
    calendar = _command(commands, "calendar", "what runs out: approvals of sources, publications, visas")
    calendar.add_argument("--product")
    calendar.add_argument("--days", type=int, help="only what runs out within so many days")
    calendar.add_argument("--ics", metavar="FILE", help="write it as an iCalendar file, too")
    _command(commands, "doctor", "what is set up, what is missing and what to do about it")
    demo = _command(commands, "demo", "the whole way on the shipped sample, then the web app on localhost")
    demo.add_argument("--no-serve", action="store_true", help="stop before serving")
    demo.add_argument("--port", type=int, default=8321)
    evaluation = _command(commands, "eval", "measure; writes <suite>.json and a report")
    evaluation.add_argument("suite", choices=[ALL, *sorted(SUITES)])
    evaluation.add_argument("--data", metavar="DIR", required=True)
    evaluation.add_argument("--out", metavar="DIR", default="eval-out")
    evaluation.add_argument("--strict", action="store_true", help="end with 1 where a bound does not hold")


def _notices(commands: "_Subparsers[argparse.ArgumentParser]") -> None:
    notices = _group(commands, "notices", "what concerns you, and how you are told")
    listing = _command(notices, "list", "your notices, the newest first")
    listing.add_argument("--unread", action="store_true", help="only those not read yet")
    read = _command(notices, "read", "mark notices as read, all where none is named")
    read.add_argument("notices", nargs="*", metavar="NOTICE")
    choose = _command(notices, "choose", "show or change how you are told")
    choose.add_argument("--email", metavar="ADDRESS", help="your address; an empty one takes it away")
    choose.add_argument("--webhook", metavar="URL", help="where to post; an empty one takes it away")
    choose.add_argument("--form", choices=FORMS, help="what the webhook is")
    choose.add_argument(
        "--kind", dest="kinds", nargs="+", action="extend", choices=KINDS_OF_NOTICE, metavar="KIND"
    )
    choose.add_argument("--in-app", choices=["on", "off"], help="for the named kinds, or all")
    choose.add_argument("--by-email", choices=PACES, help="for the named kinds, or all")
    choose.add_argument("--by-webhook", choices=["on", "off"], help="for the named kinds, or all")
    _command(notices, "send", "admin: say what is overdue and send what waits, as a server does by itself")
