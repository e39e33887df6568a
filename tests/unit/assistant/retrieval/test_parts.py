"""Each part of the search can be switched off by its name."""

import pytest

from assistant.errors import InvalidInput
from assistant.retrieval.parts import RetrievalSettings


def test_parts_are_switched_off_by_name() -> None:
    parts = RetrievalSettings.all_without({"expansion", "abbreviations"})
    assert (parts.expansion, parts.abbreviations, parts.words) == (False, False, True)
    assert RetrievalSettings.all_without(()) == RetrievalSettings()


def test_a_name_that_is_no_parts_is_refused_with_the_names() -> None:
    with pytest.raises(InvalidInput, match="stemming") as refusal:
        RetrievalSettings.all_without({"stemming"})
    assert "abbreviations" in str(refusal.value.help)
