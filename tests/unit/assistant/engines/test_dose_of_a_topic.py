"""A piece on those whom a label's posology has a heading for tells what stands below it, and whom the topic does not mean has none of it."""

import pytest

from assistant.engines.extractive import ExtractiveEngine
from assistant.engines.protocol import Task
from assistant.retrieval.shorthand import of_a_topic
from guardrails.model import Evidence, Language, PieceKind
from tests.builders.labels import evidence_of_lines

DOSE = "4.2 Posology and method of administration"
KIDNEYS = "No dose adjustment is necessary in mild or moderate renal dysfunction."
LIVER = "Half the dose is given in moderate hepatic insufficiency."
REINS = "Aucune adaptation n’est nécessaire en cas d’atteinte rénale légère."


def label(language: Language) -> list[Evidence]:
    if language == "fr":
        sections = [
            (("4.1 Indications thérapeutiques",), ["Nalorel est indiqué dans l’asthme de l’adulte."]),
            (("4.2 Posologie et mode d’administration",), ["La dose recommandée de Nalorel est de 10 mg une fois par jour."]),
            (("4.2 Posologie et mode d’administration", "Atteinte rénale"), [REINS]),
            (("4.3 Contre-indications",), ["Hypersensibilité à la substance active."]),
            (("5.2 Propriétés pharmacocinétiques", "Insuffisance rénale"), [f"L’exposition est plus élevée de {n} % en cas d’insuffisance rénale de stade {n}." for n in range(2, 6)]),
        ]  # fmt: skip
    else:
        sections = [
            (("4.1 Therapeutic indications",), ["Nalorel is indicated in adults for the treatment of asthma."]),
            ((DOSE,), ["The recommended starting dose of Nalorel is 10 mg once daily."]),
            ((DOSE, "Renal insufficiency"), [KIDNEYS]),
            ((DOSE, "Hepatic insufficiency"), [LIVER]),
            (("4.3 Contraindications",), ["Hypersensitivity to the active substance."]),
            (("5.2 Pharmacokinetic properties", "Renal impairment"), [f"Exposure was higher by {n}% in renal impairment of stage {n}." for n in range(2, 6)]),
        ]  # fmt: skip
    return [
        evidence_of_lines(lines, section=section, passage=f"p{n}", page=n, language=language)
        for n, (section, lines) in enumerate(sections, 1)
    ]


def told(kind: PieceKind, topic: str, language: Language = "en") -> set[str]:
    task = Task(kind, language, ("Nalorel",), topic, otherwise=of_a_topic(topic))
    return {s.text for s in ExtractiveEngine().propose(task, label(language)).statements}


@pytest.mark.parametrize("kind", ["email", "brief", "key-moments"])
@pytest.mark.parametrize("topic", ["renal impairment", "kidney disease", "renal failure"])
def test_the_dose_of_whom_the_topic_names_is_told(kind: PieceKind, topic: str) -> None:
    assert KIDNEYS in told(kind, topic)


@pytest.mark.parametrize("kind", ["email", "brief", "key-moments"])
def test_so_it_is_in_french(kind: PieceKind) -> None:
    assert REINS in told(kind, "insuffisance rénale", "fr")


def test_the_dose_of_others_is_not() -> None:
    assert LIVER not in told("email", "renal impairment")
    assert KIDNEYS not in told("email", "hepatic impairment")
