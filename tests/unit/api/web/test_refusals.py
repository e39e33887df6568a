import pytest

from api.web.refusals import in_language, translated
from api.web.words import WORDS
from assistant.errors import Blocked, InvalidInput, NotAllowed
from assistant.people.roles import Actor, Permission, Role, require
from guardrails.model import Finding


def test_a_refusal_is_said_in_french_with_its_values() -> None:
    said = in_language(
        NotAllowed("Ada may not publish.", help="This takes one of the roles: regulatory."), "fr"
    )
    assert said.message == "Ada n’en a pas le droit (publish)."
    assert said.help == "Il faut l’un des rôles\u00a0: regulatory."
    assert not said.foreign


def test_a_value_that_is_a_word_of_ours_is_said_in_french_too() -> None:
    text, known = translated("Label 1 is withdrawn and cannot be approved.", "fr")
    assert known
    assert text == "Label 1 est retiré et ne peut pas être approuvé."


def test_a_sentence_without_french_stays_english_and_is_marked_so() -> None:
    said = in_language(InvalidInput("Nobody has ever raised this sentence.", help=""), "fr")
    assert said.message == "Nobody has ever raised this sentence."
    assert said.foreign


def test_english_readers_read_what_was_raised() -> None:
    said = in_language(InvalidInput("Anything at all.", help="Do it.", field="name"), "en")
    assert (said.message, said.help, said.foreign, said.field) == (
        "Anything at all.",
        "Do it.",
        False,
        "name",
    )


def test_findings_are_listed_in_the_readers_language() -> None:
    found = Finding(
        "GR3", "block", "s1", {"en": "A number.", "fr": "Un nombre."}, {}, "draft", overridable=False
    )
    said = in_language(Blocked("Stopped.", findings=(found,)), "fr")
    assert list(said.findings) == [("GR3", "Un nombre.")]


def test_text_of_a_value_is_never_taken_for_a_pattern() -> None:
    text, known = translated("There is no product named (.*) {0}.", "fr")
    assert known
    assert text == "Il n’y a pas de produit nommé (.*) {0}."


@pytest.mark.parametrize(
    ("language", "message", "advice"),
    [
        (
            "en",
            "The writer may not read and verify the audit trail.",
            "This takes one of the roles: Administrator, Auditor.",
        ),
        (
            "fr",
            "The writer n’en a pas le droit (lire et vérifier la piste d’audit).",
            "Il faut l’un des rôles\u00a0: Administrateur, Auditeur.",
        ),
    ],
)
def test_what_somebody_may_not_do_and_who_may_are_named_and_not_coded(
    language: str, message: str, advice: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        require(Actor("user_w", "The writer", frozenset({Role.WRITER})), Permission.VERIFY_AUDIT)
    said = in_language(refused.value, language)
    assert (said.message, said.help, said.foreign) == (message, advice, False)


def test_every_permission_and_role_has_its_word() -> None:
    assert set(WORDS["permission"]) == {str(one) for one in Permission}
    assert set(WORDS["role"]) == {str(one) for one in Role}
