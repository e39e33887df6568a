import pytest

from prompts.contracts import CONTRACTS
from prompts.library import phrasebook

KINDS = ("key-moments", "quiz", "email", "brief", "chat", "documents")


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_have_the_same_phrases(kind: str) -> None:
    english, french = (set(phrasebook(f"{kind}.{language}").phrases()) for language in ("en", "fr"))
    assert english == french


def test_a_phrase_takes_its_values() -> None:
    assert phrasebook("email.en").phrase("subject", product="Velmora") == "Velmora: approved information"


def test_french_keeps_a_no_break_space_before_the_colon() -> None:
    assert "Velmora\u00a0:" in phrasebook("email.fr").phrase("subject", product="Velmora")


def test_a_missing_value_is_never_guessed() -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        phrasebook("email.en").phrase("subject")


def test_an_unknown_phrase_is_an_error() -> None:
    with pytest.raises(KeyError):
        phrasebook("email.en").phrase("salutation")


def test_a_template_is_known_by_name_version_and_digest() -> None:
    provenance = phrasebook("quiz.fr").provenance()
    assert provenance["name"] == "quiz.fr"
    assert provenance["version"]
    assert len(provenance["sha256"]) == 64


def test_each_kind_of_piece_has_a_contract_that_forbids_anything_else() -> None:
    assert set(CONTRACTS) == {"key-moments", "quiz", "email", "brief"}
    for contract in CONTRACTS.values():
        assert contract.model_json_schema()["additionalProperties"] is False
