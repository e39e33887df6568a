"""A chart of figures as CSV, and working days between two days."""

import csv
import io
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.web.bars import chart
from assistant.figures.table import figures_csv
from assistant.review.working_days import is_working_day, working_days_between, working_days_later

NONE = {
    "cycle": [],
    "findings": [],
    "overrides": [],
    "overdue": [],
    "recalls": [],
    "rounds": {"until_approved": [], "first_decided": 0, "first_passed": 0, "first_pass_rate": None},
}


def test_every_value_and_every_reason_has_its_line_and_none_is_a_formula() -> None:
    overrides = [{"rule": "=FR8", "count": 2, "reasons": ["Seen, on the page", " =1+1"]}]
    rows = list(csv.reader(io.StringIO(figures_csv({**NONE, "overrides": overrides}))))
    assert rows[0] == ["figure", "of", "measure", "value"]
    assert ["overrides", "'=FR8", "count", "2"] in rows
    assert ["overrides", "'=FR8", "reason", "Seen, on the page"] in rows
    assert ["overrides", "'=FR8", "reason", "' =1+1"] in rows


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
MARKETS = st.sampled_from(["FR", "UK", "US", "EU"])


@given(DAYS, st.integers(0, 60), MARKETS)
def test_working_days_are_those_that_were_added(day: date, count: int, market: str) -> None:
    assert working_days_between(day, working_days_later(day, count, market), market) == count


@given(DAYS, st.integers(0, 400), MARKETS)
def test_working_days_add_up_over_any_day_between(start: date, days: int, market: str) -> None:
    end = start + timedelta(days=days)
    next_day = end + timedelta(days=1)
    more = working_days_between(start, next_day, market) - working_days_between(start, end, market)
    assert more == is_working_day(next_day, market)


def test_bars_are_as_long_as_their_values_and_never_too_many() -> None:
    drawn = chart([("a", 10, "10"), ("b", 5, "5"), ("c", None, "")])
    assert drawn is not None
    assert [bar.label for bar in drawn.bars] == ["a", "b"]
    assert drawn.bars[1].width * 2 == drawn.bars[0].width
    many = chart([(str(n), n, "") for n in range(1, 100)])
    assert many is not None
    assert len(many.bars) == 12
    assert chart([("a", 0, "0")]) is None
