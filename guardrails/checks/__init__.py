"""The checks, by the name that rule packs call them by. Each is a pure function in a small file of its subject."""

from collections.abc import Callable, Iterable, Mapping

from guardrails.checks import (
    balance,
    chat,
    email,
    figures,
    indications,
    length,
    lexicon,
    library,
    mentions,
    metadata,
    quiz,
    quotes,
    ranks,
    results,
    sources,
    structure,
    surroundings,
    wording,
)
from guardrails.model import CheckContext, Document, Finding
from guardrails.packs import Rule

CheckOfRule = Callable[[Rule, Document, CheckContext], Iterable[Finding]]
"""A `Check` before its rule is known: the rule gives the parameters and the words of the findings."""

CHECKS: Mapping[str, CheckOfRule] = {
    "every_fact_cites": structure.every_fact_cites,
    "quotes_agree": quotes.quotes_agree,
    "quantities_stand": figures.quantities_stand,
    "wording_agrees": wording.wording_agrees,
    "short_enough": length.short_enough,
    "surroundings_told": surroundings.surroundings_told,
    "sources_in_force": sources.sources_in_force,
    "sources_fit": sources.sources_fit,
    "display_right": sources.display_right,
    "references_complete": sources.references_complete,
    "sources_published": sources.sources_published,
    "indication_from_label": indications.indication_from_label,
    "lexicon": lexicon.lexicon,
    "lexicon_new": lexicon.lexicon_new,
    "field_stands": mentions.field_stands,
    "brand_and_inn": mentions.brand_and_inn,
    "indication_stands": mentions.indication_stands,
    "safety_stands": mentions.safety_stands,
    "pattern_stands": mentions.pattern_stands,
    "internal_number": mentions.internal_number,
    "additional_monitoring": mentions.additional_monitoring,
    "visa_in_force": metadata.visa_in_force,
    "visa_of_these_bytes": metadata.visa_of_these_bytes,
    "product_not_frozen": metadata.product_not_frozen,
    "audience_allowed": metadata.audience_allowed,
    "record_present": metadata.record_present,
    "language_of_market": metadata.language_of_market,
    "relative_with_absolute": results.relative_with_absolute,
    "rank_of_result_said": ranks.rank_of_result_said,
    "approved_wording": library.approved_wording,
    "safety_balance": balance.safety_balance,
    "one_key": quiz.one_key,
    "option_words": quiz.option_words,
    "key_length": quiz.key_length,
    "stem_words": quiz.stem_words,
    "subject_line": email.subject_line,
    "unsubscribe": email.unsubscribe,
    "sender_and_nature": email.sender_and_nature,
    "tokens": email.tokens,
    "email_parts": email.email_parts,
    "verified_reader": chat.verified_reader,
    "ai_disclosed": chat.ai_disclosed,
}
