"""`ancrage serve`: the pages and the API on one address, the jobs behind them, and the socket for other commands."""

import asyncio
import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace

from api.cli.forward import CommandServer
from api.cli.improving import BackgroundImprover
from api.cli.io import Io
from assistant.bootstrap import App, open_app
from assistant.errors import Busy, InvalidInput
from assistant.settings import PUBLIC_URL, Settings

_log = logging.getLogger(__name__)
_HOUR = 3600.0
_HALF_A_MINUTE = 30.0
_FIRST_PAGES = 1.0
"""Seconds that the first pages have for themselves before models are loaded beside them."""
_LAST_MODEL = 10.0
"""Seconds that a model which is just being loaded has to come to its end when the server stops."""


def reached_at(settings: Settings, port: int) -> Settings:
    """The settings with the port that is served in the pages' address, where none was set: saved copies and mail lead there."""
    if settings.public_url != PUBLIC_URL:
        return settings
    return replace(settings, public_url=f"http://127.0.0.1:{port}")


def serve(settings: Settings, host: str, port: int, role: str, io: Io) -> int:
    """Serve until interrupted. The caller holds the home's lock. Raises Busy where the port is taken, InvalidInput for no address."""
    if threading.current_thread() is threading.main_thread():
        # As Ctrl-C: by itself it ends the process before anything is closed.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    app = open_app(reached_at(settings, port))
    improver = BackgroundImprover(settings)
    app.on_indexed = improver
    address = f"http://{host}:{port}"
    commands = CommandServer(settings.home, lambda argv, ends: _run(app, argv, ends))
    stopping = threading.Event()
    warming = threading.Thread(target=_warm, args=(app, stopping), name="warming", daemon=True)
    try:
        if role != "web":
            # What a killed process left behind is finished beside the pages, which are ready at once.
            threading.Thread(target=_catch_up, args=(app, stopping), name="recovery", daemon=True).start()
            threading.Thread(
                target=_tell, args=(app, improver, stopping), name="notices", daemon=True
            ).start()
            app.on_indexed()
        commands.start(address)
        if role == "worker":
            io.say(f"Working on {settings.home}; stop with Ctrl-C.")
            threading.Event().wait()
        else:
            _serve_pages(app, host, port, io, warming.start)
    except KeyboardInterrupt:
        io.say("Stopped.")
    finally:
        stopping.set()
        commands.stop()
        if warming.is_alive():
            warming.join(_LAST_MODEL)
        app.close()
    return 0


def _catch_up(app: App, stopping: threading.Event) -> None:
    """Finish what a killed process left behind, then, every hour, let visas that silence has made carry what they can, mark what has
    expired and remind of what will.
    """
    from assistant.publishing.hourly import do_hourly

    _try("Taking up what a killed process left behind", app.take_up, "the next start takes it up")
    while True:
        do_hourly(app.db)
        _try("Improving the search", app.on_indexed)  # another process that did may have been killed
        if stopping.wait(_HOUR):
            return


def _warm(app: App, stopping: threading.Event) -> None:
    """Load what the first question would wait for, once the first pages are up."""
    if not stopping.wait(_FIRST_PAGES):
        _try(
            "Loading what answers questions",
            lambda: app.warm_answers(stopping.is_set),
            "the first question loads it",
        )


def _tell(app: App, improver: BackgroundImprover, stopping: threading.Event) -> None:
    """Say what is overdue and send what people are to be told, every half minute; keep the improving of search alive."""
    while not stopping.wait(_HALF_A_MINUTE):
        _try("Improving the search", improver.look_after)
        _try("Telling people", app.tell_people)


def _try(what: str, work: Callable[[], object], then: str = "it is tried again") -> None:
    """Whatever goes wrong once, the thread goes on: nobody would start it again. `then` says what becomes of the work."""
    try:
        work()
    except Exception:  # noqa: BLE001  the thread goes on, whatever went wrong once
        _log.exception("%s did not work; %s", what, then)


def _serve_pages(app: App, host: str, port: int, io: Io, once_ready: Callable[[], None]) -> None:
    import uvicorn

    from api.app import create_app
    from ingestion.render import warm_up

    config = uvicorn.Config(create_app(app), host=host, port=port, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    # Bound here, so that a port in use is a refusal with a reason and not a stack trace.
    with _bound(host, port) as listening:
        # Bound is not yet listening: who comes before the pages are up waits, instead of being refused.
        listening.listen(config.backlog)
        app.pool.run(warm_up, "the first picture").add_done_callback(_say_if_cold)
        io.say(f"Ancrage is ready on http://{host}:{port} (stop with Ctrl-C).")
        once_ready()
        asyncio.run(server.serve(sockets=[listening]))


def _bound(host: str, port: int) -> socket.socket:
    """A socket at the address, not yet listening. Raises Busy where the port is taken, InvalidInput where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise Busy(
                f"Port {port} on {host} is taken.", help="Stop what uses it, or choose another with --port."
            ) from error
        if error.errno == errno.EACCES:
            raise InvalidInput(
                f"Port {port} is reserved for the system's own services.",
                help="Choose one above 1023 with --port, and let a proxy answer on the usual ones.",
            ) from error
        raise InvalidInput(
            f"{host} is no address of this machine ({error.strerror}).",
            help="--host takes 127.0.0.1 (this machine alone), 0.0.0.0 (every network) or one of its addresses.",
        ) from error
    return bound


def _say_if_cold(warmed: Future[None]) -> None:
    """Nobody waits for it; that the readers cannot start is better known before the first file."""
    failure = warmed.exception()
    if failure is not None:
        _log.error("The process that draws pages could not be made ready", exc_info=failure)


def _run(app: App, argv: Sequence[str], ends: Io) -> int:
    from api.cli.commands import execute
    from api.cli.examining import show_doctor
    from api.cli.parser import parse

    arguments = parse(argv)
    if arguments.command == "doctor":  # needs no user
        return show_doctor(app, arguments, ends)
    return execute(app, arguments, ends)
