"""Many files in one command: folders and manifests, with a bar, a report, and nothing done twice."""

import csv
import io as streams
import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from api.cli.io import Io, whole_file
from api.cli.progress import FilesBar
from api.refusal import error_json
from assistant.bootstrap import App
from assistant.corpus.folder import Skipped, files_in
from assistant.corpus.manifest import BulkItem, Defaults, Refused, read_manifest
from assistant.corpus.model import SourceRequest
from assistant.corpus.products import list_products
from assistant.errors import InvalidInput
from assistant.people.roles import Actor

_COLUMNS = (
    "file", "line", "outcome", "source", "title", "kind", "status", "pages", "passages", "doubtful", "unreadable",
    "code", "message", "help",
)  # fmt: skip


def import_manifest(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Register what a manifest names. The exit code is 1 where any line was refused."""
    path = io.path(arguments.manifest)
    if not path.is_file():
        raise InvalidInput(f"There is no file {path}.", help="Check the path of the manifest.")
    markets = tuple(dict.fromkeys(market.upper() for market in arguments.markets or ()))
    defaults = Defaults(arguments.product or "", arguments.kind or "", markets)
    _require_apart(arguments, io, [path])
    items = read_manifest(path, defaults)
    _require_apart(arguments, io, [path.parent / item.name for item in items if item.name])
    return add_many(app, actor, items, [], arguments, io)


def add_paths(app: App, actor: Actor, request: SourceRequest, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Register files and all that is below folders, with the same options."""
    items: list[BulkItem] = []
    skipped: list[Skipped] = []
    for name in arguments.files:
        path = io.path(name)
        found, passed = files_in(path) if path.is_dir() else ([path], [])
        shown = [str(Path(name) / it.relative_to(path)) if path.is_dir() else name for it in found]
        items += [BulkItem(said, it, request) for said, it in zip(shown, found, strict=True)]
        skipped += passed
    _require_apart(arguments, io, [*(item.path for item in items), *(one.path for one in skipped)])
    return add_many(app, actor, items, skipped, arguments, io)


def add_many(
    app: App,
    actor: Actor,
    items: Sequence[BulkItem | Refused],
    skipped: Sequence[Skipped],
    arguments: Namespace,
    io: Io,
) -> dict[str, Any]:
    """Take them in, and say what became of each."""
    before = known_products(app)
    with FilesBar(io) as bar:
        outcomes = app.add_many(actor, items, bar)
    sources = [
        {**outcome, "file": item.name}
        for item, outcome in zip(items, outcomes, strict=True)
        if not isinstance(outcome, Refused)
    ]
    say_new_products(sources, before, arguments, io)
    refused = [
        {
            "file": outcome.name,
            **({"line": outcome.line} if outcome.line is not None else {}),
            **error_json(outcome.error),
        }
        for outcome in outcomes
        if isinstance(outcome, Refused)
    ]
    passed = [{"file": str(it.path), "reason": it.error.message, **error_json(it.error)} for it in skipped]
    known = sum(1 for found in sources if found["already_known"])
    counts = {
        "files": len(items) + len(skipped),
        "added": len(sources) - known,
        "already_known": known,
        "refused": len(refused),
        "skipped": len(skipped),
        "refused_by_code": dict(Counter(item["error"]["code"] for item in refused)),
    }
    document = {"sources": sources, "refused": refused, "skipped": passed, "counts": counts}
    if arguments.report:
        write_report(io.path(arguments.report), items, outcomes, document)
    return {**document, "exit": 1 if refused else 0}


def known_products(app: App) -> frozenset[str]:
    """The names of all products, before something is taken in."""
    return frozenset(product.name for product in list_products(app.db))


def say_new_products(
    added: Iterable[dict[str, Any]], known: frozenset[str], arguments: Namespace, io: Io
) -> None:
    """Tell a person which products were not there before: a slip in a name makes one."""
    if arguments.json:
        return
    for name in dict.fromkeys(source["product"] for source in added):
        if name not in known:
            io.say(f"New product: {name}. If that is a slip, withdraw the source and add it again.")


def _require_apart(arguments: Namespace, io: Io, read: Iterable[Path]) -> None:
    """Raise InvalidInput where the report, or the table beside it, would be written over a file that is to be read."""
    if not arguments.report:
        return
    report = io.path(arguments.report)
    written = {path: path.exists() for path in (report, _table_beside(report))}
    for given in read:
        for path, there in written.items():
            if given.resolve() == path or (there and given.exists() and given.samefile(path)):
                raise InvalidInput(
                    f"The report would be written over {given.name}, which is to be read.",
                    help=f"Give the report another name: it is written as {report.name} and {_table_beside(report).name}.",
                    file=given.name,
                )


def _table_beside(report: Path) -> Path:
    return report.with_suffix(".csv")


def write_report(
    path: Path,
    items: Sequence[BulkItem | Refused],
    outcomes: Sequence[dict[str, Any] | Refused],
    document: dict[str, Any],
) -> None:
    """The document as JSON, and beside it one row per file as CSV, for a spreadsheet."""
    with whole_file(path) as half:
        half.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    told = streams.StringIO(newline="")
    writer = csv.DictWriter(told, _COLUMNS, restval="")
    writer.writeheader()
    for item, outcome in zip(items, outcomes, strict=True):
        row = _refusal_row(outcome) if isinstance(outcome, Refused) else _source_row(outcome)
        writer.writerow(_plain({"file": item.name, "line": item.line or "", **row}))
    for passed in document["skipped"]:
        writer.writerow(_plain({"file": passed["file"], "outcome": "skipped", "message": passed["reason"]}))
    _table_beside(path).write_text(told.getvalue(), encoding="utf-8-sig", newline="")


def _source_row(found: dict[str, Any]) -> dict[str, Any]:
    quality = found["pages_by_quality"]
    return {
        "outcome": "already known" if found["already_known"] else "added",
        "source": found["id"],
        **{key: found[key] for key in ("title", "kind", "status", "pages", "passages")},
        "doubtful": quality["doubtful"],
        "unreadable": quality["unreadable"],
    }


def _refusal_row(refused: Refused) -> dict[str, Any]:
    error = refused.error
    return {"outcome": "refused", "code": error.code, "message": error.message, "help": error.help}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A cell that a spreadsheet would take for a formula is text all the same."""
    return {
        key: f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")) else value
        for key, value in row.items()
    }
