"""What the quote only forbids, or advises against, is not allowed by it."""

import pytest

from guardrails.model import Language
from guardrails.relations.bans import allowed_though_forbidden
from guardrails.relations.model import sentences

LIVER = "Xyz is contraindicated in patients with moderate or severe hepatic impairment (Child-Pugh B or C)."
MILK = "Xyz est contre-indiqué pendant la grossesse et l’allaitement."
KETO = "Concomitant use of Xyz with ketoconazole is not recommended."


def heard(text: str, language: Language, quote: str) -> list[str]:
    found = allowed_though_forbidden(sentences(text, language), sentences(quote, language))
    return [contradiction.variant for contradiction in found]


@pytest.mark.parametrize(
    ("text", "language", "quote"),
    [
        ("Xyz may be used in moderate hepatic impairment.", "en", LIVER),
        ("Ketoconazole may be used concomitantly.", "en", KETO),
        ("Ketoconazole can safely be given with Xyz.", "en", KETO),
        ("Pregnant women can take Xyz.", "en", "Xyz should not be used during pregnancy."),
        ("Grapefruit juice is allowed.", "en", "Grapefruit juice should be avoided during treatment with Xyz."),
        ("Xyz est compatible avec l’allaitement.", "fr", MILK),
        ("Xyz peut être utilisé pendant l’allaitement.", "fr", MILK),
        ("L’association à la clarithromycine est possible.", "fr", "L’association à la clarithromycine est contre-indiquée."),
        ("Xyz peut être prescrit chez l’enfant.", "fr", "L’utilisation de Xyz n’est pas recommandée chez l’enfant."),
        ("Xyz est autorisé chez la femme enceinte.", "fr", "L’utilisation de Xyz est déconseillée chez la femme enceinte."),
    ],
)  # fmt: skip
def test_a_permission_of_what_is_forbidden_is_heard(text: str, language: Language, quote: str) -> None:
    assert heard(text, language, quote) == ["permits"]


@pytest.mark.parametrize(
    ("text", "language", "quote"),
    [
        ("Xyz must not be used in moderate hepatic impairment.", "en", LIVER),
        ("Xyz may be used in mild hepatic impairment.", "en", LIVER),
        ("Xyz is not compatible with breast-feeding.", "en", "Xyz is contraindicated in breast-feeding."),
        ("Xyz can only be used in pregnancy if needed.", "en", "Xyz should not be used during pregnancy unless needed."),
        ("Xyz may be used in pregnancy.", "en", "Xyz should not be used during pregnancy unless clearly necessary."),
        ("Another azole may be used.", "en", KETO),
        ("Xyz may be taken with aspirin.", "en", KETO),
        ("Xyz may be used in moderate hepatic impairment.", "en", f"{LIVER} Xyz may be used in mild hepatic impairment."),
        ("Xyz may be used at 5 mg in hepatic impairment.", "en", LIVER),
        ("Xyz ne peut pas être utilisé pendant l’allaitement.", "fr", MILK),
        ("Xyz peut être utilisé avec prudence pendant l’allaitement.", "fr", MILK),
        ("La contraception est possible.", "fr", MILK),
        ("Potassium may be given.", "en", "Potassium rises with Xyz."),
    ],
)  # fmt: skip
def test_another_matter_a_condition_and_what_is_forbidden_as_well_are_left_to_the_reviewer(
    text: str, language: Language, quote: str
) -> None:
    assert heard(text, language, quote) == []
