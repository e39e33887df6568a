"""True sentences that say something else out of their place: which sentences of a request these are, and a document that has some.

Written apart from the checks: the patterns here are the plainest, and none is shared with them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from docx import Document

from ingestion.sentences import Language, split

OUT_OF_PLACE = ("no_lead_in", "no_however", "anaphora")
_HOWEVER = re.compile(r"(?:However|But|Nevertheless|Toutefois|Cependant|Mais|Néanmoins)\b")
_IT = re.compile(
    r"(?:It|They|Elle|Elles|Ils|Celle-ci|Celui-ci)\b(?! is (?:not )?(?:known|recommended|important))"
)
_SHORTEST, _LONGEST = 30, 320
REPORT = {
    "en": (
        ("Precautions for use", "Do not use Velmora in the following situations:", (
            "Patients with severe hepatic impairment who take 5 mg daily.",
            "Use of Velmora together with potassium supplements in adults.",
        )),
        ("Results on mortality", ("All-cause mortality was 10% with Velmora and 15% with placebo at 12 months. However, this difference was not statistically "
         "significant after adjustment. Aspirin was given to 300 patients of the registry before. It reduced mortality by 3 percentage points."), ()),
        ("Results on dizziness", "Dizziness was reported in 7% of patients on Velmora and in 3% on placebo. However, the patients had been told of it.", ()),
    ),
    "fr": (
        ("Précautions d'emploi", "Velmora peut être pris avec tous les médicaments, sauf :", (
            "Les anticoagulants oraux et l'aspirine à faible dose.",
            "Les suppléments de potassium prescrits chez l'adulte.",
        )),
        ("Résultats de mortalité", ("La mortalité toutes causes était de 10 % sous Velmora et de 15 % sous placebo à 12 mois. Toutefois, cette différence n'était pas "
         "statistiquement significative après ajustement. L'aspirine avait été donnée à 300 patients du registre. Elle a réduit la mortalité de 3 points."), ()),
        ("Résultats sur les sensations vertigineuses", ("Des sensations vertigineuses ont été rapportées chez 7 % des patients sous Velmora et chez 3 % sous placebo. "
         "Cependant, les patients en avaient été prévenus."), ()),
    ),
}  # fmt: skip


def out_of_place(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Each sentence of a passage that leans on what stands beside it, with the sin of telling it alone."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    opened = False
    for line in lines:
        sentences = [line[start:end] for start, end in split(line, language)]
        if opened and len(sentences) == 1 and not line.endswith(":"):
            yield from _of_length("no_lead_in", line)
        opened = line.endswith(":") or (opened and len(sentences) == 1)
        for at, sentence in enumerate(sentences):
            following = sentences[at + 1] if at + 1 < len(sentences) else ""
            if _HOWEVER.match(following):
                yield from _of_length("no_however", sentence)
            elif _IT.match(sentence):
                yield from _of_length("anaphora", sentence)


def _of_length(sin: str, sentence: str) -> Iterator[tuple[str, str]]:
    if _SHORTEST <= len(sentence) <= _LONGEST:
        yield sin, sentence


def write_report(file: Path, language: Language) -> None:
    """A report of a trial with a list under its lead-in, results with a "however", and an "it"."""
    document = Document()
    document.add_heading({"en": "Report of the trial", "fr": "Rapport de l'essai"}[language], 1)
    for heading, text, items in REPORT[language]:
        document.add_heading(heading, 2)
        document.add_paragraph(text)
        for item in items:
            document.add_paragraph(item, style="List Bullet")
    document.save(str(file))
