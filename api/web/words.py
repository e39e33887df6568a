"""The users' words for what is stored as a code. Every value that can reach a screen stands here."""

from collections.abc import Mapping

from api.web.language import N_, catalogue

WORDS: Mapping[str, Mapping[str, str]] = {
    "source_status": {
        "pending": N_("Waiting for approval"),
        "approved": N_("Approved"),
        "superseded": N_("Replaced"),
        "expired": N_("Expired"),
        "withdrawn": N_("Withdrawn"),
    },
    "source_kind": {
        "label": N_("Label (SmPC)"),
        "paper": N_("Paper"),
        "deck": N_("Slide deck"),
        "transcript": N_("Transcript"),
        "claims": N_("Claims sheet"),
        "guideline": N_("Guideline"),
        "opinion": N_("Opinion of an authority"),
    },
    "expiry_span": {
        "30": N_("Within 30 days"),
        "90": N_("Within 90 days"),
        "180": N_("Within 180 days"),
    },
    "pages_filter": {
        "unreadable": N_("Has unreadable pages"),
        "doubtful": N_("Has doubtful pages"),
    },
    "reference_filter": {"confirmed": N_("Reference confirmed"), "open": N_("Reference not confirmed")},
    "expiry_kind": {
        "source": N_("Approval of a source"),
        "publication": N_("Publication"),
        "visa": N_("Visa"),
    },
    "display_right": {
        "reference_only": N_("Its reference and short quotations only"),
        "in_house": N_("Quotes; pages and file stay in the company"),
        "page_picture": N_("Quotes and pictures of the pages"),
        "handout": N_("The whole file may be handed over"),
    },
    "claim_match": {
        "matched": N_("Found word for word"),
        "differs": N_("Differs from the source"),
        "not_found": N_("Not found in the source"),
        "page_wrong": N_("On another page"),
        "not_registered": N_("Source not registered"),
        "source_withdrawn": N_("Source withdrawn"),
        "no_reference": N_("No reference given"),
    },
    "product_status": {"active": N_("Active"), "frozen": N_("Frozen")},
    "piece_kind": {
        "key-moments": N_("Key moments"),
        "quiz": N_("Quiz"),
        "email": N_("Follow-up email"),
        "brief": N_("Pre-visit brief"),
        "text": N_("Checked text"),
        "answer": N_("Answer"),
    },
    "piece_status": {
        "draft": N_("Draft"),
        "in_review": N_("In review"),
        "changes_requested": N_("Changes requested"),
        "approved": N_("Approved"),
        "published": N_("Published"),
        "suspended": N_("Suspended"),
        "superseded": N_("Replaced"),
        "expired": N_("Expired"),
        "recalled": N_("Recalled"),
        "rejected": N_("Rejected"),
    },
    "change_status": {
        "changed": N_("changed"),
        "added": N_("added"),
        "removed": N_("removed"),
        "moved": N_("moved"),
    },
    "change_kind": {
        "dose": N_("dose"),
        "unit": N_("unit"),
        "limit": N_("limit"),
        "number": N_("number"),
        "population": N_("population"),
        "severity": N_("severity"),
        "negation": N_("negation"),
        "hedge": N_("hedge"),
        "direction": N_("direction"),
        "superiority": N_("kind of comparison"),
        "comparator": N_("comparator"),
        "significance": N_("significance"),
        "cause": N_("cause"),
        "treatment_setting": N_("line or combination of treatment"),
        "restriction": N_("restriction"),
        "quantity_word": N_("how many"),
        "obligation": N_("obligation"),
        "name": N_("name"),
        "reference": N_("cross-reference"),
        "renumbered": N_("section number"),
        "wording": N_("wording"),
        "typography": N_("typography"),
        "repeated": N_("same words elsewhere in the other version"),
    },
    "support": {
        "unchanged": N_("Support unchanged"),
        "moved": N_("Support moved"),
        "changed": N_("Support changed"),
        "gone": N_("Support gone"),
    },
    "meanwhile": {"live": N_("Live meanwhile"), "suspended": N_("Suspended meanwhile")},
    "confirmation_status": {
        "open": N_("Waiting for signatures"),
        "confirmed": N_("Confirmed"),
        "declined": N_("Declined"),
        "cancelled": N_("Settled otherwise"),
    },
    "task_status": {
        "open": N_("Unassigned"),
        "claimed": N_("In hand"),
        "approved": N_("Approved"),
        "approved_with_changes": N_("Approved with changes"),
        "changes_requested": N_("Changes requested"),
        "rejected": N_("Rejected"),
        "cancelled": N_("Cancelled"),
    },
    "job_status": {
        "queued": N_("Waiting"),
        "running": N_("Under way"),
        "done": N_("Done"),
        "failed": N_("Refused"),
    },
    "job_kind": {
        "ingest": N_("Reading a source"),
        "draft": N_("Drafting"),
        "cascade": N_("Stopping what rests on a source"),
    },
    "verdict": {
        "pass": N_("Verified"),
        "needs_review": N_("To be judged"),
        "block": N_("Blocked"),
    },
    "severity": {
        "block": N_("Blocks"),
        "needs_review": N_("To be judged"),
        "warn": N_("Warning"),
        "info": N_("For information"),
    },
    "stage": {
        "draft": N_("at drafting"),
        "submit": N_("at submission"),
        "approve": N_("at approval"),
        "release": N_("at release"),
        "send": N_("at sending"),
        "turn": N_("in conversation"),
    },
    "wording": {
        "verbatim": N_("In the source's own words"),
        "reworded": N_("Reworded"),
        "translated": N_("Translated"),
        "human": N_("Written by a person"),
    },
    "qualification": {
        "promotional": N_("Promotional"),
        "reactive_medical": N_("Answer to a medical question"),
        "internal": N_("Internal"),
    },
    "role": {
        "writer": N_("Medical writer"),
        "librarian": N_("Librarian"),
        "medical": N_("Medical reviewer"),
        "legal": N_("Legal reviewer"),
        "regulatory": N_("Regulatory reviewer"),
        "pharmacist": N_("Responsible pharmacist"),
        "safety": N_("Safety"),
        "medinfo": N_("Medical information"),
        "rep": N_("Representative"),
        "hcp": N_("Health professional"),
        "auditor": N_("Auditor"),
        "admin": N_("Administrator"),
    },
    "audience": {
        "hcp": N_("Health professionals"),
        "public": N_("General public"),
        "internal": N_("Own staff"),
        "rep": N_("Representatives"),
    },
    "market": {
        "FR": N_("France"),
        "EU": N_("European Union"),
        "UK": N_("United Kingdom"),
        "US": N_("United States"),
    },
    "language": {"fr": N_("French"), "en": N_("English")},
    "quality": {
        "good": N_("Well read"),
        "doubtful": N_("Doubtful reading"),
        "unreadable": N_("Could not be read"),
    },
    "segment_role": {
        "title": N_("Title"),
        "subject": N_("Subject"),
        "preheader": N_("Preview line"),
        "greeting": N_("Greeting"),
        "context": N_("Context"),
        "indication": N_("Indication"),
        "dose": N_("Posology"),
        "contraindication": N_("Contraindication"),
        "warning": N_("Warning"),
        "adverse_reaction": N_("Adverse reaction"),
        "interaction": N_("Interaction"),
        "special_population": N_("Particular population"),
        "design": N_("Study design"),
        "result": N_("Result"),
        "conclusion": N_("Conclusion"),
        "key_point": N_("Key point"),
        "key_moment": N_("Key moment"),
        "safety": N_("Safety"),
        "message": N_("Message"),
        "question": N_("Question"),
        "feedback": N_("Explanation"),
        "call_to_action": N_("Call to action"),
        "closing": N_("Closing"),
        "mention": N_("Mandatory mention"),
        "sender": N_("Sender"),
        "unsubscribe": N_("Unsubscribe"),
        "footer": N_("Footer"),
        "report": N_("Reporting"),
        "statement": N_("Statement"),
        "paragraph": N_("Statement"),
        "line": N_("Line"),
    },
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
    "case_status": {"open": N_("Open"), "acknowledged": N_("Acknowledged"), "closed": N_("Closed")},
}

TONES: Mapping[str, str] = {
    "approved": "good",
    "published": "good",
    "pass": "good",
    "active": "good",
    "done": "good",
    "good": "good",
    "pending": "warn",
    "needs_review": "warn",
    "doubtful": "warn",
    "suspended": "warn",
    "changes_requested": "warn",
    "approved_with_changes": "warn",
    "warn": "warn",
    "expired": "bad",
    "withdrawn": "bad",
    "recalled": "bad",
    "rejected": "bad",
    "block": "bad",
    "frozen": "bad",
    "failed": "bad",
    "unreadable": "bad",
    "in_review": "busy",
    "claimed": "busy",
    "running": "busy",
    "open": "busy",
}
"""How a state looks; the shape differs with the tone, and the word always stands beside it."""


def word(group: str, code: str | None, language: str) -> str:
    """The user's word for a code; a code that nobody foresaw is shown with spaces rather than hidden.

    The group is the message's context, so that a French word agrees with what it is said of.
    """
    if not code:
        return "–"
    message = WORDS[group].get(code)
    if not message:
        return code.replace("_", " ")
    words = catalogue(language)
    in_group = str(words.pgettext(group, message))
    return in_group if in_group != message else words.gettext(message)


def tone(code: str | None) -> str:
    """good, warn, bad, busy or plain."""
    return TONES.get(code or "", "plain")
