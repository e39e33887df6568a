import pytest

from api.web.refusals import in_language, translated
from api.web.words import WORDS
from assistant.errors import Blocked, InvalidInput, NoEvidence, NotAllowed
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


def test_each_item_of_a_list_is_said_in_french() -> None:
    told = NoEvidence(
        "No source of Velmora may be used in the market FR for health professionals, as promotional content: "
        "Label 1: it is not approved for the market FR (only EU); Paper: it has no approval yet.",
        help="Approve a source for this market, audience and use, or name another one.",
    )
    said = in_language(told, "fr")
    assert said.message == (
        "Aucune source de Velmora n’est utilisable sur le marché France pour les professionnels de santé, "
        "comme contenu promotionnel\u00a0: Label 1\u00a0: elle n’est pas approuvée pour le marché France "
        "(seulement Union européenne)\u00a0; Paper\u00a0: elle n’a pas encore d’approbation."
    )
    assert not said.foreign


@pytest.mark.parametrize(
    ("advice", "shown"),
    [
        ("`ancrage review list` shows the pieces.", ""),
        ("There are others. See them with `ancrage source list`.", "There are others."),
        (
            "What is asked goes by market; `ancrage release show` lists it.",
            "What is asked goes by market.",
        ),
        (
            "Nothing was changed. Run `ancrage audit verify`.",
            "Nothing was changed. Run `ancrage audit verify`.",
        ),
        ("Use version 1.2 of the file.", "Use version 1.2 of the file."),
    ],
)
def test_a_page_sends_nobody_to_a_command_that_only_lists(advice: str, shown: str) -> None:
    assert in_language(InvalidInput("Not so.", help=advice), "en").help == shown


@pytest.mark.parametrize(
    ("language", "said", "message"),
    [
        ("en", "1 finding stops the submission.", "1 finding stops the submission."),
        ("fr", "1 finding stops the submission.", "1 constat arrête la soumission."),
        ("en", "4 findings stop the submission.", "4 findings stop the submission."),
        ("fr", "4 findings stop the submission.", "4 constats arrêtent la soumission."),
    ],
)
def test_a_finding_that_is_listed_is_not_told_in_the_sentence_too(
    language: str, said: str, message: str
) -> None:
    found = Finding(
        "GR3", "block", "s1", {"en": "A number.", "fr": "Un nombre."}, {}, "draft", overridable=False
    )
    refused = Blocked(f"{said} GR3: A number.", findings=(found,))
    assert in_language(refused, language).message == message


@pytest.mark.parametrize(("language", "reason"), [("en", "Not there: 20 mg."), ("fr", "Absent : 20 mg.")])
def test_what_a_refused_draft_proposed_is_told_in_the_readers_language(language: str, reason: str) -> None:
    proposed = {
        "text": "Take 20 mg.",
        "rule": "GR3",
        "code": "number_missing",
        "messages": {"en": "Not there: 20 mg.", "fr": "Absent : 20 mg."},
    }
    said = in_language(NoEvidence("Nothing stands.", help="", rejected=[proposed]), language)
    assert [(one["text"], one["reason"]) for one in said.rejected] == [("Take 20 mg.", reason)]


NO_SOURCE = (
    "No source of Velmora may be used in the market FR for health professionals, as promotional content: "
    "Label 1: it is not approved for the market FR (only EU, UK)."
)
PIECE, TASK = "piece_00ff00ff00ff00ff", "task_00ff00ff00ff00ff"


@pytest.mark.parametrize(
    ("raised", "english", "french"),
    [
        (
            NO_SOURCE,
            (
                "No source of Velmora may be used in the market France for health professionals, as promotional content: "
                "Label 1: it is not approved for the market France (only European Union, United Kingdom)."
            ),
            (
                "Aucune source de Velmora n’est utilisable sur le marché France pour les professionnels de santé, comme "
                "contenu promotionnel\u00a0: Label 1\u00a0: elle n’est pas approuvée pour le marché France "
                "(seulement Union européenne, Royaume-Uni)."
            ),
        ),
        (
            f"The piece {PIECE} has no statement s2.",
            "The piece as it is now has no such statement: it may have been edited or removed meanwhile.",
            "Le contenu, tel qu’il est maintenant, n’a pas cet énoncé\u00a0: il a pu être modifié ou retiré entre-temps.",
        ),
        (f"There is no piece {PIECE}.", "There is no such piece.", "Ce contenu n’existe pas."),
        (
            f"The piece {PIECE} has no text yet.",
            "The piece has no text yet.",
            "Le contenu n’a pas encore de texte.",
        ),
        (
            f"The task {TASK} is for the role medical, which Ada does not have.",
            "The task is for another role (Medical reviewer), which Ada does not have.",
            "La tâche revient à un autre rôle (Relecteur médical), que Ada n’a pas.",
        ),
        (
            f"The piece {PIECE} cites a source that may not be used: Label 1 (source_00ff00ff00ff00ff) is withdrawn.",
            "The piece cites a source that may not be used: Label 1 is withdrawn.",
            "Le contenu cite une source qui ne peut pas être utilisée\u00a0: Label 1 (retirée).",
        ),
        (
            "The piece cannot be approved yet: open mandatory comments: 1; statements that await a medical attestation: s1, s4.",
            (
                "The piece cannot be approved yet: open mandatory comments: 1; "
                "statements, marked “To be judged”, await a medical attestation."
            ),
            (
                "Le contenu ne peut pas encore être approuvé\u00a0: commentaires obligatoires ouverts\u00a0: 1\u00a0; "
                "des énoncés, marqués «\u00a0À juger\u00a0», attendent une attestation médicale."
            ),
        ),
        (
            f"It was recalled: The source Label 1 ({PIECE}) was withdrawn: A new risk.",
            "It was recalled: The source Label 1 was withdrawn: A new risk.",
            "Il a été retiré\u00a0: la source Label 1 a été retirée\u00a0: A new risk.",
        ),
        (
            "The product sheet's cis cannot be: a CIS code has eight digits.",
            "The field “CIS code” of the product sheet cannot be: a CIS code has eight digits.",
            "Le champ «\u00a0Code CIS\u00a0» de la fiche du produit ne convient pas\u00a0: un code CIS compte huit chiffres.",
        ),
        (
            "talk.pdf is damaged: Failed to load document (PDFium: Data format error).",
            "talk.pdf is damaged: what it holds is no readable PDF.",
            "talk.pdf est endommagé\u00a0: ce qu’il contient n’est pas un PDF lisible.",
        ),
    ],
)
def test_a_page_tells_neither_ids_nor_codes(raised: str, english: str, french: str | None) -> None:
    assert in_language(InvalidInput(raised), "en").message == english
    said = in_language(InvalidInput(raised), "fr")
    assert french is None or said.message == french
    assert "_00ff" not in said.message


def test_a_market_without_a_name_of_ours_stays_as_it_is() -> None:
    text, _ = translated("Nothing is deposited in windows in the market CH.", "en")
    assert text == "Nothing is deposited in windows in the market CH."


def test_a_reason_that_several_sources_share_is_told_once_and_how_many_more_it_stops() -> None:
    told = NoEvidence(
        "No source of Velmora may be used in the market UK for health professionals, as promotional content: "
        "Label 1: it has no approval yet; 3 more for the same reason."
    )
    said = in_language(told, "fr")
    assert said.message.endswith(
        "Label 1\u00a0: elle n’a pas encore d’approbation\u00a0; et 3 de plus pour la même raison."
    )
    assert not said.foreign
