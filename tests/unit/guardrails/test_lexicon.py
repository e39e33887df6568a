"""The rows of the rule catalogue's lexicon, their counter-examples, and what real documents taught."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.lexicon import find
from guardrails.tables import table


def hits(name: str, text: str, language: str) -> list[str]:
    return [hit.text for hit in find(text, language, (name,))]


FORBIDDEN = [
    ("RANK", "fr", ["Le n°1 des traitements", "C’est le meilleur traitement", "leader de sa classe", "le premier médicament", "Numéro un en cardiologie", "inégalé"]),
    ("RANK", "en", ["The number one choice", "best-in-class", "the first and only treatment", "the best treatment", "market leader", "unmatched"]),
    ("EXCESS", "fr", ["une tolérance parfaite", "une excellente sécurité d’emploi", "efficacité optimale", "un outil optimal", "révolutionnaire"]),
    ("EXCESS", "en", ["outstanding efficacy", "a breakthrough", "game-changer", "excellent tolerability", "highly effective"]),
    ("SAFE", "fr", ["efficace et sûr", "sans effet secondaire", "sans aucun risque", "en toute sécurité", "Aucun effet indésirable"]),
    ("SAFE", "en", ["safe and effective", "no side effects", "risk-free", "Velmora is safe", "without any adverse reactions"]),
    ("REF", "fr", ["le médicament de référence", "la référence en asthme", "un gold standard"]),
    ("REF", "en", ["the gold standard", "gold-standard therapy"]),
    ("NEW", "fr", ["un nouveau médicament", "innovant", "une nouveauté", "Nouvelle option thérapeutique"]),
    ("NEW", "en", ["a new treatment", "novel", "innovative", "the latest therapy"]),
    ("COMP", "fr", ["plus efficace.", "Il est mieux toléré", "une meilleure tolérance"]),
    ("COMP", "en", ["better tolerability", "superior outcomes", "more effective.", "fewer side effects"]),
    ("GUARANTEE", "fr", ["100 % efficace", "garantit le résultat", "il guérit", "toujours efficace"]),
    ("GUARANTEE", "en", ["guarantees success", "cures heart failure", "always works", "100% effective"]),
    ("INT", "fr", ["une étude en cours", "des résultats intermédiaires", "un poster", "données non publiées"]),
    ("INT", "en", ["an interim analysis", "an ongoing trial", "data on file", "preliminary results"]),
    ("TREND", "fr", ["une tendance à la significativité", "proche de la significativité", "presque significatif"]),
    ("TREND", "en", ["a trend towards significance", "approached statistical significance", "borderline significant"]),
    ("GIFT", "fr", ["un cadeau", "un bon d’achat", "un tirage au sort", "un séjour à gagner", "un repas offert"]),
    ("GIFT", "en", ["a prize draw", "a gift card", "you can win", "a free dinner"]),
    ("SUBJECT", "fr", ["Urgent : à lire", "Dernière chance", "RE: notre échange"]),
    ("SUBJECT", "en", ["Act now", "last chance", "FW: results", "Only 3 days left", "Really!!"]),
    ("ATTR", "fr", ["Toutes les réponses ci-dessus", "A et C", "Aucune de ces réponses"]),
    ("ATTR", "en", ["All of the above", "both A and B", "None of these"]),
]  # fmt: skip

ALLOWED = [
    ("RANK", "fr", ["première intention", "meilleure réponse", "voir le tableau n° 1", "la visite n°1", "n°12"]),
    ("RANK", "en", ["first-line", "best supportive care", "leading cause of death", "best overall response", "Table No. 1"]),
    ("EXCESS", "fr", ["dose optimale", "à titre exceptionnel", "posologie idéale"]),
    ("EXCESS", "en", ["breakthrough bleeding", "breakthrough pain", "outstanding issues", "extraordinary circumstances"]),
    ("SAFE", "fr", ["bien sûr", "éliminer l’aiguille en toute sécurité", "Aucun effet indésirable grave n’a été rapporté", "sans facteur de risque"]),
    ("SAFE", "en", ["safety profile", "safe disposal", "safe handling of needles", "it is not known whether it is safe", "no adverse events were reported", "has not been shown to be safe and effective"]),
    ("REF", "fr", ["Références :", "valeur de référence", "bioéquivalent au médicament de référence"]),
    ("REF", "en", ["reference range", "the gold standard test"]),
    ("NEW", "fr", ["le nouveau-né", "de nouveau", "à nouveau", "de nouvelles lésions", "initiation d’un nouveau traitement"]),
    ("NEW", "en", ["New England", "New York Heart Association", "newborn", "new-onset diabetes", "time to first use of new antineoplastic therapy", "new bone lesions"]),
    ("COMP", "fr", ["supérieur à Y", "membre supérieur", "plus efficace que le placebo", "mieux toléré que Y", "limite supérieure"]),
    ("COMP", "en", ["better than placebo", "more effective than placebo", "compared with placebo, better control", "upper limit"]),
    ("GUARANTEE", "fr", ["guérison clinique à J14", "l’effet ne peut être garanti"]),
    ("GUARANTEE", "en", ["clinical cure at day 14", "efficacy cannot be guaranteed", "cured patients"]),
    ("INT", "fr", ["dosage intermédiaire", "traitement en cours"]),
    ("INT", "en", ["intermediate strength", "ongoing treatment", "No interim analyses were performed"]),
    ("TREND", "fr", ["tendance séculaire"]),
    ("TREND", "en", ["time trends", "statistically significant"]),
    ("GIFT", "fr", ["gain de poids", "répartis par tirage au sort"]),
    ("GIFT", "en", ["weight gain", "the window"]),
    ("SUBJECT", "fr", ["Réunion du 12 mars", "Velmora : informations approuvées"]),
    ("SUBJECT", "en", ["Meeting of 12 March", "Regarding your question"]),
    ("ATTR", "fr", ["vitamine A", "hépatites A et B"]),
    ("ATTR", "en", ["vitamin A", "hepatitis A and B", "a and b"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "language", "text"), [(name, lang, text) for name, lang, texts in FORBIDDEN for text in texts]
)
def test_a_forbidden_use_is_found(name: str, language: str, text: str) -> None:
    assert hits(name, text, language)


@pytest.mark.parametrize(
    ("name", "language", "text"), [(name, lang, text) for name, lang, texts in ALLOWED for text in texts]
)
def test_a_harmless_use_is_left_alone(name: str, language: str, text: str) -> None:
    assert hits(name, text, language) == []


def test_offsets_are_those_of_the_text_as_written() -> None:
    text = "Une tolérance\u00a0parfaite, l’outil optimal"
    assert [text[hit.start : hit.end] for hit in find(text, "fr", ("EXCESS",))] == [
        "tolérance\u00a0parfaite",
        "outil optimal",
    ]


def test_an_exception_cancels_only_what_it_overlaps() -> None:
    text = "Breakthrough bleeding was rare; it is a breakthrough."
    (hit,) = find(text, "en", ("EXCESS",))
    assert hit.start > text.index(";")


@pytest.mark.parametrize("name", sorted(table("lexicon.yaml")))
def test_every_list_speaks_both_languages(name: str) -> None:
    assert set(table("lexicon.yaml")[name]) == {"fr", "en"}


@given(st.text(max_size=120), st.sampled_from(sorted(table("lexicon.yaml"))), st.sampled_from(["fr", "en"]))
def test_hits_lie_within_any_text(text: str, name: str, language: str) -> None:
    assert all(text[hit.start : hit.end] == hit.text for hit in find(text, language, (name,)))
