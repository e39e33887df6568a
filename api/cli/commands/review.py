"""`ancrage review …`: submit, decide, sign."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io, whole_file
from assistant.bootstrap import App
from assistant.people.roles import Actor
from assistant.review import attestations, comments, decisions, disputes, overrides, submission, tasks
from assistant.review.expected import expected_pieces
from assistant.review.view import review_json, tasks_json


def submit(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Send a draft to review."""
    del io
    submission.submit(
        app.db,
        actor,
        arguments.piece,
        override_request=arguments.request_override,
        qualification=arguments.qualification,
        audience=arguments.audience,
        channel=arguments.channel,
    )
    return review_json(app.db, actor, arguments.piece)


def list_all(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """List tasks."""
    del io
    found = tasks.list_tasks(
        app.db,
        actor,
        status=arguments.status,
        everybody=arguments.all,
        after=arguments.after or "",
        limit=arguments.limit,
    )
    return {
        "tasks": tasks_json(app.db, actor, found.tasks),
        "next": found.next or None,
        "pieces": [] if arguments.after else expected_pieces(app.db, actor),
    }


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Show a piece as its reviewers see it."""
    del io
    return review_json(app.db, actor, arguments.piece)


def claim(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Take a task."""
    del io
    task = tasks.claim(app.db, actor, arguments.task)
    return review_json(app.db, actor, task.piece_id, task=task.id)


def give_back(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Open a claimed task again, for others to take."""
    del io
    task = tasks.give_back(app.db, actor, arguments.task)
    return review_json(app.db, actor, task.piece_id, task=task.id)


def comment(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Comment on a piece or one of its statements."""
    del io
    comments.comment(
        app.db,
        actor,
        arguments.piece,
        arguments.text,
        lineage=arguments.statement,
        mandatory=arguments.mandatory,
    )
    return review_json(app.db, actor, arguments.piece)


def resolve(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Resolve a comment."""
    del io
    piece = comments.resolve_comment(app.db, actor, arguments.comment)
    return review_json(app.db, actor, piece)


def attest(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Vouch, as a named medical reviewer, for a statement that code cannot judge."""
    del io
    attestations.attest(app.db, actor, arguments.piece, arguments.statement, arguments.reason)
    return review_json(app.db, actor, arguments.piece)


def override(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Give one of the two named reasons that lift an overridable block."""
    del io
    place = arguments.statement or "piece"
    overrides.override(app.db, actor, arguments.piece, arguments.rule, place, arguments.reason)
    return review_json(app.db, actor, arguments.piece)


def approve(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Sign: the password again, the meaning, the time, the exact manifest hash."""
    decided = decisions.approve(
        app.db,
        actor,
        arguments.task,
        app.given_password(io.password()),
        meaning=arguments.meaning,
        manifest_hash=arguments.manifest_hash,
        changes=arguments.with_changes,
    )
    return review_json(app.db, actor, decided.piece_id, task=decided.task_id)


def request_changes(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Send a piece back to its writer."""
    del io
    decided = decisions.request_changes(app.db, actor, arguments.task, arguments.reason)
    return review_json(app.db, actor, decided.piece_id, task=decided.task_id)


def reject(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """End a piece."""
    del io
    decided = decisions.reject(app.db, actor, arguments.task, arguments.reason)
    return review_json(app.db, actor, decided.piece_id, task=decided.task_id)


def dispute(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Say that a finding is wrong; it stands, and becomes an example for the evaluation."""
    del io
    place = arguments.statement or "piece"
    disputes.dispute(app.db, actor, arguments.piece, arguments.rule, place, arguments.reason)
    return review_json(app.db, actor, arguments.piece)


def disputed(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """The disputed and overridden findings as examples; with -o as JSON lines in a file."""
    examples = disputes.disputed(app.db, actor)
    document: dict[str, Any] = {"disputed": examples}
    if arguments.output:
        path = io.path(arguments.output)
        with whole_file(path) as half:
            half.write_text(disputes.examples_text(examples), encoding="utf-8")
        document["file"] = str(path)
    return document
