"""Where the words of meaning of a statement and of its quotes differ, and which of these differences contradict."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from guardrails.answers import Text, answered, answered_always, not_significant
from guardrails.contrary.alike import same_for_not_shown
from guardrails.denials import denied, stems
from guardrails.markers import MarkerClass, Markers, classes, implied_by, markers, side_by_side
from guardrails.model import Language, Segment
from guardrails.near_copy import NearCopy
from guardrails.nearness import told_freely, translated
from guardrails.numbers.patterns import alternatives
from guardrails.over_quotes import in_a_heading, over_a_told_value, permitted_in_spite
from guardrails.overlap import contents
from guardrails.said_of import joined_by_with, object_of, of_another_thing, what_is_told
from guardrails.tables import table
from guardrails.told import one_of_two, part_of_subject, parts_of, quoted_sentences, things_of, told_parts
from guardrails.whole import share_of_all

How = Literal["added", "lost", "opposite"]
_NEARLY = 0.85
_ONLY_IN = re.compile(
    r"\b(?:only|exclusively|solely) (?:in|among|when|where|with|during)\b|\bque? (?:chez|dans|sous|avec|lors\w*)\b"
    r"|\b(?:seulement|uniquement|exclusivement) (?:chez|dans|sous|avec|lors\w*)",
    re.IGNORECASE,
)
_CODE = re.compile(r"\w*\d\w*")
"""What tells two clauses apart that are else alike: CYP3A4, grade 3."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A concept that the statement adds to its quotes, loses, or turns round."""

    marker_class: MarkerClass
    how: How
    concept: str
    words: tuple[str, ...]
    """As they stand where the concept stands."""
    near: bool = False
    """The statement is else nearly a sentence of its quotes."""
    sure: bool = True
    """Nothing else in the texts may make up for it."""
    free: bool = False
    """The statement is told freely, so that other words may carry what is missing or put in."""

    @property
    def blocks(self) -> bool:
        """Whether it contradicts the quote."""
        if self.free and not self._holds_freely:
            return False
        if self.how == "lost" and self.concept in self.marker_class.let_go:
            return False
        lost = self.marker_class.lost_near if self.near else self.marker_class.lost
        policy = {"added": self.marker_class.added, "lost": lost, "opposite": "block"}
        return self.sure and policy[self.how] == "block"

    @property
    def _holds_freely(self) -> bool:
        """Whether it contradicts even where the statement is told freely."""
        if self.how == "added":
            return not self.marker_class.told_otherwise
        turned = self.how == "opposite" and not self.marker_class.turned_near
        return turned or self.concept in self.marker_class.kept


def differences(segment: Segment, headings: Sequence[Text] = ()) -> Iterator[Difference]:
    """What the statement's words of meaning say that its quotes do not, and the reverse.

    What a heading over the quotes says is no word put in: under “Contraindications” a disease is contraindicated.
    """
    sentences = quoted_sentences(segment)
    free = told_freely(segment)
    across = translated(segment)
    found = [
        *_differences(segment, sentences),
        *_of_subject(segment, sentences),
        *_only_denied(segment, sentences),
        *_allowed_in_spite(segment, headings),
        *_same_for_not_shown(segment, sentences),
    ]
    found = [
        replace(d, how="opposite")
        if _compared_for_alike(d, found) or _only_for_most(d, segment, sentences)
        else d
        for d in found
    ]
    denied = any(d.concept == "negation" and d.sure for d in found)
    turned = [d for d in found if d.how == "opposite" and d.marker_class.flips]
    for difference in found:
        if _over_the_quotes(difference, segment, headings) or (
            difference.how == "added" and over_a_told_value(difference.concept, segment)
        ):
            continue
        # "do not stop" is "continue": a denial and a reversal make up for each other
        if denied and turned and (difference.concept == "negation" or difference in turned):
            continue
        strengthened = across and difference.marker_class.across
        plain = strengthened or _is_plain(difference, found, segment, sentences)
        yield replace(difference, free=free and not plain)


def _compared_for_alike(difference: Difference, found: Sequence[Difference]) -> bool:
    """Whether the quotes say that both are alike and the statement that one is more: "higher in women" for "similar in both"."""
    return (
        difference.marker_class.name == "likeness"
        and difference.how == "lost"
        and any(d.marker_class.name == "direction" and d.how == "added" for d in found)
    )


def _only_for_most(difference: Difference, segment: Segment, sentences: Sequence[Text]) -> bool:
    """Whether "only in" some is told where the quotes say in most of them, and none says "only"."""
    return (
        (difference.concept, difference.how) == ("only", "added")
        and _ONLY_IN.search(segment.text) is not None
        and "most" not in markers(segment.text, segment.language)
        and any("most" in markers(*sentence) for sentence in sentences)
    )


def _over_the_quotes(difference: Difference, segment: Segment, headings: Sequence[Text]) -> bool:
    """Whether a word put in stands in a heading over the quotes."""
    added = difference.how == "added"
    return added and in_a_heading(
        difference.concept, difference.words, difference.marker_class, segment, headings
    )


def _allowed_in_spite(segment: Segment, headings: Sequence[Text]) -> Iterator[Difference]:
    if words := permitted_in_spite(segment, headings):
        yield Difference(_class_named("negation"), "opposite", "contraindication", words)


def _same_for_not_shown(segment: Segment, sentences: Sequence[Text]) -> Iterator[Difference]:
    if words := same_for_not_shown((segment.text, segment.language), sentences):
        yield Difference(_class_named("likeness"), "opposite", "same", words)


def _class_named(name: str) -> MarkerClass:
    return next(c for c in classes() if c.name == name)


def _is_plain(
    difference: Difference, found: Sequence[Difference], segment: Segment, sentences: Sequence[Text]
) -> bool:
    """Whether a difference shows by itself: one side denies what the other says, or another of its kind stands in its place."""
    if difference.concept == "negation":
        statement = (segment.text, segment.language)
        denying, other = (sentences, [statement]) if difference.how == "lost" else ([statement], sentences)
        said = frozenset[str]().union(*(stems(text) for text, _ in other))
        return any(denied(*text) & said for text in denying)
    if difference.how != "lost":
        return False
    put_in = {d.concept for d in found if d.how == "added" and d.marker_class == difference.marker_class}
    return any(difference.concept in group and put_in & {*group} for group in side_by_side())


def _differences(segment: Segment, sentences: Sequence[Text]) -> Iterator[Difference]:
    statement: list[Text] = [(segment.text, segment.language)]
    said = markers(*statement[0])
    quoted = [markers(*sentence) for sentence in sentences]
    parts = told_parts(segment.text, sentences)
    told = [markers(*part) for part in parts]
    generic = bool(_generic(segment.language).search(segment.text))
    across = translated(segment)
    for marker_class in classes():
        if marker_class.same_language and across:
            continue
        for concept in marker_class.concepts:
            ever = [words for found in quoted if (words := found.get(concept))]
            always = bool(told) and all(concept in found for found in told)
            if concept in said and not ever and not any(i in f for i in implied_by(concept) for f in quoted):
                reverse = marker_class.opposites and _turned(marker_class, concept, said, told)
                of = object_of(marker_class, said[concept], statement)
                unsignificant = (
                    concept == "significance" and "negation" in said and not_significant(sentences)
                )
                whole = concept == "all" and share_of_all(statement[0], sentences)
                if (not reverse or marker_class.flips) and (
                    unsignificant or whole or answered(concept, sentences, statement, of)
                ):
                    continue
                if reverse and of_another_thing(marker_class, statement, sentences):
                    yield Difference(marker_class, "opposite", concept, said[concept], sure=False)
                else:
                    how: How = "opposite" if reverse else "added"
                    quotes = " ".join(text for text, _ in sentences)
                    sure = not marker_class.of_what or what_is_told(said[concept], statement, quotes)
                    sure = sure and (reverse or concept == "negation" or not _stands(said[concept], quotes))
                    yield Difference(marker_class, how, concept, said[concept], sure=sure)
            elif (
                concept not in said
                and not _beside(concept, said, told)
                and (always or _covered(concept, parts, segment.text))
            ):
                of = object_of(marker_class, ever[0], sentences)
                if (
                    answered(concept, statement, sentences, of)
                    or joined_by_with(concept, ever[0], sentences, statement)
                    or _partly(ever[0], segment.text)
                ):
                    continue
                if not _without_degree(marker_class, statement[0], sentences) and (
                    marker_class.listed and one_of_two(ever[0], segment.text, sentences)
                ):
                    continue
                widened = marker_class.name == "population" and generic
                widened = widened or (
                    concept == "all" and all("negation" in found for found in told)
                )  # "not all"
                sure = not marker_class.needs or answered(marker_class.needs, statement, sentences)
                sure = sure and (not marker_class.of_what or what_is_told(ever[0], parts, segment.text))
                how = "opposite" if widened else "lost"
                yield Difference(marker_class, how, concept, ever[0], sure=sure)


def _only_denied(segment: Segment, sentences: Sequence[Text]) -> Iterator[Difference]:
    """What the statement asserts and each part of the quotes that speaks of it denies: "superiority was not shown"."""
    statement = (segment.text, segment.language)
    said = markers(*statement)
    if "negation" in said or answered("negation", [statement], sentences):
        return
    held = [markers(*part) for sentence in sentences for part in parts_of(sentence)]
    for marker_class in classes():
        if marker_class.denied != "block":
            continue
        for concept in marker_class.concepts:
            spoken = [found for found in held if concept in found]
            if concept in said and spoken and all("negation" in found for found in spoken):
                yield Difference(marker_class, "opposite", concept, said[concept])


def _of_subject(segment: Segment, sentences: Sequence[Text]) -> Iterator[Difference]:
    """A negation more or less than in the one part of the quotes that speaks of the statement's subject."""
    statement = (segment.text, segment.language)
    part = part_of_subject(statement, sentences)
    if part is None:
        return
    said, held = markers(*statement), markers(*part)
    for marker_class in classes():
        if marker_class.name != "negation":
            continue
        for concept in marker_class.concepts:
            if concept in said and concept not in held and not answered(concept, [part], [statement]):
                yield Difference(marker_class, "added", concept, said[concept])
            if concept in held and concept not in said and not answered(concept, [statement], [part]):
                yield Difference(marker_class, "lost", concept, held[concept])


def _covered(concept: str, parts: Sequence[Text], statement: str) -> bool:
    """Whether the statement tells nearly all of a part that carries the concept, beside other parts that do not."""
    for part in parts:
        words = markers(*part).get(concept)
        if words:
            rest = contents(part[0]) - contents(" ".join(words))
            if rest and len(rest & contents(statement)) >= _NEARLY * len(rest):
                return True
    return False


def near_copy_differences(
    copy: NearCopy, segment: Segment, headings: Sequence[Text] = ()
) -> Iterator[Difference]:
    """What was put in or taken out where the statement is nearly a sentence of its quotes."""
    found = [d for d in _near_copy_differences(copy, segment) if not _over_the_quotes(d, segment, headings)]
    turned = any(d.marker_class.flips and d.how == "opposite" for d in found)
    denied = any(d.concept == "negation" for d in found)
    for difference in found:
        if not (turned and denied and (difference.concept == "negation" or difference.marker_class.flips)):
            yield difference


def _near_copy_differences(copy: NearCopy, segment: Segment) -> Iterator[Difference]:
    statement, language = (segment.text, segment.language), segment.language
    added, lost = copy.changes(language)
    put, taken = copy.edited()
    for marker_class in classes():
        for concept in marker_class.concepts:
            if concept in added and concept not in lost:
                if answered(concept, [(taken, language)], [(put, language)]) or answered_always(
                    concept, (copy.sentence, language)
                ):
                    continue
                reverse = marker_class.opposites and any(c in lost for c in marker_class.concepts)
                how: How = "opposite" if reverse else "added"
                moved = not reverse and concept != "negation" and _stands(added[concept], copy.sentence)
                if not moved and (
                    marker_class.name != "superiority" or concept not in markers(copy.sentence, language)
                ):
                    yield Difference(marker_class, how, concept, added[concept])
            elif (
                concept in lost
                and concept not in added
                and not _of_the_other_half(concept, statement, copy.sentence)
            ):
                if marker_class.reach:  # an answer may be in two places: "n'est indiqué que"
                    sentence = [(copy.sentence, language)]
                    of = object_of(marker_class, lost[concept], sentence)
                    told = answered(concept, [statement], sentence, of)
                else:
                    told = answered(concept, [(put, language)], [(taken, language)])
                if told or joined_by_with(concept, lost[concept], [(copy.sentence, language)], [statement]):
                    continue
                if not _without_degree(marker_class, statement, [(copy.sentence, language)]) and (
                    marker_class.listed
                    and one_of_two(lost[concept], " ".join(copy.said), [(copy.sentence, language)])
                ):
                    continue
                yield Difference(marker_class, "lost", concept, lost[concept], near=True)


def _partly(words: Sequence[str], text: str) -> bool:
    """Whether a concept of several words stands in the text by one of them: "healthy people" for "healthy volunteers"."""
    return any(len(word.split()) > 1 and contents(word) & contents(text) for word in words[:1])


def _stands(words: Sequence[str], text: str) -> bool:
    """Whether each of the words stands in the text in a form of its own: "la seule ferritine", "la ferritine seule"."""
    return all(re.search(rf"\b{re.escape(word)}\w{{0,2}}\b", text, re.IGNORECASE) for word in words)


def _of_the_other_half(concept: str, statement: Text, sentence: str) -> bool:
    """Whether the statement tells one half of the sentence, and holds the concept as often as that half.

    Never of a denial: one that is dropped is the worst that a rewording can do, and a reviewer puts it back in a moment.
    """
    if concept == "negation":
        return False
    whole = (sentence, statement[1])
    parts = told_parts(statement[0], [whole])
    if len(parts_of(statement)) >= len(parts_of(whole)):
        return False
    said = contents(statement[0])
    home = max(parts, key=lambda part: len(said & contents(part[0])))
    if set(_CODE.findall(statement[0])) - set(_CODE.findall(home[0])):
        return False
    if len(said & contents(home[0])) >= _NEARLY * len(said):
        parts = [home]
    held = sum(len(markers(*part).get(concept, ())) for part in parts)
    return len(markers(*statement).get(concept, ())) >= held


def _turned(marker_class: MarkerClass, concept: str, said: Markers, quoted: list[Markers]) -> bool:
    """Whether the quotes hold only the opposite concept, and the statement does not."""
    others = [other for other in marker_class.concepts if other != concept and other not in said]
    return any(other in found for other in others for found in quoted)


def _without_degree(marker_class: MarkerClass, statement: Text, sentences: Sequence[Text]) -> bool:
    """Whether the statement tells of a thing of which the quotes tell a degree, and none of its degrees.

    Told from the first degree to the last it is the whole thing: "mild, moderate or severe".
    """
    said = markers(*statement)
    if not marker_class.degrees or any(concept in said for concept in marker_class.concepts):
        return False
    found = [markers(*sentence) for sentence in sentences]
    held = {concept for each in found for concept in marker_class.concepts if concept in each}
    words = [word for each in found for concept in held for word in each.get(concept, ())]
    return not {"mild", "severe"} <= held and any(
        thing <= contents(statement[0]) for sentence in sentences for thing in things_of(words, sentence)
    )


def _beside(concept: str, said: Markers, quoted: Sequence[Markers]) -> bool:
    """Whether the statement tells of one of two groups that each quote sets side by side."""
    for group in side_by_side():
        if concept in group and any(
            other in said and all(other in found for found in quoted) for other in group if other != concept
        ):
            return True
    return False


@cache
def _generic(language: Language) -> re.Pattern[str]:
    words = table("wording.yaml")["generic_population"][language]
    return re.compile(rf"(?:{alternatives(words)})\b", re.IGNORECASE)
