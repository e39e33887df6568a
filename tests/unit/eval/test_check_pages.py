import pytest

from eval.check_pages import PAGES, examples, findings_of, index, page_of
from guardrails.checks import CHECKS


def test_every_check_has_its_examples_and_says_what_it_cannot_see() -> None:
    assert set(examples()) == set(CHECKS)
    assert all(len(entry["cannot"]) > 15 for entry in examples().values())


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_catches_its_examples_and_lets_the_others_stand(check: str) -> None:
    entry = examples()[check]
    assert entry["catches"]
    assert entry["lets_stand"]
    assert all(findings_of(check, example) for example in entry["catches"])
    assert not any(findings_of(check, example) for example in entry["lets_stand"])


@pytest.mark.parametrize("check", [check for check, entry in examples().items() if "misses" in entry])
def test_a_check_misses_what_its_page_says_that_it_misses(check: str) -> None:
    """One that is caught by now belongs among what the check catches."""
    assert not any(findings_of(check, example) for example in examples()[check]["misses"])


@pytest.mark.parametrize("check", ["quotes_agree", "quantities_stand", "wording_agrees", "surroundings_told"])
def test_each_check_of_grounding_shows_what_it_misses(check: str) -> None:
    assert examples()[check]["misses"]


@pytest.mark.parametrize("check", CHECKS)
def test_the_page_of_a_check_is_current(check: str) -> None:
    assert (PAGES / f"{check}.md").read_text("utf-8") == page_of(check), "run python -m eval.check_pages"


def test_the_index_of_the_checks_is_current() -> None:
    assert (PAGES / "README.md").read_text("utf-8") == index()
