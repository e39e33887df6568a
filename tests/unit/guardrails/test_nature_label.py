"""The words by which a French piece is known as advertising (FR36)."""

import re

import pytest

from guardrails.checks.nature import calls_itself
from guardrails.lexicon import find
from guardrails.packs import pack_of


def _label() -> re.Pattern[str]:
    rule = next(r for r in pack_of("FR").rules if r.id == "FR36")
    return re.compile(rule.params["label"], re.IGNORECASE)


@pytest.mark.parametrize("text", ["Document publicitaire", "Document à caractère promotionnel", "Publicité"])
def test_advertising_is_known(text: str) -> None:
    assert _label().search(text)


@pytest.mark.parametrize(
    "text", ["Document non promotionnel", "Document non publicitaire", "Pas à caractère promotionnel"]
)
def test_what_denies_it_is_not(text: str) -> None:
    assert not _label().search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Document publicitaire",
        "Document à caractère publicitaire",
        "Communication à caractère promotionnel",
        "Publicité",
        "Annonce publicitaire",
        "Message publicitaire",
        "Encart publicitaire",
        "Brochure publicitaire",
        "Information à visée promotionnelle",
        "Document à visée promotionnelle",
        "Document à but promotionnel",
        "Matériel promotionnel",
        "Supports publicitaires",
        "Documents promotionnels",
        "Courriel promotionnel",
        "E-mail promotionnel",
        "Information publicitaire sur Velmora",
        "Documentation promotionnelle",
        "Document de nature promotionnelle",
        "Advertisement",
        "Promotional material",
        "Ce document est promotionnel",
        "Ce document est de la publicité",
        "Ce document constitue une publicité",
        "Document strictement promotionnel",
        "Document d'information promotionnelle",
        "Ne pas jeter sur la voie publique. Publicité",
        "Document non contractuel – Publicité",
        "Publicité, ne pas diffuser",
        "Non destiné au public – document promotionnel",
        "Document promotionnel non destiné au public",
        "Ce document n'est pas seulement scientifique : message publicitaire",
        "Dépliant publicitaire",
        "Matériel publicitaire",
        "À vocation promotionnelle",
        "Annonces publicitaires",
        "This is promotional",
        "This e-mail is advertising",
        "Advertising",
        "Promotional e-mail",
        "Advertising material",
        "Not for patients. Promotional material",
        "Not for the public: advertisement",
        "Promotional document, not for patients",
        "This leaflet is promotional",
        "Encart à visée publicitaire",
    ],
)
def test_a_label_stands_whatever_is_denied_elsewhere(text: str) -> None:
    assert calls_itself(_label(), text)


@pytest.mark.parametrize(
    "text",
    [
        "Document non promotionnel",
        "Document non publicitaire",
        "Pas à caractère promotionnel",
        "Document sans caractère promotionnel",
        "Document dépourvu de caractère promotionnel",
        "Document n'ayant pas de caractère promotionnel",
        "Document sans aucun caractère publicitaire",
        "Document qui n'est pas à caractère promotionnel",
        "Document ne revêtant aucun caractère promotionnel",
        "Ce n'est pas un document publicitaire",
        "Ceci n'est pas un document promotionnel",
        "Ceci n'est pas un support publicitaire",
        "Ceci n'est pas une information promotionnelle",
        "Ce document n'est ni publicitaire ni à caractère promotionnel",
        "Document jamais à caractère promotionnel",
        "Document aucunement à caractère promotionnel",
        "Document non à caractère promotionnel",
        "Il ne s'agit pas d'un document publicitaire",
        "Il ne s'agit pas d'une communication promotionnelle",
        "Ce document ne contient aucune publicité",
        "sans publicité",
        "aucune publicité",
        "Ne constitue pas une publicité",
        "Il ne s'agit pas d'une publicité",
        "ne doit pas être utilisé à caractère promotionnel",
        "n'est en aucun cas à caractère promotionnel",
        "n'est pas un document à caractère promotionnel",
        "n'est pas une communication à caractère promotionnel",
        "This is not advertising",
        "This is not a promotional message",
        "This is in no way promotional material: not advertising",
        "This document is not an advertisement",
        "Not advertising material",
        "Never an advertisement",
        "Without any promotional content",
        "This isn't promotional material",
        "Neither advertisement nor promotion",
        "No promotional content",
        "Non-promotional material",
        "This page is not promotional",
        "Cette page n’est pas à visée promotionnelle",
        "Sans visée promotionnelle",
        "Sans but publicitaire",
        "Aucun message publicitaire",
        "Ce courriel ne constitue en aucun cas un message publicitaire",
        "Sans publicité ni annonce publicitaire",
        "Publicité grand public",
        "Message important",
        "Annonce de la direction",
        "Matériel et méthodes",
    ],
)
def test_a_denial_before_it_is_no_label(text: str) -> None:
    assert not calls_itself(_label(), text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Ceci n'est pas un document publicitaire"),
        ("fr", "Ce document n'est en aucun cas à caractère promotionnel"),
        ("fr", "Ceci n'est pas un support publicitaire"),
        ("fr", "Il ne s'agit pas d'une communication promotionnelle"),
        ("fr", "Ce document ne contient aucune publicité"),
        ("fr", "Ce message ne constitue pas un message publicitaire"),
        ("fr", "Cette page n'a aucun caractère promotionnel"),
        ("fr", "Ce n'est ni une annonce publicitaire ni un avis"),
        ("en", "This is not advertising"),
        ("en", "This is not promotional"),
        ("en", "This document is not an advertisement"),
        ("en", "This page is in no way promotional"),
        ("en", "It is never advertising"),
    ],
)
def test_promotion_that_denies_itself_is_heard(language: str, text: str) -> None:
    assert list(find(text, language, ("DISGUISE",)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Document promotionnel"),
        ("fr", "Publicité"),
        ("fr", "Ce document n'est pas seulement promotionnel"),
        ("fr", "Le traitement n'est pas remboursé. Publicité"),
        ("en", "This is advertising"),
        ("en", "This is not only promotional"),
        ("en", "It is not indicated. Promotional material"),
    ],
)
def test_promotion_that_says_so_is_not(language: str, text: str) -> None:
    assert not list(find(text, language, ("DISGUISE",)))


@pytest.mark.parametrize(
    "text",
    [
        "Ne pas remettre au patient ce document promotionnel",
        "Ne pas diffuser cette publicité au public",
        "Il n'est pas permis de reproduire la présente publicité",
        "Cette publicité est interdite au grand public",
        "Publicité – reproduction interdite",
        "Hors AMM : voir RCP – document promotionnel",
        "Document promotionnel, conforme à la charte",
        "Selon la loi, ceci est une publicité",
        "Aucun risque nouveau. Document promotionnel",
        "Do not leave this promotional leaflet with patients",
        "Gluten free, promotional material",
    ],
)
def test_what_is_pointed_at_is_called_so_whatever_is_denied_of_it(text: str) -> None:
    assert calls_itself(_label(), text)


@pytest.mark.parametrize(
    "text",
    [
        "Ce contenu est exempt de toute publicité",
        "Hors publicité",
        "Contenu éditorial, libre de publicité",
        "Loin d'être une publicité, ce texte informe",
        "La publicité est strictement interdite ici",
        "Toute publicité étant exclue",
        "Loi sur la publicité des médicaments",
        "Article L.5122-1 relatif à la publicité",
        "Aucun lien, cadeau ni, plus généralement, message promotionnel",
        "Aucune intention publicitaire, message promotionnel ou autre",
        "Far from being an advertisement, this is science",
        "Free from promotional content",
        "Rules on promotional material",
        "Advertisement is forbidden here",
        "Without gift, promotional message or other incentive",
    ],
)
def test_what_is_free_of_it_and_rules_on_it_are_no_label(text: str) -> None:
    assert not calls_itself(_label(), text)
