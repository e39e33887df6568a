"""Does a turn of a conversation report a safety case, or ask for what a label cannot answer?"""

import ingestion  # noqa: F401  sets one BLAS thread, which must stand before numpy is imported
from guardrails.safety.intake import SafetyKind, SafetySignal, Trigger, intake, report
from guardrails.safety.turns import TurnKind, classify_turn

__all__ = ["SafetyKind", "SafetySignal", "Trigger", "TurnKind", "classify_turn", "intake", "report"]
