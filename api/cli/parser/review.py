"""`ancrage review`: what may be typed."""

import argparse

from api.cli.parser.parts import USES, Subparsers, add_command, add_group, password_option


def review_commands(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `review`."""
    review = add_group(commands, "review", "submit, decide, sign")
    submit = add_command(review, "submit", "send a draft to review")
    submit.add_argument("piece")
    submit.add_argument("--qualification", choices=USES)
    submit.add_argument("--audience")
    submit.add_argument("--channel")
    submit.add_argument(
        "--request-override", metavar="REASON", help="let overridable blocks travel with this reason"
    )
    listing = add_command(review, "list", "tasks: mine and those that my roles may take")
    listing.add_argument("--status")
    listing.add_argument("--all", action="store_true", help="everybody's")
    listing.add_argument("--after", metavar="NEXT", help="where the page before ended, as its `next` says")
    listing.add_argument("--limit", type=int, default=100, help="how many at once, 500 at most")
    show = add_command(review, "show", "a piece with its statements, findings, comments and signatures")
    show.add_argument("piece")
    claim = add_command(review, "claim", "take a task")
    claim.add_argument("task", help="a task, or a piece in which you have one open task")
    give_back = add_command(review, "give-back", "open a task again that you claimed")
    give_back.add_argument("task", help="a task, or a piece in which you have one")
    comment = add_command(review, "comment", "comment on a piece or on one of its statements")
    comment.add_argument("piece")
    comment.add_argument("text")
    comment.add_argument("--statement", help="the statement it is about")
    comment.add_argument("--mandatory", action="store_true", help="nobody approves while it is open")
    resolve = add_command(review, "resolve", "mark a comment as resolved")
    resolve.add_argument("comment")
    _findings(review)
    _decisions(review)


def _findings(review: "Subparsers[argparse.ArgumentParser]") -> None:
    attest = add_command(review, "attest", "medical: vouch for a statement that code cannot judge")
    attest.add_argument("piece")
    attest.add_argument("statement")
    attest.add_argument("--reason", required=True)
    override = add_command(review, "override", "one of the two named reviewers who lift an overridable block")
    override.add_argument("piece")
    override.add_argument("rule")
    override.add_argument(
        "--statement", default=None, help="where it was found; the whole piece if not given"
    )
    override.add_argument("--reason", required=True)
    dispute = add_command(
        review, "dispute", "say that a finding is wrong: it stands, and the evaluation learns of it"
    )
    dispute.add_argument("piece")
    dispute.add_argument("rule")
    dispute.add_argument("--statement", help="where it was found; the whole piece if not given")
    dispute.add_argument("--reason", required=True)
    disputed = add_command(review, "disputed", "disputed and overridden findings as evaluation examples")
    disputed.add_argument("-o", "--output", metavar="FILE", help="write them as JSON lines, too")


def _decisions(review: "Subparsers[argparse.ArgumentParser]") -> None:
    approve = add_command(review, "approve", "approve with your signature; asks for the password again")
    approve.add_argument("task", help="a task, or a piece in which you have one open task")
    approve.add_argument("--meaning", default="approval", help="what the signature means")
    approve.add_argument("--hash", dest="manifest_hash", help="the manifest hash that you saw")
    approve.add_argument(
        "--with-changes", metavar="CHANGES", help="approve if these changes are made: returns to the writer"
    )
    password_option(approve)
    for name, summary in (("request-changes", "send it back to its writer"), ("reject", "end it")):
        decide = add_command(review, name, summary)
        decide.add_argument("task", help="a task, or a piece in which you have one open task")
        decide.add_argument("--reason", required=True)
