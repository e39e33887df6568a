"""Safety cases: what somebody reported in a conversation, kept by clock for the people who answer for it."""

from assistant.cases.opening import Case, open_case, refer
from assistant.cases.remark import say_it_was_a_question

__all__ = ["Case", "open_case", "refer", "say_it_was_a_question"]
