from api.refusal import error_json
from assistant.engines.protocol import Rejected
from assistant.errors import NoEvidence


def test_a_draft_of_which_nothing_stands_says_what_was_proposed_and_why_not() -> None:
    set_aside = Rejected(
        "Take 20 mg.", "GR3", "number_missing", {"en": "Not there: 20 mg.", "fr": "Absent : 20 mg."}
    )
    told = error_json(NoEvidence("Nothing stands.", help="Choose.", rejected=[set_aside.as_json()]))["error"]
    assert told["rejected"] == [
        {"text": "Take 20 mg.", "reason": "Not there: 20 mg.", "rule": "GR3", "code": "number_missing"}
    ]


def test_another_refusal_has_no_such_list() -> None:
    assert "rejected" not in error_json(NoEvidence("Nothing stands.", help="Choose."))["error"]
