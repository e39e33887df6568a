"""What is stored as a code, in the words of the pages: packs are read without them."""

from collections.abc import Mapping

from assistant.publishing.signed_by import ROLES

TOLD: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "piece_kind": {
        "key-moments": ("Key moments", "Points clés"),
        "quiz": ("Quiz", "Quiz"),
        "email": ("Follow-up email", "E-mail de suivi"),
        "brief": ("Pre-visit brief", "Fiche de visite"),
        "text": ("Checked text", "Texte vérifié"),
        "answer": ("Answer", "Réponse"),
    },
    "piece_status": {
        "draft": ("Draft", "Brouillon"),
        "in_review": ("In review", "En relecture"),
        "changes_requested": ("Changes requested", "Modifications demandées"),
        "approved": ("Approved", "Approuvé"),
        "published": ("Published", "Publié"),
        "suspended": ("Suspended", "Suspendu"),
        "superseded": ("Replaced", "Remplacé"),
        "expired": ("Expired", "Expiré"),
        "recalled": ("Recalled", "Retiré"),
        "rejected": ("Rejected", "Refusé"),
    },
    "qualification": {
        "promotional": ("Promotional", "Promotionnel"),
        "reactive_medical": ("Answer to a medical question", "Réponse à une question médicale"),
        "internal": ("Internal", "Interne"),
    },
    "market": {
        "FR": ("France", "France"),
        "EU": ("European Union", "Union européenne"),
        "UK": ("United Kingdom", "Royaume-Uni"),
        "US": ("United States", "États-Unis"),
    },
    "audience": {
        "hcp": ("Health professionals", "Professionnels de santé"),
        "public": ("General public", "Grand public"),
        "internal": ("Own staff", "Personnel de l’entreprise"),
        "rep": ("Representatives", "Visiteurs médicaux"),
    },
    "channel": {
        "page": ("Page", "Page"),
        "quiz": ("Quiz", "Quiz"),
        "email": ("Email", "E-mail"),
        "visit": ("Visit", "Visite"),
    },
    "severity": {
        "block": ("Blocks", "Bloquant"),
        "needs_review": ("To be judged", "À juger"),
        "warn": ("Warning", "Avertissement"),
        "info": ("For information", "Pour information"),
    },
    "stage": {
        "draft": ("at drafting", "à la rédaction"),
        "submit": ("at submission", "à la soumission"),
        "approve": ("at approval", "à l’approbation"),
        "release": ("at release", "à la diffusion"),
        "send": ("at sending", "à l’envoi"),
        "turn": ("in conversation", "en conversation"),
    },
    "task_status": {
        "waiting": ("Waits for its turn", "Attend son tour"),
        "open": ("Unassigned", "À prendre"),
        "claimed": ("In hand", "Prise en charge"),
        "approved": ("Approved", "Approuvée"),
        "approved_with_changes": ("Approved with changes", "Approuvée avec modifications"),
        "changes_requested": ("Changes requested", "Modifications demandées"),
        "rejected": ("Rejected", "Refusée"),
        "cancelled": ("Cancelled", "Annulée"),
    },
    "source_status": {
        "pending": ("Waiting for approval", "En attente d’approbation"),
        "approved": ("Approved", "Approuvée"),
        "superseded": ("Replaced", "Remplacée"),
        "expired": ("Expired", "Expirée"),
        "withdrawn": ("Withdrawn", "Retirée"),
    },
    "display_right": {
        "reference_only": (
            "Its reference and short quotations only",
            "Sa référence et de courtes citations seulement",
        ),
        "in_house": (
            "Quotes; pages and file stay in the company",
            "Citations ; les pages et le fichier restent dans l’entreprise",
        ),
        "page_picture": ("Quotes and pictures of the pages", "Citations et images des pages"),
        "handout": ("The whole file may be handed over", "Le fichier entier peut être remis"),
    },
    "confirmation_status": {
        "open": ("Waiting for signatures", "En attente de signatures"),
        "confirmed": ("Confirmed", "Confirmée"),
        "declined": ("Declined", "Refusé"),
        "cancelled": ("Settled otherwise", "Réglé autrement"),
    },
    "engine": {
        "extractive": ("Extractive", "Extractif"),
        "openai": ("Language model", "Modèle de langue"),
        "human": ("A person", "Une personne"),
    },
    "release_state": {
        "not_signed": ("Not signed yet", "Pas encore signé"),
        "missing": ("Missing", "Manquant"),
        "given": ("Given", "Indiqué"),
        "other_version": ("For another version", "Pour une autre version"),
        "requested": ("Asked for", "Demandé"),
        "refused": ("Refused", "Refusé"),
        "expired": ("Ended", "Révoqué"),
        "tacit": ("Accepted by silence", "Accordé tacitement"),
        "granted": ("Granted", "Accordé"),
        "certified": ("Certified", "Certifié"),
        "submitted": ("Submitted", "Envoyé"),
        "void": ("Struck out", "Rayé"),
    },
    "release_fact": {
        "visa_number": ("Visa number", "Numéro de visa"),
        "visa_granted_on": ("Visa granted on", "Visa accordé le"),
        "visa_expires_on": ("Visa ends on", "Fin du visa"),
        "visa_tacit": ("Visa accepted by silence", "Visa accordé tacitement"),
        "certificate": ("Certified by", "Certifié par"),
        "certificate_signed_on": ("Certified on", "Certifié le"),
        "certificate_expires_on": ("Certificate ends on", "Fin du certificat"),
        "form_2253": ("Form FDA 2253", "Formulaire FDA 2253"),
        "form_2253_submitted_on": ("Submitted on", "Envoyé le"),
    },
    "signatory": {
        "doctor": ("Registered medical practitioner", "Médecin inscrit"),
        "pharmacist": ("Registered pharmacist", "Pharmacien inscrit"),
    },
    "role": {role: (word, ROLES["fr"][role]) for role, word in ROLES["en"].items()},
}
"""In English and in French, by group and code; a test holds them to be those of the pages."""


def told(group: str, code: str, language: str) -> str:
    """The word for a code; one that nobody foresaw is shown with spaces rather than hidden."""
    english, french = TOLD[group].get(code, (code.replace("_", " "),) * 2)
    return french if language == "fr" else english
