"""Commands that need no user: serve, doctor, demo, eval."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from api.cli.forward import forward
from api.cli.home import owned, storage_refusal
from api.cli.io import Io, is_unread, refuse
from assistant.errors import Busy, InvalidInput
from assistant.settings import settings_from_environment
from ingestion.errors import AncrageError


def run_standalone(arguments: Namespace, io: Io) -> int:
    """Run one of them; returns the exit code."""
    runs = {"serve": _serve, "doctor": _doctor, "demo": _demo, "eval": _eval}
    try:
        return runs[arguments.command](arguments, io)
    except AncrageError as error:
        return refuse(error, io, as_json=arguments.json)
    except OSError as error:
        if isinstance(error, BrokenPipeError) and is_unread(io.out):
            raise
        return refuse(storage_refusal(error), io, as_json=arguments.json)


def _serve(arguments: Namespace, io: Io) -> int:
    from api.cli.serve import serve

    settings = settings_from_environment()
    with owned(settings, io) as mine:
        if not mine:
            raise Busy(
                f"A server is already running on {settings.home}.",
                help="Use that one, or stop it first, or set another ANCRAGE_HOME.",
            )
        return serve(settings, arguments.host, arguments.port, arguments.role, io)


def _doctor(arguments: Namespace, io: Io) -> int:
    settings = settings_from_environment()
    with owned(settings, io) as mine:
        if not mine:  # the server owns the home, and its settings are those that count
            return forward(settings.home, arguments, _doctor_words(arguments), io)
        from api.cli.examining import show_doctor
        from assistant.bootstrap import open_app

        app = open_app(settings)
        try:
            return show_doctor(app, arguments, io)
        finally:
            app.close()


def _doctor_words(arguments: Namespace) -> list[str]:
    """The command as it is typed."""
    given = {"--json": arguments.json, "--ask-model": arguments.ask_model}
    return ["doctor", *(word for word, is_given in given.items() if is_given)]


def _demo(arguments: Namespace, io: Io) -> int:
    from api.cli.demo import demo

    return demo(io, serve_after=not arguments.no_serve, port=arguments.port)


def _eval(arguments: Namespace, io: Io) -> int:
    data = io.path(arguments.data)
    if not data.is_dir():
        raise InvalidInput(
            f"There is no folder {data}.", help="--data names the folder with the public evaluation sets."
        )
    from eval.running import run_all, run_suite
    from eval.suites import ALL

    out = io.path(arguments.out)
    if arguments.suite == ALL:
        return _eval_all(run_all(data, out, say=io.say), arguments, io)
    report = run_suite(arguments.suite, data, out, say=io.say)
    if arguments.json:
        io.json(report)
    else:
        for row in (
            row for row in report["results"] if "x" not in row
        ):  # the points of curves are in the files
            bounds = f"[{row['low']:.3f}, {row['high']:.3f}]" if row.get("low") is not None else ""
            io.out.write(
                f"{row['dataset']:24} {row['split']:8} {row['system']:20} {row['metric']:18} {row['value']:10.3f} {bounds} n={row['n']}\n"
            )
        io.out.write(f"Written to {Path(arguments.out) / (arguments.suite + '.json')}\n")
    from eval.gates import gates

    return int(arguments.strict and not all(gate.holds for gate in gates(report)))


def _eval_all(whole: dict[str, Any], arguments: Namespace, io: Io) -> int:
    """Show which bounds hold; a suite that failed ends with 1."""
    if arguments.json:
        io.json(whole)
    else:
        for entry in whole["suites"]:
            for gate in entry["gates"]:
                row, bound = (
                    gate["row"],
                    f">= {gate['least']}" if gate["least"] is not None else f"<= {gate['most']}",
                )
                outcome = (
                    "holds" if gate["holds"] else "DOES NOT HOLD" if gate["measured"] else "NOT MEASURED"
                )
                value = f"{row['value']:10.3f}" if gate["measured"] else f"{'–':>10}"
                io.out.write(
                    f"{entry['suite']:12} {row['dataset']:24} {row['metric']:36} {value} {bound:10} {outcome}\n"
                )
            if entry["error"]:
                io.out.write(f"{entry['suite']:12} failed: {entry['error']}\n")
        io.out.write(f"Written to {Path(arguments.out) / 'index.html'}\n")
    failed = any(entry["error"] for entry in whole["suites"])
    missed = any(not gate["holds"] for entry in whole["suites"] for gate in entry["gates"])
    return int(failed or (arguments.strict and missed))
