"""`ancrage doctor`, in the process that owns the home: a command's own, or the server."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io
from api.refusal import error_json
from assistant.bootstrap import App
from ingestion.errors import AncrageError


def show_doctor(app: App, arguments: Namespace, io: Io) -> int:
    """Say what is set up and what is missing, and ask the model only where that was typed.

    Returns 1 where the model was asked and no draft could be made with it.
    """
    asked = _ask(app, io) if arguments.ask_model else None
    report = app.doctor()  # after it, so that its tokens are counted
    if asked is not None:
        report["model_asked"] = asked
    if arguments.json:
        io.json({"doctor": report})
    else:
        for name, value in report.items():
            io.out.write("".join(f"{line}\n" for line in _lines(name, value)))
    return 0 if asked is None or asked["ok"] else 1


def _ask(app: App, io: Io) -> dict[str, Any]:
    """The answer, or the refusal that a draft would end with."""
    io.say("Asking the model one small question …")
    try:
        answer = app.ask_model()
    except AncrageError as error:
        return {"ok": False, **error_json(error)}
    return {"ok": True, "ms": answer.milliseconds, "usage": dict(answer.usage)}


def _lines(name: str, value: object) -> list[str]:
    """A line a value; each piece of advice has its own."""
    if name == "model_asked" and isinstance(value, dict):
        value = _asked_in_words(value)
    if name == "better_search" and isinstance(value, dict):
        value = _better_in_words(value)
    values = value if isinstance(value, list) else [value]
    return [f"{name if at == 0 else '':20} {one}" for at, one in enumerate(values)]


def _better_in_words(better: dict[str, Any]) -> list[str]:
    """Each model that improves the search, and how far it is; the advice says how to have one."""
    models = [better, *([better["english"]] if better["english"] else [])]
    return [
        f"{one['model']}: {one['texts'] - one['missing']} of {one['texts']} texts read"
        for one in models
        if one["model"]
    ] or ["no better model is set up"]


def _asked_in_words(asked: dict[str, Any]) -> list[str]:
    if not asked["ok"]:
        error = asked["error"]
        return [f"No usable answer: {error['message']}", *([error["help"]] if error["help"] else [])]
    usage = asked["usage"]
    took = f"{usage['input_tokens'] + usage['output_tokens']} tokens"
    cost = f", cost {usage['cost']}" if "cost" in usage else ""
    return [
        f"It answers as it must for a draft, in {asked['ms'] / 1000:.1f} s ({took}{cost}).",
        *(f"It calls itself {model}." for model in usage.get("models", ())),
    ]
