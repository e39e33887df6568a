"""What kind of answer a question asks for, and whether a sentence looks like one: a share, a dose, a time, a ratio."""

import re
from collections.abc import Sequence

from assistant.chat.wording import flat
from guardrails.endpoints import gives_result
from guardrails.model import Language

_QUANTITY = re.compile(
    r"\b(?:how (?:many|much|long|often|high|low)|combien|percent\w*|pourcent\w*|proportion|share|part des|rates?|incidence|freq\w*|taux|nombre|number"
    r"|amount|dose|dosing|posolog\w*|dosage|hr|hazard|rr|arr|nnt|p ?value|mean|median|moyenn?e?|value|valeur|score|half.?life|demi.?vie|tmax|cmax"
    r"|auc|asc|vd|duree|duration|interval|level|threshold|cut-?off|seuil|percentage|max\w*|min\w*|prix|price|cost|cout|fold|reduction|baisse"
    r"|hausse|change|delai|time)\b|%"
)
_KINDS: Sequence[tuple[re.Pattern[str], re.Pattern[str]]] = tuple(
    (re.compile(asked), re.compile(told))
    for asked, told in (
        (
            r"\b(?:rates?|incidence|freq\w*|taux|percent\w*|pourcent\w*|proportion|part des|how many|combien de (?:patient|suj)\w*|nombre)\b|%",
            r"\d\s?%|\d+ \(\d|\b(?:common|uncommon|rare|frequent|rarely|peu frequent)\b|\d+ patients",
        ),
        (
            r"\b(?:dos(?:e|es|ing|age|er)|posolog\w*|mg|how much|units?)\b",
            r"\d\s?(?:mg|g\b|units?|u\b|iu\b|ml|[µμ]g|mcg)|dose|no adjust|aucune adaptation",
        ),
        (
            r"\b(?:how long|how often|when|quand|duree|delai|duration|half.?life|demi.?vie|tmax|schedule|interval|rythme|combien de temps|onset|every)\b",
            r"\d\s?(?:min|h\b|hour|heure|day|jour|week|semaine|month|mois|year|ans\b)|\b(?:weekly|monthly|daily|every|tous les|chaque|annee)\b|(?:week|semaine|mois|month) \d",
        ),
        (
            r"\b(?:hr|hazard|rr|risk ratio|rapport de risque)\b",
            r"\bhazard|\bhr\b|\brr\b|rate ratio|relative risk|rapport de",
        ),
    )
)
"""Kinds of answers that a question asks for, and how a sentence looks that gives one."""


_RATE = re.compile(
    r"(?<!heart )(?<!filtration )(?<!infusion )(?<!pulse )(?<!flow )(?<!sedimentation )\brates?\b|\bincidence\b|\bpercent\w*|\bpourcent\w*|\bproportion\b|\b(?:share of|part des?) (?:the )?(?:patient|people|women|men|femmes|hommes|malade|sujet)"
    r"|\btaux (?!(?:de (?:glyc|chol|potass|sodium|ha?emoglob|creat)\w*|plasma|ser|sangui|circul|residu|cible|d'ha?emoglob)\w*)(?:de|d'|des|du)\b|\btaux ?\W*$|%\W*$|(?<=[a-z]) ?(?<!\d )%(?= (?:vs|versus|contre|with|on|in|under|sous|avec|chez)\b)|^\W*%(?: (?:of|de|d'|des))? ?[a-z]"
)
_FREQUENCY = re.compile(
    r"\bhow (?:common|frequent)\b|\bhow often\b.{0,60}\b(?:cause[sd]?|occurs?|happens?|gets?|seen|reported|develop|induces?|leads?)\b|\b(?:frequency|frequence) (?:of|d[eu]|des|d')|\b(?:frequency|frequence)\W*$"
)
"""How often something happens; of what somebody does it is an interval."""
_GIVES_SHARE = re.compile(r"\d\s?%|\d+ \(\d|\d (?:\w+ )?(?:per|par|pour) (?:patients?|100|1[ ,.]?000)\b")
_GIVES_RATE = re.compile(
    rf"{_GIVES_SHARE.pattern}|\b(?:un)?common(?:ly)?\b|\brare(?:ly|ment|s)?\b|\bfrequent(?:e?s|ly|e)?\b|\binfrequent"
    r"|\b(?:frequency|frequence) (?:is |est )?(?:not known|unknown|indeterminee|inconnue)|\b(?:isolated|few|single) cases?\b|\bcas isoles?\b|\b(?:no|one|two|aucun|un|deux) (?:\w+ )?(?:cases?|cas|patients?|events?)\b"
)


_RESULT = re.compile(
    r"\b(?:results?|resultats?|findings?|outcome was|(?:end-?\s?points?|outcome|criteres?)\b.{0,25}\b(?:met|reached|achieved|missed|atteints?|remplis?)"
    r"|(?:mee?t|reach|achieve|miss|atteint|rempli)\w*\b.{0,25}\b(?:end-?\s?points?|outcome|criteres?)"
    r"|(?:end-?\s?points?|outcomes?|criteres?)\b.{0,40}\b(?:vs|versus|contre|compared|par rapport|compare))\b"
)
"""What was found: of an endpoint beside another arm only a result can be told."""


def asks_for_results(question: str) -> bool:
    """Whether it asks what was found: what an endpoint is, or how it was tested, is no answer."""
    return _RESULT.search(flat(question)) is not None


_FOUND = re.compile(
    r"\b(?:did|does|do) not differ|\b(?:no|not|non) (?:\w+ )?(?:significant|statistical)\w* (?:difference|effect|change)|\b(?:non-?)?(?:inferior|superior)\b|\b(?:met|missed|reached)\b"
    r"|\b(?:aucune|pas de|sans) difference|\bn'ont pas differe|\b(?:non-?)?(?:inferiorite|superiorite)\b|\batteint"
)
"""A result in words."""
_METHOD = re.compile(
    r"\b(?:adjusted|computed|calculated|tested|assessed|anal[yi]s\w+|corriges?|ajustes?|calcules?|testes?)\b.{0,60}\b(?:using|with|by|method|selon|methode|par)\b"
)
"""How a result was reckoned."""
_MADE_SURE = re.compile(
    r"\bcarry-?over\b|\b(?:no|aucune|pas d'|without|sans) (?:\w+ )?(?:evidence of )?interaction\b"
    r"|\b(?:depend\w*|selon|according)\b.{0,20}\b(?:order|ordre)\b"
)
"""That a result does not hang on the order or on something else: it gives none itself."""


def tells_a_result(sentence: str, language: Language) -> bool:
    """Whether it tells what was found, in figures or in words, and not how that was reckoned."""
    said = flat(sentence)
    if _MADE_SURE.search(said):
        return False
    return gives_result(sentence, language) or (bool(_FOUND.search(said)) and not _METHOD.search(said))


_SUPPOSES = re.compile(
    r"\b(?:may|might|could) (?:\w+ly |also |therefore |thus |well )?(?:be|have|represent|explain|contribute|account|help|reduce|improve|lead|result|provide|play|mediate)\b"
    r"|\b(?:pourrai(?:t|ent)) (?:\w+ment |aussi |donc )?(?:etre|avoir|representer|expliquer|contribuer|aider|reduire|ameliorer|conduire|jouer)\b"
)
_RECKONED = re.compile(r"\d\s?%|\bp ?[<=]|\d\.\d|\b\d+\b.*\b(?:and|et|versus|vs|contre)\b.*\b\d")


def supposes(sentence: str) -> bool:
    """Whether it says what may be, and gives no figure: “remodelling may be how deaths are reduced” is no result."""
    said = flat(sentence)
    return bool(_SUPPOSES.search(said)) and not _RECKONED.search(said)


_RATIO = re.compile(
    r"\b(?:hrs?|hazard|odds|rr)\b|\brapport (?:de (?:risque|cotes|taux)|des (?:risques|cotes|taux))\b"
)


def asks_for_a_ratio(text: str) -> bool:
    """Whether a question asks for the ratio by which an endpoint was measured, or a word is one of those that do."""
    return _RATIO.search(flat(text)) is not None


_MEDIAN = re.compile(r"\bmedian")


def of_the_median(question: str, sentence: str) -> bool:
    """Whether the sentence gives a median where the question asks for one: the survival at five years is none."""
    return not _MEDIAN.search(flat(question)) or bool(_MEDIAN.search(flat(sentence)))


def asks_for_a_rate(question: str) -> bool:
    """Whether it asks how often something happened: “AKI rate?”, and no heart rate; nor how often something is to be done."""
    said = flat(question)
    return bool(_RATE.search(said) or (_FREQUENCY.search(said) and not _DONE.search(said)))


_OF_THE_EVENTS = re.compile(
    r"\b(?:events?|evenements?|episodes?|cases|cas)\b,? (?:of which|dont)\b.*", re.DOTALL
)
"""How the events were made up: “448 events, of which 47 (10%) were fractures” is no share of patients."""


def gives_a_share(sentence: str) -> bool:
    """Whether it gives the rate in figures."""
    return _GIVES_SHARE.search(_OF_THE_EVENTS.sub(" ", flat(sentence))) is not None


def gives_a_rate(sentence: str) -> bool:
    """Whether it gives a share, a count with its share, a number for each patient, or a class of frequency."""
    return _GIVES_RATE.search(_OF_THE_EVENTS.sub(" ", flat(sentence))) is not None


_HOW_LONG = re.compile(
    r"\bhow (?:long|soon|quickly|fast)\b|\b(?:en|au bout de|pendant) combien\b|\bcombien de (?:temps|tps|jours|semaines|mois)\b|\bdelai\b"
)
_DURATION = re.compile(
    r"\d[ -](?:minutes?|min\b|hours?|heures?|h\b|days?|jours?|weeks?|semaines?|months?|mois|years?|ans?\b)|\b(?:week|semaine|month|mois|day|jour) \d"
)
_HOW_OFTEN = re.compile(
    r"\b(?:how (?:often|frequently|many times)|tous les combien|combien de fois|a quelle? (?:frequence|rythme))\b"
    r"|\b(?:injection|dosing|dose|infusion|administration)s? (?:interval|frequency|schedule)s?\b|\b(?:intervalles?|rythme|frequence) (?:entre les |d'|des )(?:injections?|administrations?|prises?|perfusions?)\b"
)
_DONE = re.compile(
    r"\b(?:inject|infus|perfus|prises?\b|gi(?:ve|ven)\b|tak(?:e|en)\b|dos(?:e|ed|ing)\b|administ|apply|applied|monitor|check|measur|test(?:ed)?\b|control|repeat|donn|prend|pris\b"
    r"|perfus|appliqu|surveill|mesur|dosage\b|refaire|repet)"
)
"""What somebody does at intervals, and no harm that happens."""
_EVERY = re.compile(
    r"\b(?:every|each|once|twice|daily|weekly|monthly|yearly|annually|intervals?|regularly|tous les|toutes les|chaque|mensuel\w*|hebdomadaire\w*|quotidien\w*|annuel\w*"
    r"|(?:times|fois|doses?|prises?) (?:a|per|par)|intervalles?|regulier\w*|regulierement|par (?:jour|semaine|mois|an))\b"
)


def asks_how_long(question: str) -> bool:
    """Whether it asks for a stretch of time: “how long to steady state?”."""
    return _HOW_LONG.search(flat(question)) is not None


def gives_a_duration(sentence: str) -> bool:
    """Whether it gives one in figures."""
    return _DURATION.search(flat(sentence)) is not None


def asks_how_often_it_is_done(question: str) -> bool:
    """Whether it asks for an interval of what somebody does: “how often is it injected?”, and not “how often does it harm?”."""
    said = flat(question)
    return bool(_HOW_OFTEN.search(said) and _DONE.search(said))


def gives_an_interval(sentence: str) -> bool:
    """Whether it says how often."""
    return _EVERY.search(flat(sentence)) is not None


def asks_for_a_quantity(question: str) -> bool:
    """Whether a figure is asked for; of a flat question."""
    return _QUANTITY.search(question) is not None


_ADVISES = re.compile(
    r"\b(?:should|must|avoid\w*|not recommended|contra-?indicated|with caution|not necessary|no (?:dos\w+|adjust\w+)|adjustments? (?:is|are|may|should)"
    r"|dos(?:e|es|age|ing)\b.{0,40}\b(?:reduced?|increased?|halved|limited|lowered)|doi(?:t|vent)|eviter|evitee?s?|pas recommandee?s?|deconseillee?s?"
    r"|contre-indiquee?s?|prudence|adaptation\w*|ajust\w*|necessaire|(?:dose|posologie)\b.{0,40}\b(?:reduite|reduire|diminuee?|augmentee?))\b"
)


def advises(sentence: str) -> bool:
    """Whether it says what is to be done, and not only what was measured."""
    return _ADVISES.search(flat(sentence)) is not None


_HOW_TO = re.compile(
    r"^\W*(?:how (?:do|should|can|must|would) (?:i|we|you|one)|how to|comment(?: (?:on|je|faut-il|dois-je))?) (?:l'|le |la )?(?:stop|taper|wean|withdraw|come off|discontinue|arrete[rz]?|interrompre|sevrer)\b"
)
_SAYS_HOW = re.compile(
    r"\b(?:recommend\w*|taper\w*|gradual\w*|abrupt\w*|step-?wise|progressi\w+|recommand\w*|brutal\w*|par paliers?|rebound|rebond)\b"
)


def asks_how_to_stop(question: str) -> bool:
    """Whether it asks how the medicine is stopped: who stopped it is no answer."""
    return _HOW_TO.search(flat(question)) is not None


def says_how(sentence: str) -> bool:
    """Whether it says what to do, or what it is like to be done at once."""
    return advises(sentence) or _SAYS_HOW.search(flat(sentence)) is not None


def kinds_met(question: str, sentence: str) -> list[bool]:
    """For each kind of answer that the question asks for, whether the sentence looks like one; both flat."""
    return [bool(told.search(sentence)) for asked, told in _KINDS if asked.search(question)]
