"""What a translation exchanges, adds, leaves out or denies, and what it may say in its own words."""

import pytest

from guardrails.denied_across import denied_across
from guardrails.kinds_across import added_across, exchanged_across
from guardrails.model import Language, Segment
from guardrails.order_across import arms_turned, values_exchanged
from guardrails.translations import Translation, names_left_out, says_more, translation
from tests.builders.documents import citation


def told(text: str, quote: str, language: Language = "fr") -> Translation:
    """The text, of a quote in the other language."""
    other: Language = "en" if language == "fr" else "fr"
    segment = Segment("s1", "statement", "dose", text, language, citations=(citation(quote, language=other),))
    found = translation(segment)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "quote", "said", "quoted"),
    [
        ("Brelanex se donne par voie rectale.", "Brelanex is given by the oral route.", "rectale", "oral"),
        ("Nalorel doit être poursuivi si une toux apparaît.", "Nalorel should be stopped if a cough appears.", "poursuivi", "stopped"),
        ("Nalorel doit être réduit avant l’opération.", "Nalorel should be withheld before the operation.", "réduit", "withheld"),
        ("L’injection se fait dans la fesse.", "The injection is given in the thigh.", "fesse", "thigh"),
        ("Le taux de rémission était de 13 %.", "The relapse rate was 13%.", "rémission", "relapse"),
        ("La perfusion est rapide.", "The infusion is slow.", "rapide", "slow"),
        ("Tolmavir peut être surveillé chaque mois.", "Tolmavir must be monitored every month.", "peut", "must"),
        ("Tolmavir était non inférieur à nalorel.", "Tolmavir was superior to nalorel.", "non inférieur", "superior"),
        ("Une leucopénie puis une neutropénie et une thrombopénie ont été vues.", "Leucopenia, then neutropenia and neutropenia were seen.", "thrombopénie", "neutropenia"),
    ],
)  # fmt: skip
def test_another_of_its_kind_is_seen(text: str, quote: str, said: str, quoted: str) -> None:
    found = next(iter(exchanged_across(told(text, quote))))
    assert (found.said, found.quoted) == (said, quoted)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Brelanex se prend par la bouche.", "Brelanex is taken orally."),
        ("Nalorel doit être suspendu si une toux apparaît.", "Nalorel should be interrupted if a cough appears."),
        ("Nalorel ne doit être donné que sous surveillance.", "Nalorel may be given only under supervision."),
        ("Le traitement débute à faible dose puis la dose est majorée.", "Treatment starts at a low dose, which is then increased."),
        ("Nalorel est à donner lentement.", "Nalorel is to be given slowly."),
    ],
)  # fmt: skip
def test_the_same_in_other_words_is_let_stand(text: str, quote: str) -> None:
    assert not list(exchanged_across(told(text, quote)))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Il n’existe pas d’étude et brelanex est recommandé.", "There is no study and brelanex is not recommended."),
        ("La pharmacocinétique a été étudiée chez l’enfant.", "The pharmacokinetics have not been studied in children."),
        ("Les effets sur le foie semblent irréversibles.", "The effects on the liver appear reversible."),
        ("Ces patients ont été exclus de l’essai.", "These patients were included in the trial."),
    ],
)  # fmt: skip
def test_a_denial_dropped_or_put_in_is_seen(text: str, quote: str) -> None:
    assert list(denied_across(told(text, quote)))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Une modification de la dose n’est pas nécessaire.", "No dose change is needed."),
        ("Brelanex n’a réduit que la douleur.", "Brelanex reduced only the pain."),
        ("Aucun effet sur les chutes ou la douleur n’a été observé.", "No effect on falls or pain was observed."),
        ("On ignore si brelanex passe dans le lait.", "It is not known whether brelanex passes into milk."),
        ("Brelanex ne doit pas être donné sans eau.", "Brelanex should be given with water only."),
        ("Aucune hausse de la pression n’a été observée.", "No increase in blood pressure was observed."),
        ("Brelanex peut être administré à ceux qui ne répondent pas au repos.", "Those who fail to respond to rest may be given brelanex."),
        ("Un bolus ne dépassant pas 5 mg est recommandé.", "A bolus not exceeding 5 mg is recommended."),
        ("Brelanex est déconseillé en cas d’asthme.", "Brelanex is not recommended in asthma."),
    ],
)  # fmt: skip
def test_a_denial_in_other_words_is_let_stand(text: str, quote: str) -> None:
    assert not list(denied_across(told(text, quote)))


def test_a_condition_or_a_line_that_no_quote_names_is_seen() -> None:
    quote = "Brelanex reduced pain at week 12 in adults with gout."
    text = "Brelanex a réduit la douleur à la semaine 12 chez l’adulte atteint de goutte"
    assert not list(added_across(told(f"{text}.", quote)))
    assert list(added_across(told(f"{text}, avec des convulsions.", quote))) == ["convulsions"]
    assert list(added_across(told(f"{text} en première intention.", quote))) == ["première intention"]


@pytest.mark.parametrize(
    "quote",
    [
        "Une hépatopathie a été observée.",
        "L’hépatopathie était bénigne.",
        "Une atteinte (hépatopathie) survient.",
    ],
)
def test_a_condition_that_begins_like_a_word_of_the_quote_is_none_put_in(quote: str) -> None:
    assert not list(added_across(told("Hepatitis was seen.", quote, "en")))
    assert list(added_across(told("Asthma was seen.", quote, "en")))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("La réponse était de 16,5 % sous tolmavir contre 19,2 % sous nalorel.", "The response was 19.2% with tolmavir and 16.5% with nalorel."),
        ("La réponse était de 19,2 % sous nalorel contre 16,5 % sous tolmavir.", "The response was 19.2% with tolmavir and 16.5% with nalorel."),
        ("Sur 205 patients, 103 ont reçu tolmavir et 102 apixaban.", "Of 205 patients, 102 received tolmavir and 103 apixaban."),
        ("Une chute a été vue chez 12 % des femmes et 4 % des hommes.", "A fall was seen in 4% of women and 12% of men."),
    ],
)  # fmt: skip
def test_values_of_other_arms_are_seen(text: str, quote: str) -> None:
    assert list(values_exchanged(told(text, quote)))


def test_arms_and_values_may_change_places_together() -> None:
    quote = "The response was 19.2% with tolmavir and 16.5% with nalorel."
    assert not list(
        values_exchanged(told("La réponse : 16,5 % sous nalorel et 19,2 % sous tolmavir.", quote))
    )


def test_two_arms_compared_the_other_way_round_are_seen() -> None:
    quote = "Apixaban was superior to warfarin in preventing stroke in patients with atrial fibrillation."
    turned = (
        "La warfarine était supérieure à l’apixaban en prévention des AVC en cas de fibrillation atriale."
    )
    fronted = (
        "Comparé à la warfarine, l’apixaban était supérieur à celle-ci en prévention des AVC en cas de FA."
    )
    assert list(arms_turned(told(turned, quote)))
    assert not list(arms_turned(told(fronted, quote)))


@pytest.mark.parametrize(
    ("text", "quote", "names"),
    [
        ("Le score HAQ a baissé à la semaine 24.", "The DAS28 score fell at week 24.", ["DAS28"]),
        ("La ciclosporine a été arrêtée.", "Cyclosporine was stopped.", []),
        ("L’acide acétylsalicylique et les pénicillines ont été arrêtés.", "Acetylsalicylic acid and penicillins were stopped.", []),
        ("Le CYP3A4 métabolise la simvastatine.", "CYP 3A4 metabolises simvastatin.", []),
        ("Ce médicament a réduit la douleur.", "Ibuprofen reduced the pain.", []),
        ("Chez l’enfant, Ostivar est contre-indiqué.", "In children, the use of Nervalix is contraindicated.", ["Nervalix"]),
    ],
)  # fmt: skip
def test_a_name_that_the_translation_leaves_out_is_seen(text: str, quote: str, names: list[str]) -> None:
    translated = told(text, quote)
    assert translated.literal
    assert list(names_left_out(translated)) == names


def test_a_translation_much_longer_than_its_quote_says_more() -> None:
    quote = "Brelanex should not be used in patients with asthma."
    text = "Brelanex ne doit pas être utilisé chez les patients asthmatiques"
    assert not says_more(told(f"{text}.", quote))
    assert says_more(
        told(f"{text} et la fonction rénale doit être contrôlée tous les mois pendant le traitement.", quote)
    )
