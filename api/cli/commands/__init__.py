"""What each command does: a call to the assistant, and the document that it answers with."""

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from api.cli.commands import (
    asking,
    bulk,
    calendar,
    cases,
    delegation,
    drafting,
    figures,
    governance,
    notices,
    people,
    policy,
    products,
    proving,
    publishing,
    releasing,
    rereading,
    review,
    sources,
    system,
)
from api.cli.io import Io, refuse
from api.cli.show import show
from assistant.bootstrap import App
from assistant.errors import NotSignedIn
from assistant.people.accounts import find_actor
from assistant.people.roles import Actor
from ingestion.errors import AncrageError

Command = Callable[[App, Actor, Namespace, Io], dict[str, Any]]

COMMANDS: dict[tuple[str, str], Command] = {
    ("user", "list"): people.list_people,
    ("user", "link"): people.link_login,
    ("user", "unlink"): people.unlink_login,
    ("user", "logins"): people.logins,
    ("user", "confirm-login"): people.confirm_login,
    ("user", "reject-login"): people.reject_login,
    ("user", "token"): people.token,
    ("user", "passphrase"): people.passphrase,
    ("user", "reset"): people.reset,
    ("product", "add"): products.add,
    ("product", "update"): products.update,
    ("product", "fill"): products.fill,
    ("product", "show"): products.show,
    ("product", "list"): products.list_all,
    ("product", "freeze"): products.freeze,
    ("product", "unfreeze"): products.unfreeze,
    ("source", "add"): sources.add,
    ("source", "import"): bulk.import_manifest,
    ("source", "claims"): governance.claims,
    ("source", "approve"): sources.approve,
    ("source", "withdraw"): sources.withdraw,
    ("source", "list"): sources.list_all,
    ("source", "show"): sources.show,
    ("source", "rights"): governance.rights,
    ("source", "deck"): governance.deck,
    ("source", "reference"): governance.reference,
    ("source", "diff"): sources.diff,
    ("source", "picture"): sources.picture,
    ("source", "reread"): rereading.reread,
    ("index", "rebuild"): system.rebuild_index,
    ("index", "verify"): system.verify_index,
    ("search", ""): asking.search,
    ("ask", ""): asking.ask,
    ("draft", ""): drafting.draft,
    ("check", ""): drafting.check,
    ("adapt", ""): drafting.adapt_piece,
    ("review", "submit"): review.submit,
    ("review", "list"): review.list_all,
    ("review", "show"): review.show,
    ("review", "claim"): review.claim,
    ("review", "give-back"): review.give_back,
    ("review", "comment"): review.comment,
    ("review", "resolve"): review.resolve,
    ("review", "attest"): review.attest,
    ("review", "override"): review.override,
    ("review", "dispute"): review.dispute,
    ("review", "disputed"): review.disputed,
    ("review", "approve"): review.approve,
    ("review", "request-changes"): review.request_changes,
    ("review", "reject"): review.reject,
    ("policy", "show"): policy.show,
    ("policy", "check"): policy.check,
    ("policy", "propose"): policy.propose,
    ("policy", "adopt"): policy.adopt,
    ("policy", "close"): policy.close,
    ("policy", "diff"): policy.diff,
    ("delegation", "name"): delegation.name,
    ("delegation", "list"): delegation.show,
    ("delegation", "end"): delegation.end,
    ("publish", ""): publishing.publish,
    ("recall", ""): publishing.recall,
    ("release", "show"): releasing.show,
    ("release", "request"): releasing.request,
    ("release", "grant"): releasing.grant,
    ("release", "refuse"): releasing.refuse,
    ("release", "certify"): releasing.sign,
    ("release", "submit"): releasing.submit,
    ("release", "void"): releasing.void,
    ("release", "deposit-pack"): releasing.deposit,
    ("release", "windows"): releasing.windows,
    ("release", "deadlines"): releasing.deadlines,
    ("export", ""): publishing.export,
    ("evidence-pack", ""): proving.evidence,
    ("affected", ""): proving.affected,
    ("publication", "record-use"): proving.record_one_use,
    ("publication", "import-uses"): proving.import_file,
    ("publication", "register"): proving.register,
    ("publication", "erase-recipient"): proving.erase,
    ("publication", "status"): proving.status,
    ("confirmation", "list"): publishing.confirmations,
    ("confirmation", "show"): publishing.confirmation,
    ("confirmation", "sign"): publishing.confirm,
    ("confirmation", "decline"): publishing.decline,
    ("calendar", ""): calendar.show,
    ("case", "list"): cases.show_all,
    ("case", "show"): cases.show,
    ("case", "acknowledge"): cases.acknowledge,
    ("case", "forward"): cases.forward,
    ("case", "note"): cases.note,
    ("case", "close"): cases.close,
    ("case", "correct"): cases.correct,
    ("case", "reopen"): cases.reopen,
    ("figures", ""): figures.show,
    ("notices", "list"): notices.show,
    ("notices", "read"): notices.read,
    ("notices", "choose"): notices.choose_ways,
    ("notices", "send"): notices.send,
    ("audit", "verify"): system.verify_audit,
    ("audit", "export"): system.export_audit,
    ("audit", "erase"): system.erase_entry,
}


def execute(app: App, arguments: Namespace, io: Io) -> int:
    """Run one command and print its answer; returns the exit code. Refusals are printed, never raised."""
    try:
        key = (arguments.command, getattr(arguments, "action", ""))
        if key == ("user", "add"):  # the one command that the first person runs before anybody exists
            document = people.add(app, arguments, io)
        else:
            document = COMMANDS[key](app, _acting(app, io, arguments), arguments, io)
    except AncrageError as error:
        return refuse(error, io, as_json=arguments.json)
    code = int(document.pop("exit", 0))
    if arguments.json:
        io.json(document)
    else:
        show(document, io)
    return code


def _acting(app: App, io: Io, arguments: Namespace) -> Actor:
    name = arguments.user or io.user
    if not name:
        raise NotSignedIn("Nobody is acting.", help="Say who you are with --as NAME or ANCRAGE_USER.")
    return find_actor(app.db, name)
