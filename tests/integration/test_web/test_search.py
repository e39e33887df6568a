"""The search's address, for the API and the page: both ask through the one rule."""

from collections.abc import Callable

import pytest

from tests.integration.test_web.conftest import Browser


@pytest.mark.parametrize("address", ["/api/search?q=dose", "/search?words=dose"])
@pytest.mark.parametrize("wrong", ["use=secret&market=EU", "use=internal&market=XX"])
def test_an_unknown_use_or_market_is_refused(
    browse: Callable[[str], Browser], address: str, wrong: str
) -> None:
    answer = browse("hcp").get(f"{address}&product=Velmora&{wrong}")
    assert answer.status_code == 422
