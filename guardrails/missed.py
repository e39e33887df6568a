"""A benefit told in one breath with a primary endpoint that was not reached: "although it was missed, survival increased" (FR27)."""

import re
from collections.abc import Sequence

from guardrails.endpoints import says_missed
from guardrails.facts import claims
from guardrails.model import Language
from guardrails.plain import plain
from guardrails.risks import names_a_risk

_BREATHS = re.compile(
    r"[,;:.](?=\s)|\b(?:but|while|whereas|however|although|though|despite|in spite of|mais|tandis que|alors que|bien que|malgré|même si)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|et)\b", re.IGNORECASE)

# Over plain text: small letters, no accents.
_NEAR = r"(?:[^.;]|\.(?=\d))"
"""In one breath; a number's point ends none."""
_BURDEN = (
    r"(?<!clairance de la )creatinine?(?! clearance)|creatinin[ae]emi[ae]|potassium|body weight|weight|poids|qtc?(?: intervals?)?|intervalle qtc?|(?:systolic |diastolic )?blood pressure|"
    r"(?:pression|tension) arterielle(?: systolique| diastolique)?|heart rate|frequence cardiaque|hba1c|hemoglobine glyquee|(?:blood )?glucose|(?:nt-pro)?bnp|crp|ldl(?:[- ]c(?:holesterol)?)?|"
    r"(?<!hdl[- ])cholesterol|triglycerides?|uric acid|acide urique|urate|viral load|charge virale|proteinuri[ae]|albuminuri[ae]|tumou?rs?(?: sizes?)?|tumeurs?|lesions?|"
    r"chutes|fatigue|\w*acidos[ei]s?|acidocetose|fibros[ei]s?|necros[ei]s?|cirrhos[ei]s?|bilirubine?|mortality rates?"
)
"""What is measured and does harm where it rises."""
_CAPACITY = (
    r"ha?emoglobine?(?! (?:a1c|glyquee))|neutrophil\w*|platelets?|plaquettes?|lymphocyt\w+|leu[ck]ocyt\w+|white (?:blood )?cells?|globules blancs|cd4|e?gfr|dfge?|glomerular filtration(?: rate)?|"
    r"filtration glomerulaire|creatinine clearance|clairance de la creatinine|visual acuity|acuite visuelle|vision|ejection fraction|fraction d'ejection|fev1|vems|bone (?:mineral )?density|"
    r"densite (?:minerale )?osseuse|walking distance|distance de marche|albumine?|muscle strength|force musculaire|cardiac output|debit cardiaque|hdl(?:[- ]c(?:holesterol)?)?|"
    r"(?:lung|renal|kidney|liver|cognitive|physical) function|fonction (?:respiratoire|renale|hepatique|cognitive|physique)"
)
"""What is measured and does harm where it falls."""
_HARM = (
    r"\b(?:(?:serious |severe |major |fatal )?(?:adverse|undesirable)(?: \w+)?|side[- ]effects?|toxicit\w+|(?:effets? |evenements? )?indesirables?|effets? secondaires?|"
    r"bleed\w*|saign\w*|ha?emorrh?ag\w*|deaths?|mortalit[ye]|deces|infections?|infarct\w*|transfusions?|hospitali[sz]ations?|discontinuations?|withdrawals?|dropouts?|abandons?|"
    r"exacerbations?|relapses?|rechutes?|complications?|fractures?|strokes?|avc|amputations?|pneumonias?|pneumonies?|(?:arrets?|interruptions?) (?:de|du) traitement|"
    r"headaches?|cephalees?|(?:liver )?enzymes|transaminases?|hypotensi\w+|hypertensi\w+|suicid\w+(?: \w+)?|nause\w+|vomi\w+|diarrh\w+|rash(?:es)?|eruptions?|dizziness|vertiges?|"
    r"seizures?|convulsions?|thrombo\w+|embol\w+|tachycardi\w+|arr?h?ythmi\w+|itching|prurit\w*|"
    r"\w{3,}(?:itis|ites?|emi[ae]s?|penia|penies?|toxicite|oedem\w*|algies?)|"
    rf"{_BURDEN})\b(?![- ]free)"
)
_ROSE = (
    r"\b(?:increas\w+|rose|risen|higher|greater|doubled|tripled|worse\w*|more (?:frequent|common|often|numerous|severe)(?:ly)?|"
    r"(?:a |ont |est |sont )?(?:double|triple)e?s?|augment\w+|accru\w*|plus (?:frequent|eleve|nombreu|grave|important)\w*|major[ei]\w*|aggrav\w+)\b"
)
_FELL = (
    r"\b(?:reduc\w+|decreas\w+|lower\w*|fewer|less|fell|halved|prevent\w*|declin\w+|rarer|cut|dropped|went down|shr[aui]nk|regress\w*|disappear\w*|"
    r"redui\w*|diminu\w+|baiss\w+|moins|moindres?|abaiss\w+|recul\w*|plus bas\w*|inferieur\w*|(?:a|ont) (?:chute|disparu))\b"
)
_GOOD = rf"\b(?:{_CAPACITY}|survival|quality of life|respon(?:se|der)s?|remissions?|efficacy|cures?|survie|qualite de vie|repon(?:se|deur)s?|guerisons?|efficacite)\b"
_ILL = r"\b(?:pains?|symptoms?|attacks?|disease progression|progression(?: of [\w ]{3,20}?| de la maladie)?|douleurs?|symptomes?|crises?)\b(?![- ]free)"
_NOT_MORE = r"(?=\W*$|\W+(?:with|under|in|by|from|to|at|than|on|during|after|among|compared|versus|vs|for|sous|avec|chez|dans|de|par|a|que|qu|pendant|lors|apres|\w+ly|\w+ment|\d[\d.,]*)\b)"
"""What a medicine does to something else has an object: "with little bleeding it increased survival"."""
_SMALL = r"(?:\W+(?:the|an?|of|in|for|both|rates?|risks?|number|frequency|incidence|serious|severe|major|minor|fatal|l|la|les?|d|des?|du|frequence|taux|nombre|incidence|risques?|graves?|significantly)){0,6}"
_HARM_ROSE = re.compile(
    rf"{_HARM}{_NEAR}{{0,60}}?{_ROSE}{_NOT_MORE}|(?:{_ROSE}|\bmore\b|\bplus\b|\b(?:(?:can|may|might|could|peut|peuvent|pourrait) )?(?:caus|provoqu|entrain)\w*){_SMALL}\W+{_HARM}"
)
_GOOD_FELL = re.compile(
    rf"{_GOOD}{_NEAR}{{0,40}}?(?:{_FELL}|\bshorter\b|\bworse\w*|\bplus court\w*){_NOT_MORE}|{_FELL}{_SMALL}\W+{_GOOD}"
)
_QT_LONGER = re.compile(
    rf"\b(?:prolong|allong|lengthen)\w* (?:the |of the |l'|de l')?(?:intervalle |espace )?qtc?\b|\bqtc?\b{_NEAR}{{0,40}}?\b(?:prolong|allong|lengthen|long)\w*"
)
_WARNINGS = (_HARM_ROSE, _GOOD_FELL, _QT_LONGER)
_BARE = 4
"""Words of a clause without a verb, at most."""
_GAIN = re.compile(
    rf"{_GOOD}{_NEAR}{{0,40}}?(?:{_ROSE}|\b(?:longer|better|improv\w+|extended|prolonged|gained|more|plus (?:long|durable)\w*|meilleur\w*|amelior\w*|allong\w+|prolong\w+)\b)"
    rf"|(?:{_ROSE}|\b(?:longer|better|more|plus d[e']|meilleur\w*)){_SMALL}\W+{_GOOD}"
    rf"|\b(?:more|plus de) (?:\w+ ){{1,2}}{_GOOD}|{_HARM}{_NEAR}{{0,40}}?{_FELL}|{_FELL}{_SMALL}\W+{_HARM}"
    rf"|{_GOOD} (?:was|were|a ete|ont ete) (?:achieved|reached|seen|observed|obtenue?s?|observee?s?)\b|{_ILL}{_NEAR}{{0,40}}?{_FELL}|{_FELL}{_SMALL}\W+{_ILL}"
    rf"|\btime to \w+{_NEAR}{{0,40}}?\b(?:extended|prolonged|longer|delayed)\b|\b(?:progression|aggravation)\b{_NEAR}{{0,30}}?\b(?:slow\w*|delayed|ralenti\w*|retard\w*)"
    r"|\b(?:favou?r(?:s|ed|ing)|in favou?r of|outperform\w*|en faveur d[eu'])(?! ?(?:the |la |le |l')?(?:placebo|control|comparator|comparateur|temoin)\b)"
    r"|\b(?:more|davantage de|plus de) patients (?:were able to|could|ont (?:pu )?marche\w*)"
    r"|\b(?:seizures?|attacks?|bleeding|crises) (?:stopped|ceased)\b|\blived longer\b|\bvecu plus longtemps\b|\b(?:pain|symptom|seizure|relapse|event|attack)s?[- ]free\b|\bfree (?:from|of) (?:pain|symptom|seizure|relapse|event|attack)s?\b"
    r"|(?:(?<=\ba )|(?<=\bont )|(?<=[dlrv]ement ))(?:augmente|reduit|diminue|ameliore|prolonge|retarde|abaisse|prevenu|soulage|allonge|ralenti)\b"
)
_RISES = re.compile(rf"{_ROSE}|\bimprov\w+\b|\bamelior\w+\b|\bprolong\w+\b")
_GOOD_WORD = re.compile(_GOOD)
_DENIED = re.compile(
    r"\b(?:no|not|nor|none|neither|nothing|aucune?s?|pas|ni|non[- ](?:statisti\w+ )?significati\w+)\b(?! (?:only|seulement|on|taking|receiving|treated|prior|previous|known|history|antecedents?)\b)"
)
_WITHOUT = re.compile(r"\b(?:without|sans)\b")


def benefit_beside_a_miss(text: str, language: Language) -> bool:
    """Whether it says that the primary endpoint was not reached, and tells a benefit in another clause.

    A risk is a warning where the harm itself rises; a benefit that is denied is none.
    """
    missed, rest = False, list[str]()
    for part in _BREATHS.split(text):
        pieces = [piece for piece in _AND.split(part) if piece.strip()]
        others = [piece for piece in pieces if not says_missed(piece, language)]
        whole = len(others) == len(pieces) and says_missed(part, language)
        missed = missed or whole or len(others) < len(pieces)
        rest += [] if whole else others
    return missed and (any(_is_benefit(clause, language) for clause in rest) or _shares_a_verb(rest))


def _is_benefit(clause: str, language: Language) -> bool:
    small = plain(clause)
    if _DENIED.search(small):
        return False
    harms = [match.span() for pattern in _WARNINGS for match in pattern.finditer(small)]
    facts = [fact for fact in claims(clause, language) if not _within(fact.end - 1, harms)]
    told = [fact.start for fact in facts if fact.kind == "efficacy"]
    told += [match.start() for match in _GAIN.finditer(small) if not _within(match.start(), harms)]
    if harms:
        told = [start for start in told if not small.startswith("significa", start)]
    elif not told and not names_a_risk(clause, language):
        told = [fact.start for fact in facts]
    without = _WITHOUT.search(small)
    return any(without is None or start < without.start() for start in told)


def _within(start: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start < last for first, last in spans)


def _shares_a_verb(clauses: Sequence[str]) -> bool:
    """Whether a clause names a benefit only, and the verb beside it has it rise: "survival and bleeding increased"."""
    small = [plain(clause) for clause in clauses]
    rising = [bool(_RISES.search(clause)) and not _DENIED.search(clause) for clause in small]
    bare = [bool(_GOOD_WORD.search(clause)) and len(clause.split()) <= _BARE for clause in small]
    return any(bare[n] and not rising[n] and any(rising[max(0, n - 1) : n + 2]) for n in range(len(small)))
