"""Quantities: every number of a text with its unit, comparator and range, read alike in French and in English."""

from guardrails.numbers.extract import extract
from guardrails.numbers.match import Missing, missing
from guardrails.numbers.model import Quantity

__all__ = ["Missing", "Quantity", "extract", "missing"]
