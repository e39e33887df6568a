"""Fifty reviewers decide at once for two minutes against a served home: nothing lost, nothing twice, nothing broken.

Some decide without claiming, some send a decision twice at the same moment, writers send back what returns to them.
ANCRAGE_DECIDING_SECONDS, ANCRAGE_DECIDING_REVIEWERS and ANCRAGE_DECIDING_PIECES change how long, how many and on how
many pieces. The database is SQLite, or a new one on the PostgreSQL server that ANCRAGE_EVAL_POSTGRES_URL names. The folder of the
data is not read.
"""

import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.bootstrap import App, open_app
from assistant.settings import Settings
from eval.deciding.furnish import furnish
from eval.deciding.holding import hold_against
from eval.deciding.people import Account, work
from eval.metrics import percentile
from eval.served import served
from eval.suites import Row, figure
from eval.suites.house import empty_database


def run(data: Path, say: Callable[[str], None]) -> list[Row]:
    """Measure with the settings of the environment."""
    del data
    return measure(
        os.environ.get("ANCRAGE_EVAL_POSTGRES_URL", ""),
        say,
        seconds=float(os.environ.get("ANCRAGE_DECIDING_SECONDS", "120")),
        reviewers=int(os.environ.get("ANCRAGE_DECIDING_REVIEWERS", "50")),
        pieces=int(os.environ.get("ANCRAGE_DECIDING_PIECES", "400")),
    )


def measure(
    url: str, say: Callable[[str], None], *, seconds: float, reviewers: int, pieces: int
) -> list[Row]:
    """Rows of one measurement; `url` is that of PostgreSQL, or empty."""
    with (
        TemporaryDirectory(prefix="ancrage-deciding-") as folder,
        empty_database(Path(folder), url) as database_url,
    ):
        settings = Settings(home=Path(folder), database_url=database_url, egress=False, workers=1)
        app = open_app(settings)
        try:
            stage = furnish(app, reviewers, pieces)
        finally:
            app.close()
        say(f"{pieces} pieces are in review; {reviewers} reviewers decide for {seconds:.0f} s.")
        with served(settings) as address:
            account = work(address, stage, seconds)
        app = open_app(settings)
        try:
            rows = _rows("postgresql" if url else "sqlite", app, account, seconds)
        finally:
            app.close()
    for code, count in account.refusals.most_common():
        say(f"refused {count} times: {code}")
    for row in rows:
        say(f"{row['system']}: {row['metric']}: {row['value']:g}")
    return rows


def _rows(system: str, app: App, account: Account, seconds: float) -> list[Row]:
    held = asdict(hold_against(app, account))
    figures = {
        **{name.replace("_", " "): float(value) for name, value in held.items()},
        "answers of 500 and above": float(account.faults),
        "unanswered": float(account.unanswered),
        "submissions": float(account.submissions),
        "decisions a second": held["decisions"] / seconds,
    }
    if account.milliseconds:
        figures |= {
            "decision median ms": percentile(account.milliseconds, 0.5),
            "decision p95 ms": percentile(account.milliseconds, 0.95),
        }
    asked = sum(account.statuses.values()) + account.unanswered
    return [
        figure("deciding", metric, value, asked if "answer" in metric else held["decisions"], system=system)
        for metric, value in figures.items()
    ]
