import pytest

from api.web.language import catalogue, chosen_language


@pytest.mark.parametrize(
    ("preferred", "header", "expected"),
    [
        ("fr", "en", "fr"),
        (None, "fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        (None, "de-DE,en;q=0.3,fr;q=0.7", "fr"),
        (None, "de, es;q=0.5", "en"),
        (None, "fr;q=0", "en"),
        (None, "fr;q=high, en;q=0.1", "en"),
        (None, "", "en"),
        ("xx", "fr", "fr"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_browsers_first_that_we_have(
    preferred: str | None, header: str, expected: str
) -> None:
    assert chosen_language(preferred, header) == expected


def test_english_is_what_the_messages_say() -> None:
    assert catalogue("en").gettext("Sources") == "Sources"
    assert catalogue("en").ngettext("%(n)s day", "%(n)s days", 2) == "%(n)s days"


def test_french_counts_zero_as_one() -> None:
    assert catalogue("fr").ngettext("%(n)s day", "%(n)s days", 0) == "%(n)s jour"
