"""A statement says what its quotes say, no more and no less (GR2).

A verbatim whole sentence carries itself. Anything else blocks where a word of meaning contradicts the quotes, and
otherwise waits for a named medical reviewer, who is shown what of the quotes it leaves out. Rule: design, "Grounding", points 2 to 4.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from guardrails.added import added
from guardrails.altered import altered, joined
from guardrails.altered_quantities import altered_quantities
from guardrails.answers import Text
from guardrails.attestation import fingerprint
from guardrails.checks.each import each_segment
from guardrails.checks.ranks import ranks_in_source
from guardrails.checks.stems import free_stem
from guardrails.checks.translated import told_otherwise_across
from guardrails.differences import Difference, differences, near_copy_differences
from guardrails.in_place import changed_in_place, turned_signs
from guardrails.in_short import in_short
from guardrails.judge import SignalsJudge
from guardrails.model import CheckContext, Document, Finding, Segment, Severity
from guardrails.moved import cells_moved, exchanged, turned_round
from guardrails.names import another_study, foreign_names, put_in_its_place
from guardrails.near_copy import NearCopy, misplaced_quantities, near_copy
from guardrails.near_words import changed_words
from guardrails.nearness import told_freely, translated
from guardrails.overlap import folded, kinship
from guardrails.packs import Rule
from guardrails.product import ProductSheet
from guardrails.relations import Relations, relations
from guardrails.spelling import respelled
from guardrails.spliced import spliced
from guardrails.subject import foreign_subject
from guardrails.tables import table
from guardrails.typesetting import without_pointers
from guardrails.unlike import DOUBTFUL, LEAST, NEAR, likeness
from guardrails.unshared import unshared
from guardrails.verbatim import is_verbatim

_PREFIX = re.compile(r"^(?:[dl]['’])?hyp(?:er|o)(?=\w{4})")
_CODE = re.compile(r"(?=.*[^\W\d_])(?=.*\d)\w+")
_JUDGE = SignalsJudge()
"""Ranks what a reviewer should look at first; it decides nothing."""


@each_segment
def wording_agrees(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """Judge a cited statement that is not verbatim, and a quiz question in free words."""
    yield from free_stem(rule, segment, document, context)
    if segment.kind != "statement" or not segment.citations or is_verbatim(segment):
        return
    written, segment = segment, in_short(respelled(without_pointers(segment)))
    headings = _headings(segment, context)
    copy = near_copy(segment)
    near = near_copy_differences(copy, segment, headings) if copy else ()
    read = relations(segment, [ProductSheet(context.product, context.market).names()])
    found = list({(d.how, d.concept): d for d in (*differences(segment, headings), *near)}.values())
    if read.compares_alike:  # "B more than A" for "A less than B"
        found = [d for d in found if d.marker_class.name != "direction"]
    found = _not_given(found, segment, context)
    heard = list(_contradictions(rule, segment, copy, found, read, context))
    yield from heard
    if copy:
        yield from _edited(rule, segment, copy, context, heard=any(f.severity == "block" for f in heard))
    if not any(f.severity == "block" for f in heard):
        for put in added(segment, _around(segment, headings, context)):
            yield rule.finding(segment.id, "joined", said=put)
    doubts = [d.marker_class.labels["en"] for d in found if not d.blocks]
    wording = "translated" if translated(segment) else "reworded"
    yield rule.finding(
        segment.id,
        wording,
        "needs_review",
        text=written.text,
        differences=doubts,
        judge=_judged(written, context),
        **({} if translated(segment) else _beside_its_quotes(written)),
    )


def _beside_its_quotes(segment: Segment) -> Mapping[str, Sequence[str]]:
    """For the reviewer's eye: which stretches of its quotes the statement does not tell, and which of it they do not."""
    quotes = list(dict.fromkeys(c.quote for c in segment.citations))
    left_out = [stretch for quote in quotes for stretch in unshared(quote, [segment.text])]
    return {"left_out": left_out, "own_words": list(unshared(segment.text, quotes))}


def _contradictions(
    rule: Rule,
    segment: Segment,
    copy: NearCopy | None,
    found: Sequence[Difference],
    read: Relations,
    context: CheckContext,
) -> Iterator[Finding]:
    """Each thing that the statement says otherwise than its quotes."""
    for difference in found:
        if difference.blocks:
            yield _contradiction(rule, segment, difference)
    yield from _foreign(rule, segment, copy, context)
    for contradiction in read.contradictions:
        waits = contradiction.variant == "asserted" and told_freely(segment) and not translated(segment)
        severity: Severity | None = "needs_review" if waits else None
        yield rule.finding(segment.id, contradiction.variant, severity, **contradiction.evidence)
    yield from told_otherwise_across(rule, segment, compares_alike=read.compares_alike)
    for changed in changed_words(segment):
        yield rule.finding(segment.id, "near_word", said=changed.said, quoted=changed.quoted or "–")
    if pieces := spliced(segment):
        yield rule.finding(segment.id, "spliced", first=pieces[0], second=pieces[1])


def _edited(
    rule: Rule, segment: Segment, copy: NearCopy, context: CheckContext, *, heard: bool
) -> Iterator[Finding]:
    """What was exchanged, moved or cut out in a statement that copies a sentence of its quotes.

    `heard`: something blocks it already, and says better what is wrong than that a word is another one.
    """
    quotes = [(citation.quote, citation.quote_language) for citation in segment.citations]
    others = () if heard else altered(copy, _own_names(context))
    figures = altered_quantities(copy, segment.text, segment.language, quotes)
    signs = turned_signs(segment.text, copy.sentence)
    changed = dict((*others, *figures, *signs) or changed_in_place(copy, segment.language))
    for said, quoted in changed.items():
        yield rule.finding(segment.id, "altered", said=said, quoted=quoted)
    for put in joined(copy, (quote for quote, _ in quotes)):
        yield rule.finding(segment.id, "joined", said=put)
    if moved := (
        exchanged(copy) or cells_moved(segment.text, copy.sentence) or (() if heard else turned_round(copy))
    ):
        yield rule.finding(segment.id, "swapped", numbers=list(moved))
    if numbers := list(misplaced_quantities(segment, copy)):
        yield rule.finding(segment.id, "borrowed", numbers=numbers)
    if narrow := copy.widened(segment.language):
        yield rule.finding(segment.id, "widened", words=" ".join(narrow))
    if not heard and (clause := copy.unconditioned()):
        yield rule.finding(segment.id, "condition", words=clause)


def _around(segment: Segment, headings: Sequence[Text], context: CheckContext) -> list[str]:
    """What a statement may say beside its quotes: the product's names, what stands over the quotes, the sources' titles."""
    heads = (word for c in segment.citations if c.header for word in c.header.words)
    over = (words for words, _ in headings)
    return [*sorted(_own_names(context)), *over, *(c.title for c in segment.citations), *heads]


def _own_names(context: CheckContext) -> frozenset[str]:
    sheet = ProductSheet(context.product, context.market)
    return frozenset(
        folded(word) for name in (*sheet.names(), *sheet.texts("synonyms")) for word in name.split()
    )


def _not_given(found: list[Difference], segment: Segment, context: CheckContext) -> list[Difference]:
    """Without ", a secondary endpoint" where the source says so outside the quote."""
    if not any(_is_rank(difference) for difference in found):
        return found
    given = ranks_in_source(segment, context)
    return [d for d in found if not (_is_rank(d) and d.concept in given)]


def _is_rank(difference: Difference) -> bool:
    return difference.how == "added" and difference.marker_class.name == "rank"


def _headings(segment: Segment, context: CheckContext) -> list[Text]:
    """What stands over the quotes in their sources, which belongs to what they say."""
    cited = (context.passages.get(citation.passage) for citation in segment.citations)
    found = [(words, e) for e in cited if e for words in (e.section or (e.heading,))]
    return [(words, e.language) for words, e in found if words and folded(words) != folded(e.title)]


def _judged(segment: Segment, context: CheckContext) -> Mapping[str, object]:
    """How likely the quotes carry it: by the judge whose note the context holds, else by the embedded one.

    A judge that did not score is named with its reason, and the embedded one stands in.
    """
    quotes = [(c.quote, c.quote_language) for c in segment.citations]
    embedded = _JUDGE.judge(segment.text, segment.language, quotes)
    own: dict[str, object] = {
        "name": embedded.judge,
        "score": embedded.score and round(embedded.score, 2),
        "why": embedded.why,
    }
    notes = context.extra.get("judgements")
    note = notes.get(fingerprint(segment)) if isinstance(notes, Mapping) else None
    if not isinstance(note, Mapping):
        return own
    score = note.get("score")
    if not isinstance(score, int | float) or not 0 <= score <= 1:
        return {**own, "unscored": {"name": note.get("name"), "why": note.get("why")}}
    said = {key: note[key] for key in ("name", "why", "votes") if key in note}
    return {**said, "score": round(score, 2), "beside": own}


def _contradiction(rule: Rule, segment: Segment, difference: Difference) -> Finding:
    labels = difference.marker_class.labels
    words = sorted(set(difference.words))
    return rule.finding(
        segment.id,
        difference.how,
        label=labels["en"],
        label_fr=labels["fr"],
        concept=difference.concept,
        words=words,
        quotes=[citation.quote for citation in segment.citations],
    )


def _foreign(
    rule: Rule,
    segment: Segment,
    copy: NearCopy | None,
    context: CheckContext,
) -> Iterator[Finding]:
    """What the quotes do not speak of: a name that they do not hold, or the statement's whole subject."""
    sheet = ProductSheet(context.product, context.market)
    headings = [e.heading for c in segment.citations if (e := context.passages.get(c.passage))]
    quotes = [c.quote for c in segment.citations]
    own = (*sheet.names(), *sheet.texts("synonyms"))
    around = [*quotes, *headings, *(c.title for c in segment.citations), *own]
    across = translated(segment)
    foreign = set(foreign_names(segment.text, around, sheet.texts("competitors"), same_language=not across))
    if across:
        for names in (own, ("placebo",)):
            foreign |= set(put_in_its_place(segment.text, quotes, names, around))
        foreign |= set(another_study(segment.text, quotes))
    if copy:
        foreign |= set(_renamed(copy, sheet))
    for name in sorted(foreign):
        yield rule.finding(segment.id, "name", name=name, quotes=quotes)
    covered = None if across else foreign_subject(segment, headings, sheet.names())
    alike = _meaning(segment, quotes, asked=across or covered is not None)
    if alike is not None and alike < LEAST:
        yield rule.finding(segment.id, "unlike", alike=round(alike, 2), quotes=quotes)
    elif covered is not None and (alike is None or alike < NEAR):
        yield rule.finding(segment.id, "other_subject", covered=round(covered, 2), quotes=quotes)


def _meaning(segment: Segment, quotes: Sequence[str], *, asked: bool) -> float | None:
    """How near in meaning the statement is to its quotes, where words leave a doubt; None for a row, which is no sentence."""
    rows = any(citation.header for citation in segment.citations)
    if rows or not quotes or not (asked or kinship(segment.text, quotes) < DOUBTFUL):
        return None
    return likeness(segment.text, quotes, segment.citations[0].quote_language)


def _renamed(copy: NearCopy, sheet: ProductSheet) -> Iterator[str]:
    """Words in the place of the product's name that are no name of it, and hyper- for hypo-."""
    own = {folded(name) for name in (*sheet.names(), *sheet.texts("synonyms"))}
    plain = {folded(word) for words in table("names.yaml")["in_its_place"].values() for word in words}
    for quoted, said in copy.renamed():
        if folded(quoted) in own and folded(said) not in own | plain and said not in copy.quoted:
            yield said
        if _PREFIX.sub("", quoted) == _PREFIX.sub("", said) and quoted != said:
            yield said
        if _CODE.fullmatch(quoted) and _CODE.fullmatch(said):
            yield said
