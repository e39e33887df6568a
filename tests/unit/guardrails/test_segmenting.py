from guardrails.segmenting import segments_from_text

FRENCH = """Objet : Velmora, ce qu'il faut savoir

# Velmora et insuffisance cardiaque

Cher confrère,

Velmora est indiqué chez l'adulte. Il réduit la mortalité de 23 %.
- Posologie : 10 mg une fois par jour
- Bien toléré
Nous vous proposons un échange.
Pour en savoir plus, consultez le RCP.
Liste I. Remboursé Séc. Soc. à 65 %, agréé collectivités.
Cordialement,
{{unsubscribe_product_link}}
"""
ENGLISH = """Dear Dr Smith,

Velmora reduced the risk of cardiovascular death or first hospitalisation for heart failure by 23% compared with
placebo (HR 0.77; 95% CI 0.66 to 0.90). It is the best treatment.

Did you know? Read more on our site.
"""


def kinds(text: str, language: str) -> list[tuple[str, str, str]]:
    return [(s.kind, s.role, s.text) for s in segments_from_text(text, language)]  # type: ignore[arg-type]


def test_a_french_e_mail_is_told_apart() -> None:
    assert kinds(FRENCH, "fr") == [
        ("structure", "subject", "Velmora, ce qu'il faut savoir"),
        ("structure", "title", "Velmora et insuffisance cardiaque"),
        ("structure", "greeting", "Cher confrère,"),
        ("statement", "context", "Velmora est indiqué chez l'adulte."),
        ("statement", "context", "Il réduit la mortalité de 23 %."),
        ("statement", "context", "Posologie : 10 mg une fois par jour"),
        ("statement", "context", "Bien toléré"),
        ("structure", "greeting", "Nous vous proposons un échange."),
        ("structure", "call_to_action", "Pour en savoir plus, consultez le RCP."),
        ("structure", "mention", "Liste I. Remboursé Séc. Soc. à 65 %, agréé collectivités."),
        ("structure", "greeting", "Cordialement,"),
        ("token", "unsubscribe", "{{unsubscribe_product_link}}"),
    ]


def test_lines_of_a_paragraph_are_joined_before_sentences_are_split() -> None:
    found = kinds(ENGLISH, "en")
    assert found[1][2].endswith("compared with placebo (HR 0.77; 95% CI 0.66 to 0.90).")
    assert [kind for kind, _, _ in found] == ["structure", "statement", "statement", "structure", "structure"]


def test_a_sentence_that_nothing_tells_apart_must_cite() -> None:
    assert kinds("The committee met and agreed on the plan.", "en")[0][0] == "statement"


def test_ids_follow_the_order_and_nothing_is_cited_yet() -> None:
    found = segments_from_text(ENGLISH, "en")
    assert [s.id for s in found] == ["s1", "s2", "s3", "s4", "s5"]
    assert all(s.citations == () for s in found)


def test_an_empty_text_has_no_segments() -> None:
    assert segments_from_text(" \n\n ", "fr") == ()
