"""Addresses with numbers beyond measure, and the API's way to the signed bytes."""

from collections.abc import Callable

import pytest

from api.app import create_app
from api.armour import SIGNED_POLICY
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


@pytest.mark.parametrize("number", ["0", "-1", "1000001", "9" * 30])
@pytest.mark.parametrize("ending", ["", ".png"])
def test_a_page_number_that_cannot_be_is_refused(
    world: World, browse: Browse, number: str, ending: str
) -> None:
    answer = browse("writer").get(f"/sources/{world.ids['source']}/pages/{number}{ending}")
    assert answer.status_code == 422


@pytest.mark.parametrize("address", ["/api/audit/entries", "/audit"])
@pytest.mark.parametrize(("before", "status"), [("9" * 24, 422), ("-5", 422), (str(2**63 - 1), 200)])
def test_an_entrys_number_that_cannot_be_is_refused(
    browse: Browse, address: str, before: str, status: int
) -> None:
    assert browse("auditor").get(f"{address}?before={before}").status_code == status


@pytest.mark.parametrize("rendition", ["html", "text", "pdf"])
def test_the_api_serves_the_signed_bytes_under_their_own_policy(
    world: World, browse: Browse, rendition: str
) -> None:
    answer = browse("rep").get(f"/api/publications/{world.ids['publication']}/{rendition}")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == SIGNED_POLICY


def test_the_signed_bytes_are_described(world: World) -> None:
    described = create_app(world.app).openapi()["paths"]["/api/publications/{publication}/{rendition}"]
    content = described["get"]["responses"]["200"]["content"]
    assert set(content) == {"text/html", "text/plain", "application/pdf"}
    assert all(one["schema"]["type"] == "string" for one in content.values())
