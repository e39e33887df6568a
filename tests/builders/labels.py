"""Small labels of a fictitious medicine, as readings and as evidence."""

import hashlib
from collections.abc import Mapping, Sequence

from guardrails.model import Evidence, EvidenceSentence, Locator
from ingestion.model import Page, PageSpan, PassagePart, Reading, Region, Sentence

ENGLISH: Mapping[str, Sequence[str]] = {
    "4.1 Therapeutic indications": [
        "Velmora is indicated in adults for the treatment of chronic heart failure."
    ],
    "4.2 Posology and method of administration": [
        "The recommended starting dose of Velmora is 10 mg once daily.",
        "After 4 weeks, the dose should be increased to 20 mg once daily if serum potassium is 5.0 mmol/L or less.",
        "No dose adjustment is required in elderly patients.",
    ],
    "4.3 Contraindications": [
        "Hypersensitivity to the active substance.",
        "Severe hepatic impairment (Child-Pugh C).",
    ],
    "4.4 Special warnings and precautions for use": [
        "Serum potassium must be monitored at week 1, at week 4 and then every 3 months.",
        "However, this is rarely needed.",
    ],
    "4.8 Undesirable effects": [
        "The most common adverse reactions were hyperkalaemia (11.8%), hypotension (8.4%) and dizziness (6.8%).",
        "Hyperkalaemia was reported in 11.8% of patients with cardorelone and in 6.1% with placebo.",
    ],
    "5.1 Pharmacodynamic properties": [
        "Over 26.4 months, a primary endpoint event occurred in 23.4% with cardorelone and 29.5% with placebo (hazard ratio 0.77).",
    ],
    "6.1 List of excipients": ["The tablet core contains lactose monohydrate and magnesium stearate."],
}
FRENCH: Mapping[str, Sequence[str]] = {
    "4.1 Indications thérapeutiques": [
        "Velmora est indiqué chez l’adulte dans l’insuffisance cardiaque chronique."
    ],
    "4.2 Posologie et mode d’administration": [
        "La dose initiale recommandée de Velmora est de 10 mg une fois par jour.",
        "Aucune adaptation de la dose n’est nécessaire chez les sujets âgés.",
    ],
    "4.3 Contre-indications": ["Hypersensibilité à la substance active.", "Insuffisance hépatique sévère."],
    "4.8 Effets indésirables": [
        "Les effets indésirables les plus fréquents ont été l’hyperkaliémie (11,8 %) et l’hypotension (8,4 %).",
    ],
    "5.1 Propriétés pharmacodynamiques": [
        "Un événement du critère principal est survenu chez 23,4 % des patients sous cardorélone et 29,5 % sous placebo.",
    ],
}


def label_reading(sections: Mapping[str, Sequence[str]] = ENGLISH, language: str = "en") -> Reading:
    """A Reading with one page a section, one sentence a line."""
    sentences: list[Sentence] = []
    pages: list[Page] = []
    for number, (section, lines) in enumerate(sections.items(), 1):
        text, regions = "", []
        for line in lines:
            span = PageSpan(number, len(text), len(text) + len(line))
            sentences.append(Sentence(len(sentences), line, "sentence", "body", (span,), (section,)))
            regions.append(Region("body", span.start, span.end))
            text += line + "\n"
        pages.append(Page(number, text, tuple(regions), (), 595.0, 842.0))
    sha256 = hashlib.sha256(repr(sections).encode()).hexdigest()
    return Reading(sha256, "test", "pdf", tuple(pages), tuple(sentences), "Velmora label", language)  # type: ignore[arg-type]


def label_evidence(sections: Mapping[str, Sequence[str]] = ENGLISH, **changes: object) -> list[Evidence]:
    """One Evidence a section."""
    return [
        evidence_of_lines(lines, section=(section,), passage=f"p{number}", page=number, **changes)
        for number, (section, lines) in enumerate(sections.items(), 1)
    ]


def evidence_of_lines(
    lines: Sequence[str | tuple[str, str]],
    *,
    section: tuple[str, ...] = (),
    passage: str = "p1",
    page: int = 1,
    slide: bool = False,
    source: str = "source_1",
    source_kind: str = "label",
    language: str = "en",
) -> Evidence:
    """A passage of sentences; a pair gives a line its kind: ("Text", "bullet")."""
    text, units = "", []
    for line in lines:
        words, kind = (line, "sentence") if isinstance(line, str) else line
        text += ("\n" if kind in {"bullet", "row"} else " ") if text else ""
        units.append(EvidenceSentence(words, kind, len(text), len(text) + len(words)))
        text += words
    name = section[-1] if section else ""
    return Evidence(
        passage=passage,
        source=source,
        reading="reading_1",
        title="Velmora label",
        source_kind=source_kind,
        language=language,  # type: ignore[arg-type]
        text=text,
        heading=name,
        section=section,
        layer="body",
        parts=(PassagePart(0, PageSpan(page, 0, len(text))),),
        locator=Locator(slide=page, section=name) if slide else Locator(page=page, section=name),
        sentences=tuple(units),
    )
