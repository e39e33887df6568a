"""Can a sentence stand alone, under a heading, in front of somebody who has not read what surrounds it?"""

import re
from collections.abc import Mapping

from assistant.engines.cues import (
    BOILERPLATE,
    CAPTION_LIKE,
    COMPARED,
    CONDITION,
    DANGLING_PHRASE,
    DANGLING_START,
    EFFECT,
    ELSEWHERE,
    FINITE_VERB,
    FORBIDS,
    IMPERSONAL,
    LEGEND,
    RESTRICTS,
)

SHORTEST = 6
"""Words of a sentence that still says something."""
LONGEST: Mapping[str, int] = {"en": 50, "fr": 60}
"""Words that a reader takes in at once: a label's sentence takes a fifth more of them in French."""
SHORTEST_BULLET = 4

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
"""Intervals and p-values in brackets are skipped by a reader's eye: they do not make a sentence hard to follow."""
_WORD = re.compile(r"[^\W_]+(?:['’\-/.,][^\W_]+)*")
_CROSS_REFERENCE = re.compile(
    r"\(?\b(?:see|cf\.?|voir|refer to) (?:also )?(?:sections?|rubriques?|tables?|tableaux?|figures?|appendix|annexe)"
    r"\b[^).;]*(?:\d\.\d[^).;]*)*\)?",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"[a-zà-ÿ]{2}[.;:!?][A-ZÀ-Ý][a-zà-ÿ]"  # "patients.The"
    r"|\b[a-zà-ÿ]{3,}[A-ZÀ-Ý][a-zà-ÿ]{2,}"  # "resultsThe"
    r"|\ufffd|[\ue000-\uf8ff]"
    r"|(?:\b\w ){5}"  # l e t t e r s
)
_UNPARTED = re.compile(r"[a-zà-ÿ]{2}\. [A-ZÀ-Ý][a-zà-ÿ]{2,} [a-zà-ÿ]{2,}")
"""Two sentences that the reader did not part."""
_ENDS = re.compile(r"[.!…][\"”’»)\]\s]*(?:\d{1,3}(?:[,–-]\d{1,3})*)?$")
"""A full stop, closing marks, and perhaps the figures of a reference set after it."""
_HANGS = re.compile(
    r"(?:[,:;(\-–]|\b(?:and|or|of|the|a|an|in|to|for|with|by|et|ou|de|du|des|la|le|les|un|une|dans|à|pour|avec|par|que))\s*$",
    re.IGNORECASE,
)
_NAMES_OF_PEOPLE = re.compile(
    r"(?:\b[A-Z]{1,3} [A-Z][a-zà-ÿ]+[,;]? ?){3}|(?:\b[A-Z][a-zà-ÿ]+ [A-Z]{1,3}[,;.] ?){3}"
)
_OPENERS = "«“\"'‘([ \u00a0"
_SIGNS = "≥≤<>~±"
_MINUS = re.compile(r"[-–−]\s?\d")
_RUN_IN = re.compile(
    r"^(?:background|methods?|findings|interpretation|results?|conclusions?|objectives?|aims?|purpose|introduction|funding|summary"
    r"|contexte|méthodes?|résultats?|objectifs?|interprétation)\s*:?\s+(?-i:[A-ZÀ-Ý])",
    re.IGNORECASE,
)
"""A heading that was set in the line of its paragraph."""
_LATE_PRONOUN = re.compile(
    r"^[^,]{3,60}, (?:these|this|those|they|he|she|ces|cette|cet|ils|elles|elle|celui-ci|celle-ci)\b",
    re.IGNORECASE,
)
"""“During clinical trials, these changes were reversible.”"""
_THE_MEDICINE = re.compile(r"^(?:this medicin(?:al product|e)|ce m[ée]dicament)\b", re.IGNORECASE)
THE_ANALYSIS = re.compile(
    r"^(?!.*\b(?:such|tels?|telles?)\b)(?:(?:this|the present) (?:post.?hoc|pooled|secondary|prespecified) (?:\w+ )?analysis|cette analyse (?:post.?hoc|poolée|groupée|secondaire|a posteriori))\b",
    re.IGNORECASE,
)
"""What a paper calls itself."""
_POINTS_BACK = re.compile(
    r"\b(?:these|those|such|this|ces|cette|ce) (patients?|populations?|groups?|groupes?|subjects?|sujets?|cas\b|cases?|treatments?"
    r"|traitements?|m[ée]dicaments|drugs?|medicines|results?|r[ée]sultats?|findings|effects?|effets?|changes?|reactions?|r[ée]actions?"
    r"|events?|conditions?|diseases?|maladies?|settings?|analys[ei]s|decreases?|increases?|reductions?|elevations?|improvements?"
    r"|differences?|diminutions?|augmentations?|r[ée]ductions?|am[ée]liorations?|diff[ée]rences?|women|men|children|femmes|enfants)\b",
    re.IGNORECASE,
)
"""“… in these patients.”: of whom, the sentence itself has to say before."""
_LABELLED = re.compile(r"^(?:\d+(?:\.\d+)*\.?|\d{1,2}[-–)°]|[a-z]\)|[ivx]+\))\s")
NOTE = re.compile(r"^(?:\((?:\d{1,2}|[a-z])\)|[*†‡§]+|[¹²³ᵃᵇᶜ])\s?(?=\S)")
"""The note below a table, or to a word of a page, by its mark: alone it does not say to what."""
_COUNTED_OFF = re.compile(
    r"^(?:(?:number|point|message|num[ée]ro|and|et)\s)*(?:the |la |le |l.)?(?:one|two|three|four|five|first|second|third|last|un|une|deux|trois"
    r"|quatre|cinq|premi[èe]re?|deuxi[èe]me|second(?:e)?|troisi[èe]me|derni[èe]re?|\d)(?:ly|ement)?(?: (?:point|message|one))?\s?[:,] ",
    re.IGNORECASE,
)
"""“Number two: …” of a list that the speaker is counting off."""
_POINTED_AT = re.compile(
    r"\b(?:that|this|these|those) ones?\b|\b(?:celui|celle|ceux|celles)-(?:l[àa]|ci)\b|\bl[àa],? c.est\b|\b[çc]a\b",
    re.IGNORECASE,
)
"""Words that point at what stood on the slide or was said before: “…, and that one is contraindicated.”"""
_OWN_NOUN = re.compile(
    r"(?<=\w )(?:lorsque|si|quand|car|parce que|dès que|tant que) (?:celui|celle|ceux|celles)-ci\b",
    re.IGNORECASE,
)
"""“… en association à un bêta-bloquant ou lorsque celui-ci est mal toléré”: the sentence itself names what."""
_BARE_EFFECT = re.compile(
    r"^(?:the|la|le|l.) ?(?:absolute |relative |mean |median )?(?:differences?|hazard ratio|odds ratio|reduction|increase|p.value|diff[ée]rence|r[ée]duction"
    r"|augmentation|diminution|rapport de risques?)(?: (?:absolue|relative|moyenne))? (?:was|were|is|[ée]tait|est|a [ée]t[ée])"
    r" (?:de |d['’])?[-–−]?\d"
    r"|^(?:des )?(?:differences?|diff[ée]rences?) (?:were|was|ont [ée]t[ée]) (?:also )?(?:observed|seen|found|noted|observ[ée]es?|constat[ée]es?)"
    r"(?!.*\b(?:in|between|for|with|of|dans|entre|chez|pour|de|d['’])\b)",
    re.IGNORECASE,
)
"""“The difference was 2.3 points”, “The hazard ratio was 0.24”: of what?"""
_PART_OF_NOTHING = re.compile(
    r"^(?:une (?:grande |petite |bonne )?partie|la (?:plupart|majorit[ée]|moiti[ée])|a (?:large |great |small )?part|the majority|most|half)\s"
    r"(?!d[eu]s?\b|d['’]|of\b|common|frequent|[a-z]+s\b)",
    re.IGNORECASE,
)
"""“A large part rests on …”: of what?"""
_CONDITION_OF_NOTHING = re.compile(
    r"^(?:if|si|unless|until|once|when) (?!(?:necessary|needed|possible|required|appropriate|indicated|applicable|available|feasible|tolerated|missed|swallowed|relevant|desired"
    r"|nécessaire|possible|besoin|requis|indiqué|applicable|disponible|toléré)\b)[^\W\d_]+,",
    re.IGNORECASE,
)
"""“If confirmed, continue to monitor …”: what is to be confirmed stands before it."""
_MEASURE_OF_NOTHING = re.compile(
    r"^(?:(?:and |but |so )?(?:if|when|once) (?:it|they)(?: is|.s| are|.re| was| were| gets?| goes| rises?| falls?| stays?| remains?)(?: still)?"
    r"|(?:et |mais |donc )?(?:si|quand) (?:elle|ils|elles) (?:est|sont|reste|restent|passe|passent|monte|montent|descend|descendent)"
    r"|(?:et |mais |donc )?(?:s.ils?|quand il|(?:lorsqu.)(?:ils?|elles?)) (?:est|sont|reste|restent|passe|passent|monte|montent|descend|descendent))"
    r" (?:(?:more|less|higher|lower|greater) than|above|below|over|under|between|equal to|sup[ée]rieure?s? [àa]|inf[ée]rieure?s? [àa]|au-dessus|en dessous|au-dessous"
    r"|entre|(?:à )?plus de|(?:à )?moins de|[<>≥≤])\s?(?:d[e']\s?)?\d"
    r"|^(?:below|above|under|over|au-dessous de|au-dessus de|en dessous de) \d+(?:[.,]\d+)?,\s"
    r"|^(?:if|when|once) (?:it|they) exceeds? \d|^(?:si|quand|lorsqu.) ?(?:elles?|ils?) d[ée]passe(?:nt)? \d|^s.ils? d[ée]passe(?:nt)? \d",
    re.IGNORECASE,
)
"""“If it is more than 5.5, …”, “Below 30, …”: what is measured stands before it."""
_RESPECTIVELY = re.compile(r",?\s*\b(?:respectively|respectivement)\b", re.IGNORECASE)
_ENDS_WITH_FIGURES = re.compile(
    r"\d\S*(?:\s[^\W\d_]+){0,2}\s+(?:and|or|et|ou)\s+\S*\d\S*(?:\s[^\W\d_]+){0,2}\s*,?\s*(?:respectively|respectivement)\W*$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"[,;/&]|\b(?:and|or|versus|vs|between|both|two|three|than|as well as|compared|to|et|ou|contre|entre|deux|trois|que|ainsi que|compar\w+)\b",
    re.IGNORECASE,
)
_REST_OF = re.compile(
    r"\b(?:of|among|amongst) (?:the|all) (?:remaining|other) (?:adverse|undesirable|side|reported|patients|participants|events|reactions|effects|cases)"
    r"|\b(?:parmi|de tous) les autres (?:effets|événements|réactions|patients|cas)\b",
    re.IGNORECASE,
)
"""“… are most frequent of the remaining adverse events.”: which come before them is not said."""
_COUNTED_ALREADY = re.compile(
    r"^(?:the|les|ces) (?:\d|two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq|six|sept|huit|neuf|dix) "
    r"(?:patients?|participants?|subjects?|sujets?|cases|cas|deaths|décès|women|femmes|men|hommes|events|événements)\b",
    re.IGNORECASE,
)
"""“The 2 patients in the placebo group …”: of what they were counted stands before it."""
_REPLY = re.compile(r"^(?:yes|no|oui|non|si|right|exactly|exactement|absolument),", re.IGNORECASE)
_LABEL_AND_FIGURE = re.compile(r"^[^:]{1,80}:\s*[<>≤≥~]?\s*[\d.,]+\s*\S{0,8}$")
"""“Prevalence, type 1: 0.32%”: a cell of a table."""
_NO_SUBJECT = re.compile(
    r"^(?:transmet|re[çc]oit|fournit|permet|comprend|contient|communique|attribue|d[ée]pose|chiffre|d[ée]chiffre|envoie|ouvre|prend|extrait)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\d\s?(?:%|‰|€|(?:m?g|kg|[µm]g|m?[lL]|mmHg|mmol|ans|mois|cas)\b)|(?:\d\d|\d[.,]\d+)\s[^\W\d_]{4,}|\bn\s?=\s?\d"
)
"""A figure with what it counts or measures."""
_SHORTEST_WITHOUT_VERB, _SHORTEST_CONCLUSION = 7, 9


def words(text: str) -> int:
    """How many words: numbers count, punctuation does not."""
    return len(_WORD.findall(text))


def without_cross_references(text: str) -> str:
    """The text without "(see section 4.4)" and the like."""
    return _CROSS_REFERENCE.sub("", text)


def refusal(text: str, kind: str, language: str, *, slide: bool = False) -> str | None:
    """Why the unit cannot stand alone, as a short code, or None where it can.

    `kind` is sentence, bullet or block; `slide` says that its slide's title will stand above it, which lets a
    fragment pass as a bullet.
    """
    if kind not in {"sentence", "bullet", "block"}:
        return "not_prose"
    return (
        _shape(text, kind, language, slide=slide)
        or _noise(text)
        or ("glued" if kind != "block" and _UNPARTED.search(text) else None)
        or _dangling(text, language)
        or (None if kind != "sentence" or FINITE_VERB[language].search(text) else "no_verb")
    )


def hangs_on_its_title(text: str, kind: str, language: str, title: str, *, concludes: bool = False) -> bool:
    """Whether a bullet or list of a slide says too little to be read alone, under the slide's title.

    A clause with a verb and its subject stands. Without a verb, a bullet needs a figure and the words that say of
    what; an effect needs its comparator, here or in the title. `concludes`: it stands under a conclusion.
    """
    if kind == "block":
        return any(item.lstrip().startswith("(") for item in text.split("\n")[1:])
    if kind != "bullet":
        return False
    if LEGEND.search(text) or (language == "fr" and _NO_SUBJECT.match(text)):
        return True
    if FINITE_VERB[language].search(text):
        return False
    if EFFECT.search(text):
        return not COMPARED.search(f"{title} {text}")
    return not _tells_without_a_verb(text, concludes=concludes)


_OF_THE_TALK = re.compile(
    r"^(?:objecti(?:fs?|ves?)|aims?|purpose|goals?|buts?|contexte|context|background|plan|agenda|outline|sommaire|ordre du jour|programme|introduction|rappels?|reminder"
    r"|questions?|next steps?|prochaines étapes|perspectives?|part(?:ie)? \w+|étapes? \w+|steps? \w+)\s*(?::|$|–|-\s)",
    re.IGNORECASE,
)
"""What a slide says of the talk: its aim, its plan, its next part."""


_AIMED = re.compile(r"(?:to\b|(?:d[e’']|à) ?\w+(?:er|ir|re)\b|\w+(?:er|ir|re)\b)", re.IGNORECASE)
"""An aim is told by an infinitive; whether it was reached it does not say."""
_TO_BE_LEFT = re.compile(r"\b(?:avoid|stop(?:ping)?|éviter|arrêt(?:er)?)\b", re.IGNORECASE)


def is_furniture(text: str, kind: str, language: str) -> bool:
    """Whether a bullet or a list of a slide only labels what is shown: a line of the agenda, the names of variables.

    A clause with a figure, or on what must not be, is none, whatever stands before its colon ("Reminder: X is contraindicated …").
    A list tells something where its line has a verb or says what to avoid, or most of its items have a verb or a figure with
    what it counts.
    """
    if label := _OF_THE_TALK.match(text):
        rest = text[label.end() :].lstrip()
        told = FINITE_VERB[language].search(rest) and not _AIMED.match(rest)
        return not (told and (any(map(str.isdigit, rest)) or FORBIDS.search(rest) or RESTRICTS.search(rest)))
    first, *items = text.split("\n")
    if kind != "block" or FINITE_VERB[language].search(first) or _TO_BE_LEFT.search(first):
        return False
    telling = sum(bool(FINITE_VERB[language].search(item) or _SHARE.search(item)) for item in items)
    return 2 * telling <= len(items)


def _tells_without_a_verb(text: str, *, concludes: bool) -> bool:
    count = words(text)
    is_scrap = _LABEL_AND_FIGURE.match(text) or CAPTION_LIKE.match(text) or "→" in text
    if is_scrap:
        return False
    return (concludes and count >= _SHORTEST_CONCLUSION) or (
        count >= _SHORTEST_WITHOUT_VERB and bool(_SHARE.search(text))
    )


def _shape(text: str, kind: str, language: str, *, slide: bool) -> str | None:
    count, most = words(without_cross_references(text)), LONGEST[language]
    first = text.lstrip(_OPENERS + ("•–- " if kind != "sentence" else ""))[:1]
    ends = bool(_ENDS.search(text))
    faults = (
        ("too_short", count < (SHORTEST_BULLET if slide and kind == "bullet" else SHORTEST)),
        ("too_long", kind != "block" and (words(_BRACKETED.sub("", text)) > most or count > 2 * most)),
        ("starts_low", first.islower()),
        (
            "starts_oddly",
            not (first.isalnum() or (kind == "bullet" and first in _SIGNS)) or bool(_MINUS.match(text)),
        ),
        ("question", "?" in text),
        ("truncated", (kind == "sentence" and not ends) or (kind == "bullet" and bool(_HANGS.search(text)))),
        ("fragment", kind == "bullet" and not slide and not ends),
        ("unbalanced", any(text.count(a) != text.count(b) for a, b in ("()", "[]", "«»", "“”"))),
    )
    return next((name for name, holds in faults if holds), None)


_CLASS_OF_FREQUENCY = re.compile(
    r"\b(?:common|uncommon|rare|fréquente?s?|rares?)\s?(?:\([^()]*\b1\s?/\s?10[^()]*\)|:?\s?[≥<>]\s?1\s?/\s?10[^,;:]*)\s?(?:[,;.]|and\b|or\b|et\b|ou\b|$)",
    re.IGNORECASE,
)
"""A class of frequency with its bounds and no reaction behind it: what the words of a table mean."""
_CLASSES = 3


def _noise(text: str) -> str | None:
    if BOILERPLATE.search(text) or len(_CLASS_OF_FREQUENCY.findall(text)) >= _CLASSES:
        return "boilerplate"
    if _GLUED.search(text) or _RUN_IN.match(text):
        return "glued"
    if _NAMES_OF_PEOPLE.search(text):
        return "names"
    letters = sum(character.isalpha() for character in text)
    if letters < 0.5 * len(text.replace(" ", "")) or _LABELLED.match(text):
        return "not_prose"
    upper = sum(character.isupper() for character in text)
    return "capitals" if upper > 0.5 * letters else None


_UNFINISHED = (
    DANGLING_PHRASE, _LATE_PRONOUN, _COUNTED_OFF, _PART_OF_NOTHING, _BARE_EFFECT, _REPLY, _CONDITION_OF_NOTHING, _COUNTED_ALREADY,
    _MEASURE_OF_NOTHING,
)  # fmt: skip


def shares_out_nothing(text: str) -> bool:
    """“The increases were 35 and 31 metres, respectively”: the figures are joined, and nothing that they belong to is."""
    plain = _BRACKETED.sub("", text)
    if not _ENDS_WITH_FIGURES.search(plain):
        return False
    return len(_JOINED.findall(_RESPECTIVELY.sub("", plain))) == 1


def _dangling(text: str, language: str) -> str | None:
    if ELSEWHERE.search(without_cross_references(text)):
        return "points_elsewhere"
    if IMPERSONAL.match(text) or _THE_MEDICINE.match(text) or THE_ANALYSIS.match(text):
        return None
    pointed = _POINTED_AT.search(_OWN_NOUN.sub("", text))
    if (
        any(p.match(text) for p in _UNFINISHED)
        or pointed
        or _REST_OF.search(text)
        or shares_out_nothing(text)
    ):
        return "dangling"
    if any(
        match[1][:5].lower() not in text[: match.start()].lower() for match in _POINTS_BACK.finditer(text)
    ):
        return "dangling"
    opener = (_WORD.findall(text.lower()) or [""])[0].split("'")[0].split("’")[0]
    if opener in CONDITION[language] and "," in text:
        return None
    return "dangling" if opener in DANGLING_START[language] else None
