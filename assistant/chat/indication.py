"""Is a use or an effect asked about in a disease that the indication does not name (rule CH10)?"""

import re
from collections.abc import Iterator, Sequence

from assistant.chat.wording import flat
from assistant.engines.units import Unit
from assistant.retrieval.shorthand import otherwise
from assistant.store.words import query_stems, stems

_WORKS = (
    r"\b(?:effective|efficacious|efficacy|works?|working|benefit\w*|help(?:s|ful)?|treats?|cures?|useful)\b"
    r"|\b(?:efficace?s?|efficacite|marche|fonctionne|agit|benefi\w+|utile|soigne\w*|traite|guerit|aide)\b"
)
_USED = (
    r"\b(?:used?|using|prescribe[ds]?|given?|give|administered|indicated|approved|licensed|authori[sz]ed|recommended|start(?:ed)?|option)\b"
    r"|\b(?:utilis\w+|prescri\w+|donner|donnee?|administr\w+|indique\w*|autorise\w*|recommande\w*|instaur\w+|employ\w+|proposer?)\b"
)
_PURPOSE = r"\b(?:for|against|to treat|to cure|treating|pour (?:traiter |soigner )?|contre|pour traiter|traiter|soigner)\b"
_PLACE = r"\b(?:in|with|of|dans|chez|en cas de|en|avec|de)\b"
_BARE_PLACE = r"in|for|against|dans|pour|contre|en cas d[e']"
_LABELLED_FOR = r"\b(?:indicated|approved|licensed|authori[sz]ed|indique\w*|autorise\w*)\b"
_TO_TREAT = r"\b(?:treats?|cures?|soigne|traite|traiter|soigner|guerit)\b"
_DISEASE = re.compile(
    r"(?P<generic>\b(?:disease|failure|syndrome|disorders?|insufficiency|maladies?|syndromes?|troubles?|insuffisance|dysfunction)\b)"
    r"|(?P<own>\b\w{3,}(?:itis|osis|pathy|pathies|oma|algia|algie|pathie|plegia|plegie|phrenia|phrenie|uria|urie)\b"
    r"|\b(?:arthrite|bronchite|hepatite|gastrite|myocardite|pericardite|nephrite|vascularite|colite|dermatite|cirrhose|fibrose|arthrose|psoriasis"
    r"|thrombose|sclerose|tuberculose|osteoporose|endometriose|amylose|nephrose)\b"
    r"|\b(?:cancers?|tumou?rs?|tumeurs?|carcinom\w+|melanom\w+|leuk\w+|leucem\w+|hypertensi(?:on|ve|f)|hypertendus?|diabet\w+|infarct\w*|strokes?|avc|asthma|asthme"
    r"|copd|bpco|fibrillation|obes\w+|overweight|depressi\w+|anxiet\w+|migraines?|insomni\w+|infections?|epileps\w+|dementia|demence|alzheimer"
    r"|parkinson|angina|angor|arrhythmi\w+|arythmi\w+|tachycardi\w+|an[ae]+mi[ae]|lupus|eczema|acne|acn[e]|menopaus\w+|gout|goutte|hyperaldosteronism\w*"
    r"|hyperaldosteronisme|ascites?|sepsis|schizophreni\w+|autis\w+|covid\w*|dyslip\w+|hypercholest\w+|alopecia|alopecie|hair loss|weight loss|allerg\w+"
    r"|hfpef|hfmref|hf-pef|icfep|ckd|mrc|hirsutism\w*|hypertroph\w+|preeclampsia|preeclampsie|stenos\w+|glaucom\w+|embolisms?|embolies?)\b)"
)
_GROWTH = re.compile(r"cancers?|tumou?rs?|tumeurs?|carcinom\w+")
"""Of which an organ is named beside."""
_ORGANS = (
    ("breast", "sein"),
    ("prostate", "prostate"),
    ("lung", "poumon", "bronchique", "pulmonaire"),
    ("ovarian", "ovary", "ovaire"),
    ("bladder", "vessie"),
    ("kidney", "renal", "rein"),
    ("liver", "hepatocellular", "foie", "hepatocellulaire"),
    ("colorectal", "colon"),
    ("stomach", "gastric", "estomac", "gastrique"),
    ("pancreas", "pancreatic", "pancreatique"),
    ("thyroid", "thyroide"),
    ("endometrial", "uterus", "endometre"),
    ("cervical", "cervix", "col"),
    ("skin", "peau"),
    ("brain", "cerveau", "cerebral"),
)
"""Where a growth is, in both languages."""
_QUALIFIER = re.compile(
    r"\b(?:preserved|mildly reduced|preservee?|conservee?|moderement (?:reduite|alteree)|acute|aigue?s?|decompensated|decompensee?|diastolic|diastolique"
    r"|type [12]|asymptomatic|asymptomatique|right|droite)\b"
)
_SPECIAL = re.compile(
    r"\b(?:renal|kidney|renale?s?|reins?|hepat\w+|liver|foie|cirrho\w+|dialys\w+|hyperkal\w+|hypotens\w+|pregnan\w+|grossesse|lactose|intoleran\w+|hypersensitiv\w+|allerg\w+)\b"
)
"""Special populations and warnings of a label: their use is a question to the label itself."""
_WARNED = re.compile(
    r"\bcontra-?\s?indic|\bcontre-?\s?indi|\bcaution|\bwarning|\bprecaution|\bmises? en garde|\bavoid|\beviter|\bsafe(?:ty|ly)?\b"
    r"|\brisks?\b|\brisques?\b|\bmonitor|\bsurveill"
)
"""What is asked of the label itself, whatever disease it is asked about."""
_PEOPLE = r"(?:patiente?s?|people|persons?|those|subjects?|adults?|adultes?|sujets?|personnes?|malades|women|men|femmes|hommes|population)"
_HAVING = r"(?:with|having|who (?:have|has)|avec|ayant|atteinte?s? d[eu']|presentant|souffrant d[eu']|porteu(?:rs?|ses?) d[eu'])"
_OF_PEOPLE = re.compile(
    rf"\b{_PEOPLE}\b(?: {_HAVING})?(?: (?:an?|the|une?|le|la|les|l'|du|des?))* ?(?:\w+ )?$"
    r"|\bchez (?:les? |la |une? |des |l'|mon |ma |mes |ce |cette )?(?:\w+ )?$"
)
"""Those who have the disease besides: a subgroup of those who are treated, not what they are treated for."""
_ARE_PEOPLE = re.compile(rf"^(?:\w*(?:ics|tics))\b|^\w+ {_PEOPLE}\b")
_RESULTS = frozenset({"result", "conclusion"})
_STOPS = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "d",
        "l",
        "et",
        "and",
        "or",
        "ou",
        "chez",
        "in",
        "with",
    ]
)


def asks_of_a_disease(question: str, names: Sequence[str] = ()) -> bool:
    """Whether the question is of use or effect, and names a disease: only then is the indication looked up.

    The product, “in” and a disease are a question of use by themselves; `names` are the product's.
    """
    said = flat(question)
    return bool(_DISEASE.search(said) and (re.search(f"{_WORKS}|{_USED}", said) or _names_both(said, names)))


def _names_both(said: str, names: Sequence[str]) -> bool:
    """Whether nothing is said but the product and, behind “in” or “for”, a few words: “Nalorel in migraine?”."""
    called = "|".join(re.escape(flat(name)) for name in names if name)
    return bool(called) and bool(
        re.match(rf"\W*(?:{called})\W* (?:{_BARE_PLACE})\b(?:[ '-]\w+){{1,5}}\W*$", said)
    )


def names_a_disease(text: str) -> bool:
    """Whether a disease is named in the text."""
    return _DISEASE.search(flat(text)) is not None


def holds_an_indication(units: Sequence[Unit]) -> bool:
    """Whether a label among these says what the medicine is for."""
    return any(unit.source_kind == "label" and unit.zone == "indication" for unit in units)


def beyond_indication(
    question: str, units: Sequence[Unit], names: Sequence[str] = (), *, of_other_language: bool = False
) -> bool:
    """Whether the question is of use or effect in a disease that section 4.1 does not name.

    Use in a population of which sections 4.2 to 4.6 speak ("in severe hepatic impairment") is a question to the label;
    efficacy, or use for that disease, is not, but for efficacy in those of the treated who have it too, where results
    in them are reported ("is it effective in diabetics?" of a medicine for the heart). False where the sources hold no indication: nothing can be told then.
    Of units in another language than the question's, only a disease of which both languages' words are known is told to be beyond.
    """
    said = flat(question)
    if _WARNED.search(said):
        return False
    indicated = [unit for unit in units if unit.source_kind == "label" and unit.zone == "indication"]
    if not indicated:
        return False
    works, used = re.search(_WORKS, said), re.search(_USED, said)
    if not (works or used or _names_both(said, names)):
        return False
    purpose = works is not None or bool(re.search(_LABELLED_FOR, said))
    named = _stems(" ".join(unit.text for unit in indicated))
    named |= _in_both_languages(indicated, named) if of_other_language else frozenset()
    cautioned = _stems(
        " ".join(
            u.text
            for u in units
            if u.zone in {"dose", "contraindication", "warning"} and u.source_kind == "label"
        )
    )
    reported = _stems(" ".join(unit.text for unit in units if unit.zone in _RESULTS or unit.abstract))
    for match in _diseases(said, of_other_language=of_other_language):
        before = said[: match.start()]
        if _among_the_treated(match, said) and _named(match, said, reported):
            continue
        treated = bool(re.search(rf"{_TO_TREAT}|{_PURPOSE}[^.?!,]{{0,30}}$", before))
        if not (treated or re.search(rf"{_PLACE}[^.?!,]{{0,40}}$", before)):
            continue
        if _named(match, said, named):
            if not of_other_language and any(not _stems(q[0]) & named for q in _QUALIFIER.finditer(said)):
                return True
            continue
        if purpose or treated or not (_SPECIAL.search(said) or _named(match, said, cautioned)):
            return True
    return False


def _diseases(said: str, *, of_other_language: bool) -> Iterator[re.Match[str]]:
    """The diseases of a question; of those that are sought in another language, the ones that have a known word in each."""
    for match in _DISEASE.finditer(said):
        if not of_other_language or _known_in_both(match, said):
            yield match


def _in_both_languages(indicated: Sequence[Unit], named: frozenset[str]) -> frozenset[str]:
    """The stems of what the indications are called in the other language, as far as that is known."""
    terms_of = (otherwise(unit.text).values() for unit in indicated)
    others = " ".join(term for found in terms_of for terms in found for term in terms)
    organs = " ".join(" ".join(organ) for organ in _ORGANS if any(_stems(word) & named for word in organ))
    return _stems(f"{others} {organs}")


def _known_in_both(match: re.Match[str], said: str) -> bool:
    """Whether the disease has a known word in each language: of a growth, its organ has."""
    words = re.findall(r"\w+", said[: match.start()])[-1:] + re.findall(r"\w+", said[match.end() :])[:3]
    if _GROWTH.fullmatch(match[0]):
        return any(set(words) & set(organ) for organ in _ORGANS)
    around = f"{words[0] if match.start() else ''} {said[match.start() :]}"
    return any(match[0] in term.split() for term in otherwise(around))


def _among_the_treated(match: re.Match[str], said: str) -> bool:
    """Whether those are asked about who have the disease ("in diabetics", "chez les diabétiques"), and not the disease."""
    before, after = said[: match.start()], said[match.start() :]
    return bool(_OF_PEOPLE.search(before) or _ARE_PEOPLE.search(after))


def _named(match: re.Match[str], said: str, named: frozenset[str]) -> bool:
    """Whether the words of the disease stand among the stems; of "heart failure", both have to, and of "breast cancer"."""
    if not _stems(match[0]) & named:
        return False
    growth = bool(_GROWTH.fullmatch(match[0]))
    if match["generic"] is None and not growth:
        return True
    beside = [w for w in re.findall(r"\w+", said[: match.start()])[-1:] if w not in _STOPS]
    beside += [w for w in re.findall(r"\w+", said[match.end() :])[:3] if w not in _STOPS][:1]
    if growth:
        beside = [word for word in beside if not re.fullmatch(_PEOPLE, word)]
        return not beside or any(_stems(word) & named for word in beside)
    return any(_stems(word) & named for word in beside)


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        {s for word in re.findall(r"[^\W\d_]{2,}", flat(text)) for s in query_stems(word)}
        | {s for language in ("en", "fr") for s in stems(text, language)}
    )
