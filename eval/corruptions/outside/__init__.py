"""A second program of corruptions, as an outside tester who had seen no check wrote it: more ways, and harder ones.

Each function is pure, as those of the first program are; what takes whose place stands in the yaml files, a file a kind.
`Material.others` are here the sentences of one document in their order, `Material.elsewhere` those of other documents.
"""

import random
from collections.abc import Iterator

from eval.corruptions.material import Corrupted, Corruption, Material
from eval.corruptions.outside import (
    blending,
    citing,
    direction,
    hedging,
    limits,
    names,
    negation,
    negation_fr,
    numbers,
    population,
    shares,
)
from eval.corruptions.outside.tables import table_corruptions

CORRUPTIONS: tuple[Corruption, ...] = (
    numbers.digit_changed,
    numbers.digits_transposed,
    numbers.decimal_moved,
    numbers.zero_added_or_lost,
    numbers.number_word_changed,
    numbers.digits_told_as_another_word,
    numbers.numbers_exchanged,
    numbers.year_changed,
    shares.range_end,
    shares.interval_across_one,
    shares.p_value_or_sign,
    shares.count_changed,
    shares.per_cent_told_as_points,
    shares.share_told_as_fraction,
    *table_corruptions("numbers"),
    *table_corruptions("units"),
    names.medicine_changed,
    names.study_changed,
    *table_corruptions("names"),
    negation.not_dropped,
    negation.not_added,
    negation.short_not_added,
    negation.does_not,
    negation.doubled,
    negation.no_dropped,
    negation.no_added,
    negation_fr.ne_pas_dropped,
    negation_fr.ne_pas_added,
    negation_fr.doubled,
    negation_fr.aucun_changed,
    *table_corruptions("negation"),
    direction.sign_turned,
    direction.arms_exchanged,
    *table_corruptions("direction"),
    citing.another_of_the_document,
    citing.another_of_the_section,
    citing.closest_in_words,
    population.restriction_dropped,
    population.share_told_as_all,
    *table_corruptions("population"),
    hedging.may_told_as_fact,
    *table_corruptions("hedging"),
    blending.predicate_of_another,
    blending.circumstance_before,
    blending.circumstance_behind,
    blending.figure_of_another,
    blending.medicine_of_another,
    blending.study_of_another,
    blending.comparison_of_another,
    blending.object_of_another,
    limits.significance_added,
    limits.circumstance_dropped,
    *table_corruptions("limits"),
)


def corrupt_with(corruption: Corruption, material: Material, seed: int) -> Corrupted | None:
    """What one corruption makes of the sentence; the same seed gives the same."""
    place = f"{seed}:{corruption.__module__}:{corruption.__name__}:{material.sentence}"
    return corruption(material, random.Random(place))  # noqa: S311  (no secret)


def corrupt(material: Material, seed: int) -> Iterator[Corrupted]:
    """Every corruption that applies to the sentence; the same seed gives the same wrong statements."""
    for corruption in CORRUPTIONS:
        wrong = corrupt_with(corruption, material, seed)
        if wrong is not None:
            yield wrong


__all__ = ["CORRUPTIONS", "corrupt", "corrupt_with"]
