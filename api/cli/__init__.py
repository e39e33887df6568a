"""The command line: `ancrage`. Names and JSON shapes are relied on from outside; see docs/command-line.md."""

import os
import sys
from pathlib import Path

from api.cli.io import Io, ask_password, refuse, require_text
from api.cli.parser import parse
from assistant.errors import InvalidInput


def main() -> int:
    """Run one command as typed in a shell; returns the exit code. Who stops reading its answer is told nothing."""
    code = 0
    try:
        code = _main()
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still to be written at the end goes nowhere, instead of failing there once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _main() -> int:
    arguments = parse(sys.argv[1:])
    io = Io(
        out=sys.stdout,
        err=sys.stderr,
        cwd=Path.cwd(),
        user=arguments.user or os.environ.get("ANCRAGE_USER"),
        password=lambda: ask_password(from_stdin=arguments.password_stdin, stdin=sys.stdin),
        interactive=sys.stderr.isatty(),
    )
    try:
        require_text([*sys.argv[1:], io.user])
    except InvalidInput as error:
        return refuse(error, io, as_json=arguments.json)
    if arguments.command in {"eval", "demo", "serve", "doctor"}:
        from api.cli.standalone import run_standalone

        return run_standalone(arguments, io)
    if (arguments.command, getattr(arguments, "action", "")) == ("index", "improve"):
        from api.cli.improving import run_improve

        return run_improve(arguments, io)
    from api.cli.home import run_on_home

    return run_on_home(arguments, sys.argv[1:], io)


__all__ = ["main"]
