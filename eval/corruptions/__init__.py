"""True sentences made wrong in one way at a time, to measure what the checks catch.

Written without looking at the checks, so that nothing here knows what they look for. Every function is pure: it takes
a true sentence with what stands around it and a generator of random choices, and gives one wrong statement, or None
where it does not apply. A second program, by another hand and harder, stands in `outside`.
"""

import random
from collections.abc import Iterator

from eval.corruptions import figures, names, pairing, polarity, scope
from eval.corruptions.material import Corrupted, Corruption, Kind, Material

CORRUPTIONS: tuple[Corruption, ...] = (
    figures.number_changed,
    figures.decimal_shifted,
    figures.digits_turned,
    figures.values_exchanged,
    figures.word_changed,
    figures.interval_bound,
    figures.range_end,
    figures.p_value_sign,
    figures.unit_changed,
    names.medicine_changed,
    names.comparator_changed,
    names.study_changed,
    names.measure_changed,
    names.enzyme_changed,
    polarity.negation_dropped,
    polarity.negation_added,
    polarity.direction_turned,
    polarity.groups_exchanged,
    scope.population_changed,
    scope.hedge_strengthened,
    scope.time_changed,
    pairing.citation_swapped,
    pairing.citation_near,
    pairing.studies_pooled,
    pairing.figure_borrowed,
)


def corrupt(material: Material, seed: int) -> Iterator[Corrupted]:
    """Every corruption that applies to the sentence; the same seed gives the same wrong statements."""
    for corruption in CORRUPTIONS:
        rng = random.Random(f"{seed}:{corruption.__name__}:{material.sentence}")  # noqa: S311 (no secret)
        wrong = corruption(material, rng)
        if wrong is not None:
            yield wrong


__all__ = ["CORRUPTIONS", "Corrupted", "Corruption", "Kind", "Material", "corrupt"]
