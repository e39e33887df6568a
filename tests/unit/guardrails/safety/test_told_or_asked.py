import pytest

from guardrails.safety import intake
from tests.unit.guardrails.safety.told_or_asked import (
    COURTEOUS,
)


@pytest.mark.parametrize(("language", "turn", "reported"), COURTEOUS)
def test_a_courtesy_is_no_if(language: str, turn: str, reported: bool) -> None:
    assert (intake(turn, language) is not None) is reported
