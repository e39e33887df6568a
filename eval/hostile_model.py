"""A model that lies, behind the API that models have: `python -m eval.hostile_model --port 8400 --seed 1`.

It reads the evidence of each request and answers with true statements and lies about them, now and then with a fault
instead of an answer. GET /told says what it lied about. It listens on this machine alone.
"""

import argparse
import threading

from eval.hostile.faults import FAULTS
from eval.hostile.server import EVERY_LIE, Script, running


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m eval.hostile_model", description=__doc__)
    parser.add_argument("--port", type=int, default=8400)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--sins",
        default="all",
        help=f"comma-separated; lies: {', '.join(EVERY_LIE)}; faults: {', '.join(FAULTS)}; or all, none, lies, faults",
    )
    parser.add_argument("--share", type=float, default=0.5, help="of the statements that are lies")
    parser.add_argument("--fault-share", type=float, default=0.15, help="of the requests that meet a fault")
    given = parser.parse_args()
    named = {
        "all": (*EVERY_LIE, *FAULTS),
        "lies": EVERY_LIE,
        "faults": tuple(FAULTS),
        "none": (),
    }.get(given.sins) or tuple(name for name in given.sins.split(",") if name and given.sins != "none")
    unknown = [name for name in named if name not in EVERY_LIE and name not in FAULTS]
    if unknown:
        parser.error(f"no such sin: {', '.join(unknown)}")
    script = Script(
        sins=tuple(name for name in named if name in EVERY_LIE),
        faults=tuple(name for name in named if name in FAULTS),
        seed=given.seed,
        share=given.share,
        fault_share=given.fault_share,
    )
    with running(script, given.port) as (_, address):
        print(f"ANCRAGE_OPENAI_BASE_URL={address} ANCRAGE_OPENAI_MODEL=liar", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
