"""Whether a sentence says that nothing is known of what it names, that nothing was found there or that it is not allowed."""

import re

_CLAUSE = r"(?:(?!\s(?:and|but|et|mais)\s)[^.;,]|[.,](?=\d))*"
"""As far as the clause goes: a decimal point ends none."""
_FORBIDDEN = re.compile(
    r"\b(?:(?:not|never) (?:be )?(?:recommended|indicated|approved|licen[cs]ed|authori[sz]ed|advised)|(?:must|should|may) (?:not|never)|contra-?indicated"
    r"|contre-indiqu\w*|pas (?:être |été )?(?:recommand|indiqu|autoris|approuv|conseill)\w*|déconseill\w*|(?:doit|doivent|devrait|devraient) (?:pas|jamais))\b",
    re.IGNORECASE,
)
_OF_KNOWLEDGE = r"(?:data|experience|stud(?:y|ies)|trials?|evidence|information|benefits?|efficacy|improvement|relevant use|recommendations?)"
_CONNAISSANCE = r"(?:données?|expériences?|études?|essais?|preuves?|informations?|bénéfices?|efficacité|amélioration|utilisation justifiée|recommandations?)"
_PEOPLE = (
    r"(?:patients?|subjects?|participants?|child(?:ren)?|infants?|adolescents?|sujets?|enfants?|nourrissons?)"
)
_NOTHING = re.compile(
    rf"\b(?:no|insufficient|without|aucune?s?|pas d(?:e |['’])|sans) ?(?:[\w-]+ ){{0,3}}?(?:{_OF_KNOWLEDGE}|{_CONNAISSANCE})\b{_CLAUSE}"
    rf"|\b(?:no|aucune?) (?:[\w-]+ ){{0,2}}{_PEOPLE} (?:[\w-]+ ){{0,4}}?(?:(?:was|were|been) (?:includ|enrol|treat|stud|random)|n['’](?:a|ont) été (?:inclu|trait|randomis))\w*{_CLAUSE}",
    re.IGNORECASE,
)
_NOT_SHOWN = re.compile(
    rf"{_CLAUSE}\b(?:not|never) (?:yet |fully |formally |specifically |significantly |statistically )?(?:be |been )?(?:fully |formally |specifically |adequately |yet )?"
    rf"(?:established|studied|evaluated|investigated|assessed|tested|examined|shown?|demonstrated|proven|known|includ|reduc|improv|lower|prolong|benefit|superior|effective|significant)\w*{_CLAUSE}"
    rf"|{_CLAUSE}\b(?:unknown|excluded?|inconnue?s?|exclue?s?)\b{_CLAUSE}"
    rf"|{_CLAUSE}\b(?:pas|jamais) (?:encore )?(?:été )?(?:encore |formellement |spécifiquement |significativement )?"
    rf"(?:établi|étudi|évalu|démontr|montr|prouv|testé|connu|inclu|rédui|amélior|diminu|prolong|supérieur|efficace|significati)\w*{_CLAUSE}",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"\b(?:lower(?:ed)?|fewer|better|longer|less|halved|fell|dropped|superior|effective|reduc(?:ed|es|tion)|improv(?:ed|es)|decreas(?:ed|es)|prolong(?:ed|s)"
    r"|moins|plus (?:faibles?|bas(?:ses?)?|longue?s?|rares?)|moindres?|supérieure?s?|efficaces?|a baissé|ont baissé|rédui(?:t|te|ts|tes|sait|sant)|diminu(?:é|ée|és|ées|e)|amélior(?:é|ée|és|ées|e)|prolong(?:é|ée|e))\b",
    re.IGNORECASE,
)
"""What tells that something was found. “Less” and « moins » stand in a limit, too: see `_LIMIT`."""
_LIMIT = re.compile(
    r"\b(?:less than|no longer than|longer than|moins d(?:e |['’])|au moins|du moins)", re.IGNORECASE
)


def is_denied(text: str) -> bool:
    """Whether a denial governs what the sentence tells: “no increase in bleeding” beside a result is none."""
    if _FORBIDDEN.search(text):
        return True
    left = _NOT_SHOWN.sub(" ", _NOTHING.sub(" ", text))
    return left != text and not _EFFECT.search(_LIMIT.sub(" ", left))
