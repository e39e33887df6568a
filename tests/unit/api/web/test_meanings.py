"""What the review screen proposes as a signature's meaning is what the product knows to tell in the other language."""

import pytest

from api.web.language import catalogue
from api.web.rendering import environment
from api.web.words import word
from assistant.review.meanings import SIGNERS, meaning_in


@pytest.mark.parametrize("role", SIGNERS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_proposed_meaning_is_told_in_both_languages(role: str, language: str) -> None:
    proposed = {
        spoken: catalogue(spoken).gettext("%(role)s: approval") % {"role": word("role", role, spoken)}
        for spoken in ("en", "fr")
    }
    assert meaning_in(" ".join(proposed["en"].split()), language) == proposed[language]
    assert meaning_in(" ".join(proposed["fr"].split()), language) in {
        proposed[language],
        " ".join(proposed[language].split()),
    }


@pytest.mark.parametrize(("language", "told"), [("en", "approval"), ("fr", "approbation")])
def test_a_page_tells_the_meaning_in_its_language(language: str, told: str) -> None:
    assert environment(language).from_string("{{ 'approval' | meaning }}").render() == told
