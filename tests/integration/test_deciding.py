"""A small measurement of many who decide at once, against a served home on SQLite: the account is kept to the last decision."""

from collections import Counter

import pytest

from assistant.bootstrap import App, open_app
from assistant.settings import Settings, sqlite_url
from assistant.store.schema import decision, piece, task
from eval.deciding.furnish import furnish
from eval.deciding.holding import hold_against
from eval.deciding.people import Accepted, Account, work
from eval.served import served

MUST_BE_NONE = ("lost", "doubled", "unclaimed_for", "unsigned", "unaudited", "astray", "trail_breaks")


@pytest.mark.enable_socket
def test_ten_seconds_of_many_reviewers_lose_nothing_and_double_nothing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = tmp_path_factory.mktemp("deciding")
    settings = Settings(home=home, database_url=sqlite_url(home), egress=False, workers=1)
    app = open_app(settings)
    stage = furnish(app, reviewers=8, pieces=16)
    app.close()
    with served(settings) as address:
        account = work(address, stage, seconds=10)
    app = open_app(settings)
    held = hold_against(app, account)
    assert held.decisions >= 4
    assert {name: getattr(held, name) for name in MUST_BE_NONE} == dict.fromkeys(MUST_BE_NONE, 0)
    assert (account.faults, account.unanswered) == (0, 0), Counter(account.statuses)
    _the_account_notices_what_is_wrong(app, account)
    app.close()


def _the_account_notices_what_is_wrong(app: App, account: Account) -> None:
    """The same comparison, once somebody has tampered: each count that must be 0 is one that can be another."""
    first = account.accepted[0]
    account.accepted.append(first)
    assert hold_against(app, account).doubled == 1
    account.accepted[-1:] = [Accepted("task_0", first.by, "approved")]
    assert hold_against(app, account).lost == 1
    account.accepted.pop()
    account.accepted.remove(first)
    assert hold_against(app, account).unclaimed_for == 1
    with app.db.engine.begin() as connection:
        connection.execute(decision.update().values(outcome="approved"))
        connection.execute(task.update().values(status="open"))
        connection.execute(piece.update().values(status="draft"))
    wrong = hold_against(app, account)
    assert wrong.astray == len(_pieces(app))


def _pieces(app: App) -> list[str]:
    with app.db.read() as connection:
        return list(connection.scalars(piece.select().with_only_columns(piece.c.id)))
