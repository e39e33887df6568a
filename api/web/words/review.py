"""Tasks, policies and the queue of review."""

from collections.abc import Mapping

from api.web.language import N_

WORDS: Mapping[str, Mapping[str, str]] = {
    "task_status": {
        "waiting": N_("Waits for its turn"),
        "open": N_("Unassigned"),
        "claimed": N_("In hand"),
        "approved": N_("Approved"),
        "approved_with_changes": N_("Approved with changes"),
        "changes_requested": N_("Changes requested"),
        "rejected": N_("Rejected"),
        "cancelled": N_("Cancelled"),
    },
    "judge_silent": {
        "model_timeout": N_("no answer came in time"),
        "model_busy": N_("its service is busy"),
        "model_credit": N_("its account has no credit left"),
        "model_key": N_("its service does not accept the key"),
        "model_unknown": N_("its service does not know it"),
        "model_unreachable": N_("its service cannot be reached"),
        "model_proxy": N_("its service cannot be reached"),
        "model_certificate": N_("its service's certificate is not trusted"),
        "model_failing": N_("its service has a fault"),
        "model_error": N_("its service has a fault"),
        "model_refused": N_("it declined"),
        "model_filtered": N_("a content filter stopped the question"),
        "model_length": N_("the statement or the answer is too long"),
        "model_prompt_cut": N_("the statement or the answer is too long"),
        "model_malformed": N_("its answer could not be read"),
        "model_empty": N_("its answer was empty"),
        "budget_spent": N_("the tokens of the day are spent"),
    },
    "step_state": {
        "done": N_("Signed"),
        "now": N_("Now"),
        "later": N_("Later"),
        "closed": N_("Closed"),
    },
    "policy_condition": {
        "kinds": N_("kind"),
        "markets": N_("market"),
        "qualifications": N_("qualification"),
        "findings": N_("finding by"),
    },
    "policy_yes": {
        "override_requested": N_("the writer asks for an override"),
        "unchanged": N_("nothing but approved segments"),
    },
    "policy_no": {
        "override_requested": N_("no override is asked for"),
        "unchanged": N_("something is new"),
    },
    "policy_section": {
        "order": N_("Order of the workflows: the first that fits counts"),
        "workflow": N_("Workflow"),
        "publication": N_("Who may publish: the first row that fits"),
        "confirmation": N_("Who confirms once a source was replaced"),
        "superseded": N_("Until it is confirmed"),
        "escalation": N_("Escalation"),
        "time": N_("Time"),
    },
    "policy_situation": {
        "usual": N_("As usual"),
        "override": N_("The writer asks for an override"),
        "unchanged": N_("Nothing but approved segments"),
    },
    "proposal_status": {
        "open": N_("Proposed"),
        "adopted": N_("Adopted"),
        "refused": N_("Turned down"),
        "withdrawn": N_("Withdrawn"),
    },
    "delegation_status": {
        "now": N_("Now"),
        "coming": N_("To come"),
        "over": N_("Over"),
    },
    "piece_waits_for": {
        "submit": N_("Send it to review"),
        "change": N_("Make the changes that were asked for"),
        "review": N_("In review"),
        "release": N_("Release it"),
        "renew": N_("Suspended: begin a new revision"),
    },
    "queue_view": {
        "expected": N_("Expected of me"),
        "mine": N_("In my hands"),
        "unassigned": N_("Unassigned"),
        "overdue": N_("Overdue"),
        "all": N_("All"),
        "decided": N_("Decided by me"),
    },
    "queue_risk": {
        "block": N_("Blocks"),
        "needs_review": N_("To be judged"),
        "warn": N_("Warning"),
        "none": N_("Nothing found"),
    },
    "queue_due": {
        "overdue": N_("Overdue"),
        "3": N_("Within 3 days"),
        "7": N_("Within 7 days"),
        "30": N_("Within 30 days"),
    },
    "queue_order": {"due": N_("The soonest due first"), "risk": N_("The gravest first")},
}
