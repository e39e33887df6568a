"""The page of figures: charts with their tables, filters that stay, and the same as CSV."""

from collections.abc import Callable

from tests.integration.test_web.conftest import Browser, World


def test_the_page_shows_what_the_file_says(world: World, browse: Callable[[str], Browser]) -> None:
    del world
    auditor = browse("auditor")
    shown = auditor.get("/figures").text
    assert "Cycle time by stage" in shown
    assert "Approved in their first round: 1 of 1 pieces." in shown
    lines = auditor.get("/figures.csv").text.splitlines()
    assert "rounds,first,first_passed,1" in lines
    assert "rounds,first,first_passed,0" in auditor.get("/figures.csv?until=2001-01-01").text.splitlines()


def test_a_filter_that_cannot_be_is_refused_beside_all_figures(browse: Callable[[str], Browser]) -> None:
    refused = browse("auditor").get("/figures?since=yesterday")
    assert refused.status_code == 422
    assert "yesterday is not a date." in refused.text
    assert "Cycle time by stage" in refused.text
