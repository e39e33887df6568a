"""A command's document, for a person to read."""

from collections.abc import Callable
from typing import Any

from api.cli.io import Io
from api.cli.show import release
from api.cli.show.cases import case_text, cases_text
from api.cli.show.figures import figures_text
from api.cli.show.finding import answer_text, hits_text
from api.cli.show.people import delegations_text, logins_text, user_text, users_text
from api.cli.show.pieces import piece_text, tasks_text
from api.cli.show.policy import changes_text, policy_text
from api.cli.show.products import fill_text, product_text, products_text
from api.cli.show.publishing import (
    affected_text,
    calendar_text,
    export_text,
    pack_text,
    publication_text,
    recalled_text,
    status_text,
    verdict_text,
)
from api.cli.show.rereading import reread_text, rereads_text
from api.cli.show.sources import reference_text, source_text, sources_text
from api.cli.show.versions import confirmation_text, confirmations_text, diff_text


def show(document: dict[str, Any], io: Io) -> None:
    """Print what a person wants to see of the document: each known key has its own view."""
    for key, view in VIEWS.items():
        if key in document:
            io.out.write(view(document).rstrip() + "\n")
            if document.get("warning"):
                io.say(str(document["warning"]))
            return
    io.json(document)


VIEWS: dict[str, Callable[[dict[str, Any]], str]] = {
    "hits": hits_text,
    "reread": reread_text,
    "rereads": rereads_text,
    "diff": diff_text,
    "picture": lambda d: (
        f"{d['picture']['file']}: {len(d['picture']['rectangles'])} marks, {d['picture']['ms']} ms"
    ),
    "policy": policy_text,
    "policy_changes": changes_text,
    "delegations": delegations_text,
    "logins": logins_text,
    "confirmations": confirmations_text,
    "confirmation": confirmation_text,
    "sources": sources_text,
    "source": source_text,
    "publication": publication_text,
    "tasks": lambda d: piece_text(d) if "piece" in d else tasks_text(d),
    "piece": piece_text,
    "recalled": recalled_text,
    "case": lambda d: answer_text(d) if "statements" in d else case_text(d),
    "cases": cases_text,
    "user": user_text,
    "users": users_text,
    "passphrase": lambda d: f"Changed; {d['passphrase']['sessions_ended']} sessions have ended.",
    "one_time": lambda d: d["one_time"]["passphrase"],
    "product": product_text,
    "products": products_text,
    "first_bad": verdict_text,
    "reference": reference_text,
    "calendar": calendar_text,
    "fill": fill_text,
    "figures": figures_text,
    "export": export_text,
    "pack": pack_text,
    "affected": affected_text,
    "register": release.register,
    "erased_entry": lambda d: f"The words of entry {d['erased_entry']} are erased; the entry stays.",
    "erased": lambda d: f"{d['erased']['names']} names erased.",
    "release": release.release,
    "windows": release.windows,
    "deadlines": release.deadlines,
    "status": status_text,
    "use": lambda d: f"{d['use']['publication']}: {d['use']['mode']} on {d['use']['used_on']}",
    "uses": lambda d: f"{d['uses']['recorded']} uses entered.",
}
