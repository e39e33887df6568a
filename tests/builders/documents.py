"""Documents of the four kinds, with every kind of segment, for tests of what readers see."""

from datetime import UTC, datetime

from assistant.review.layout import Layout, lay_out
from assistant.review.model import Piece, Revision
from guardrails.model import Citation, Document, Language, Locator, PieceKind, QuoteSpan, Segment
from ingestion.text import quote_sha256


def citation(quote: str, *, source: str = "source_1", page: int = 4, language: Language = "en") -> Citation:
    """A citation whose offsets do not matter."""
    return Citation(
        passage="p1",
        source=source,
        reading="reading_1",
        title="Velmora label",
        quote=quote,
        quote_sha256=quote_sha256(quote),
        quote_language=language,
        spans=(QuoteSpan(page, 0, len(quote), quote),),
        locator=Locator(page=page, section="4.2 Posology"),
    )


def statement(at: int, text: str, language: Language = "en", role: str = "dose") -> Segment:
    """A verbatim statement."""
    return Segment(
        f"s{at}",
        "statement",
        role,
        text,
        language,
        citations=(citation(text, language=language),),
        wording="verbatim",
    )


def structure(at: int, role: str, text: str, language: Language = "en", group: str = "") -> Segment:
    """A text without facts."""
    return Segment(f"t{at}", "structure", role, text, language, group=group)


def email() -> Document:
    """A French e-mail with its tokens and mentions."""
    return Document(
        "email",
        "fr",
        "Velmora : e-mail de suivi",
        (
            structure(1, "subject", "Velmora : informations approuvées", "fr"),
            structure(2, "preheader", "Extraits des documents approuvés", "fr"),
            structure(3, "nature", "Publicité – destinée aux professionnels de santé", "fr"),
            structure(4, "greeting", "Bonjour", "fr"),
            Segment("k1", "token", "greeting", "{{recipient_name}}", "fr"),
            structure(5, "context", "À la suite de notre échange, voici ce que disent les documents.", "fr"),
            structure(6, "section", "Messages clés", "fr"),
            statement(1, "La dose initiale recommandée est de 10 mg une fois par jour.", "fr"),
            statement(2, "La kaliémie doit être ≤ 5,0 mmol/L et l’α-fœtoprotéine < 10⁹ U.", "fr"),
            structure(7, "call_to_action", "Consulter l’information complète", "fr"),
            Segment(
                "f1", "fragment", "mention", "▼ Surveillance supplémentaire.", "fr", fragment="mention:m@1"
            ),
            structure(8, "unsubscribe", "Pour ne plus recevoir ces e-mails\u202f:", "fr"),
            Segment("k2", "token", "unsubscribe", "{{unsubscribe_product_link}}", "fr"),
        ),
    )


def quiz() -> Document:
    """One question with four options."""
    feedback = statement(1, "The recommended starting dose is 10 mg once daily.")
    group = "q1"
    options = ("5 mg", "10 mg", "20 mg", "40 mg")
    return Document(
        "quiz",
        "en",
        "Velmora: quiz",
        (
            structure(1, "title", "Velmora: quiz"),
            Segment(
                "q1", "question", "question", "What is the starting dose?", "en", group, feedback.citations
            ),
            *(
                Segment(f"o{at}", "option", "key" if text == "10 mg" else "distractor", text, "en", group)
                for at, text in enumerate(options, 1)
            ),
            Segment(
                "s1",
                "statement",
                "feedback",
                feedback.text,
                "en",
                group,
                feedback.citations,
                wording="verbatim",
            ),
        ),
    )


def key_moments() -> Document:
    """Statements under themes; the second quotes the same sentence as the first, the third another source's."""
    return Document(
        "key-moments",
        "en",
        "Velmora: key points",
        (
            structure(1, "title", "Velmora: key points"),
            structure(2, "theme", "Dose"),
            statement(1, "The recommended starting dose is 10 mg once daily."),
            Segment(
                "s2",
                "statement",
                "dose",
                "Start with 10 mg once daily.",
                "en",
                citations=(citation("The recommended starting dose is 10 mg once daily."),),
                wording="reworded",
            ),
            structure(3, "theme", "Safety"),
            Segment(
                "s3",
                "statement",
                "safety",
                "Hyperkalaemia was seen in 11.8% <b>of patients</b>.",
                "en",
                citations=(
                    citation("Hyperkalaemia was seen in 11.8% <b>of patients</b>.", source="source_2"),
                ),
                wording="verbatim",
            ),
        ),
    )


def brief() -> Document:
    """Sections, a question to expect, what not to say, a list of documents."""
    return Document(
        "brief",
        "en",
        "Velmora: visit brief",
        (
            structure(1, "title", "Velmora: visit brief"),
            structure(2, "nature", "Internal document"),
            structure(3, "section", "Questions to expect"),
            structure(4, "expected_question", "“Does the dose have to be adapted?”"),
            statement(1, "The recommended starting dose is 10 mg once daily."),
            structure(5, "avoid_heading", "What must not be said"),
            structure(6, "avoid", "Nothing outside the indication."),
            structure(7, "avoid", "No comparison."),
        ),
    )


def piece_of(kind: PieceKind, language: Language = "en") -> Piece:
    """A piece in the market EU, approved."""
    at = datetime(2026, 6, 15, 10, tzinfo=UTC)
    return Piece(
        "piece_1", "product_1", kind, "EU", language, "hcp", "page", "internal", "Title", "approved", "extractive",
        "user_writer", "revision_1", at, at,
    )  # fmt: skip


def layout(document: Document) -> Layout:
    """The document laid out for its readers."""
    piece = piece_of(document.kind, document.language)
    revision = Revision("revision_1", piece.id, 1, document, "0" * 64, {}, "user_writer", piece.created_at)
    references = {"source_1": "Aubrac L. Velmora: summary of product characteristics. 2026."}
    return lay_out(piece, revision, "Velmora", references, "Ada Writer", '{"engine": "extractive"}')
