"""Reports of side effects and the like."""

from collections.abc import Mapping

from api.web.language import N_

WORDS: Mapping[str, Mapping[str, str]] = {
    "case_kind": {
        "adverse_event": N_("Adverse event"),
        "pregnancy": N_("Pregnancy or breast-feeding"),
        "overdose": N_("Overdose"),
        "misuse": N_("Misuse"),
        "lack_of_effect": N_("Lack of effect"),
        "product_complaint": N_("Product complaint"),
        "medication_error": N_("Medication error"),
        "off_label_use": N_("Off-label use"),
        "occupational_exposure": N_("Occupational exposure"),
        "emergency": N_("Emergency"),
        "medical_information": N_("Medical information"),
    },
    "case_outcome": {
        "reported": N_("Reported"),
        "answered": N_("Answered"),
        "not_a_case": N_("Not a case"),
        "duplicate": N_("Duplicate"),
    },
    "case_criterion": {
        "reporter": N_("Who reported it"),
        "patient": N_("The patient"),
        "medicine": N_("The medicine"),
        "reaction": N_("The reaction"),
    },
    "seriousness": {"unknown": N_("Not known yet"), "yes": N_("Serious"), "no": N_("Not serious")},
    "case_status": {"open": N_("Open"), "acknowledged": N_("Acknowledged"), "closed": N_("Closed")},
}
