"""Quiz questions on what a label forbids or asks for: a contraindication, a restriction, what to do, that nothing is to be done.

A wrong answer contradicts the sentence, and nothing under its heading says anything like it; or it is the heading of
a warning that forbids nothing, where the contraindications are asked for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.engines.cloze import GAP, OPTIONS, Cloze
from assistant.engines.cues import DOSE_UNIT, FINITE_VERB, FORBIDS, RESTRICTS
from assistant.engines.name_gaps import of_a_forbidden_condition
from assistant.engines.standing import words
from assistant.engines.units import Unit
from assistant.store.words import stems
from guardrails.model import Language
from guardrails.things import things
from ingestion.sentences import split

Act = Literal["missed", "forbidden", "to_do", "nothing"]
"""What to do when a dose was missed, what a label does not allow, what it asks for, and that it asks for nothing."""


@dataclass(frozen=True, slots=True)
class _Form:
    act: Act
    key: re.Pattern[str]
    """The words that are asked for. Its groups are told again in the wrong answers."""
    others: tuple[str, ...]
    """What would contradict them, in the same grammatical form: templates for the groups of the key."""


def _form(act: Act, key: str, *others: str) -> _Form:
    return _Form(act, re.compile(key), others)


_FORMS: dict[Language, tuple[_Form, ...]] = {
    "en": (
        _form("missed", r"(?<=\bbe )skipped\b", "taken with the next one", "taken at once", "doubled"),
        _form(
            "missed", r"\bas soon as (?:possible|(?:it is |they |he or she |the patient )?remember(?:ed|s)?)\b",
            "only at the next planned time", "together with the next dose", "at twice the usual dose",
        ),
        _form("forbidden", r"\bis (?:contra-?indicated|not recommended)(?= [a-z(]|\.?$)", "requires caution", "requires a lower dose", "requires no dose adjustment"),
        _form("forbidden", r"\bare (?:contra-?indicated|not recommended)(?= [a-z(]|\.?$)", "require caution", "require a lower dose", "require no dose adjustment"),
        _form(
            "forbidden", r"\b(must|should) not be (used|given|administered|taken)\b",
            "{0} be {1} with caution", "{0} be {1} at a lower dose", "may be {1} at the usual dose",
        ),
        _form("forbidden", r"\b(must|should) not be (started|initiated|restarted)\b", "may be {1} with caution", "may be {1} at a lower dose", "may be {1} as usual"),
        _form("forbidden", r"\b(must|should) not be (crushed|split|chewed|mixed|diluted|shaken|frozen)\b", "may be {1} if needed", "{0} be {1} before use"),
        _form("forbidden", r"\bshould be avoided\b", "may go on with caution", "may go on at a lower dose", "may go on unchanged"),
        _form("to_do", r"(?:(?<=ould be )|(?<=must be )|(?<=is to be )|(?<= be permanently )|(?<= be immediately ))(?:discontinued|stopped|withheld|interrupted)\b", "reduced by half", "continued unchanged", "doubled"),
        _form("to_do", r"(?<=(?:used|iven|aken|ered) )with caution\b|(?<=[a-z] )with caution(?= in patients| if )", "at half the dose", "at twice the dose", "in hospital only", "without precaution"),
        _form("nothing", r"^No (?:dose|dosage) adjustment(?= (?:is|was)\b)", "A lower dose", "A higher dose", "A longer interval"),
        _form("nothing", r"^No (?:dose|dosage) adjustments(?= are\b)", "Lower doses", "Higher doses", "Longer intervals"),
    ),
    "fr": (
        _form("missed", r"(?<=\bêtre )(?:sautée|omise)\b", "doublée", "prise aussitôt", "prise avec la suivante"),
        _form("missed", r"\bdès que possible\b", "à l’heure suivante seulement", "avec la dose suivante", "en double dose"),
        _form(
            "forbidden", r"\bn['’]est pas recommandée?(?= [a-zà]|\.?$)|\best (?:contre-indiquée?|déconseillée?)(?= [a-zà]|\.?$)",
            "impose la prudence", "impose une dose plus faible", "ne nécessite aucune adaptation",
        ),
        _form(
            "forbidden", r"\bne sont pas recommandée?s(?= [a-zà]|\.?$)|\bsont (?:contre-indiquée?s|déconseillée?s)(?= [a-zà]|\.?$)",
            "imposent la prudence", "imposent une dose plus faible", "ne nécessitent aucune adaptation",
        ),
        _form(
            "forbidden", r"\bdoi(t|vent) être évitée?s?\b",
            "peu{0} se poursuivre avec prudence", "peu{0} se poursuivre à dose réduite", "peu{0} se poursuivre sans changement",
        ),
        _form(
            "forbidden", r"\bne (doi(?:t|vent)) pas être ((?:utilis|administr|donn|pris|prescrit)\w*)",
            "{0} être {1} avec prudence", "{0} être {1} à dose réduite", "{0} être {1} à la dose habituelle",
        ),
        _form("to_do", r"(?:(?<=doit être )|(?<=doivent être )|(?<=être définitivement )|(?<=être immédiatement ))(?:arrêt|suspend|interromp)[ué](e?s?)\b", "réduit{0} de moitié", "poursuivi{0} sans changement", "doublé{0}"),
        _form("to_do", r"(?<=(?:ilisé|istré|scrit) )avec prudence\b|(?<=(?:lisée|strée|crite) )avec prudence\b", "à demi-dose", "à double dose", "à l’hôpital seulement", "sans précaution"),
        _form(
            "nothing", r"^Auc[^.;:]{1,40}? n['’]est (nécessaire|requise?|recommandée?)\b",
            "Une dose plus faible est nécessaire", "Une dose plus élevée est nécessaire", "Un intervalle plus long est nécessaire",
        ),
    ),
}  # fmt: skip
_OF_A_DOSE = re.compile(
    r"^Aucun(?:e adaptation| ajustement)\b[^.;:]{0,30}\b(?:dose|posolog)|^No ", re.IGNORECASE
)
_A_DOSE = re.compile(rf"\d\s?{DOSE_UNIT}\b(?! ?/ ?(?:d?l|ml|min|h)\b)", re.IGNORECASE)
"""It may be half or twice another, and nobody reckons here; a clearance or a concentration is none."""
_PART_OF_A_DOSE = re.compile(r"lower|half|doubl|twice|higher|faible|réduit|moitié|demi|élevée", re.IGNORECASE)
_AT_NO_DOSE = re.compile(
    r"contra-?indicated|must not|discontinued|stopped|contre-indiqué|ne doi(?:t|vent) pas|arrêt",
    re.IGNORECASE,
)
"""What leaves no dose to be given."""
_GOES_ON = re.compile(r"\bcaution|go on|continu|unchanged|prudence|poursuiv|changement", re.IGNORECASE)
_NONETHELESS = re.compile(
    r"\b(?:if|when|where)\b[^.;]*\b(?:co-?administ|used|given|necessary|needed|required|unavoidable|combin)|\bcannot be avoided|\bunavoidable"
    r"|\b(?:si|s['’]il|lorsque|en cas)\b[^.;]*\b(?:co-?administ|associ|utilis|administr|nécessaire|indispensable)|\bne peu(?:t|vent) (?:pas )?être évité|\binévitable",
    re.IGNORECASE,
)
"""How to go on where what is to be avoided is done."""
_LIKE_IT: dict[Language, tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]] = {
    "en": (
        (re.compile(r"\bcaution"), re.compile(r"\bcaution|\bcareful|\bclosely\b", re.IGNORECASE)),
        (re.compile("go on with caution"), re.compile(r"\bmonitor", re.IGNORECASE)),
        (re.compile("lower|half"), re.compile(r"\breduc|\blower (?:\w+ )?dose|\bhal[fv]|\bdecreas\w+ the dose|\badjust(?!ments? (?:is|are) (?:not|un))", re.IGNORECASE)),
        (re.compile("usual|no dose"), re.compile(r"\busual dose|\bno (?:\w+ )?(?:dose|dosage) adjust", re.IGNORECASE)),
        (re.compile("continu|go on|unchanged"), re.compile(r"\b(?:continu(?:e|ed|ing)|resum\w+)\b", re.IGNORECASE)),
        (re.compile("doubl|twice|higher"), re.compile(r"\bdoubl|\bhigher (?:\w+ )?dose|\bincreas\w+ (?:the|in) dos", re.IGNORECASE)),
        (re.compile("hospital"), re.compile(r"\bhospital|\bclinic\b|\bsupervis", re.IGNORECASE)),
        (re.compile("interval"), re.compile(r"\binterval|\bonce every|\bless often", re.IGNORECASE)),
    ),
    "fr": (
        (re.compile("prudence"), re.compile(r"\bpruden|\bprécaution|\battenti", re.IGNORECASE)),
        (re.compile("poursuivre avec prudence"), re.compile(r"\bsurveill|\bcontrôl", re.IGNORECASE)),
        (re.compile("faible|réduit|moitié|demi"), re.compile(r"\brédui|\bdiminu|\bmoitié|\bdemi|\b(?:ajust|adapt)\w*", re.IGNORECASE)),
        (re.compile("habituelle|aucune"), re.compile(r"\bhabituelle|\baucun(?:e)? (?:adaptation|ajustement)", re.IGNORECASE)),
        (re.compile("poursuiv|changement"), re.compile(r"\bpoursui|\brepr(?:is|end)", re.IGNORECASE)),
        (re.compile("doubl|élevée"), re.compile(r"\bdoubl|\baugment|\bélevée", re.IGNORECASE)),
        (re.compile("hôpital"), re.compile(r"\bhôpital|\bhospital", re.IGNORECASE)),
        (re.compile("intervalle"), re.compile(r"\bintervalle|\bespac", re.IGNORECASE)),
    ),
}  # fmt: skip
"""How a source may say what a wrong answer says: where it does under the same heading, the answer might be right."""
_MISSED = re.compile(r"\bmiss(?:es|ed)?\b|\bforg[eo]t|\boubli", re.IGNORECASE)
"""A dose that was not taken in time."""
_ZONES = frozenset({"dose", "contraindication", "warning", "interaction", "special_population"})
_WITH_EXCEPTIONS = re.compile(
    r"\bor (?:used|given|administered|taken)\b|\bou (?:utilis|administr|prescri)\w*|\b(?:unless|except|if possible|whenever possible|generally|or\b.{0,40}\b(?:reduc|discontinu|stop|interrupt)\w*|sauf|excepté|à moins|si possible|dans la mesure du possible|en général|ou\b.{0,40}\b(?:rédui|diminu|arrêt|suspend|interromp)\w*)",
    re.IGNORECASE,
)
"""A rule with an exception makes no plain question."""
_JUDGED = re.compile(r"indicated|recommend|indiqué|recommand|déconseill")
_SAYS_WHERE = re.compile(
    r"\b(?:in|with|during|for|after|and|chez|avec|pendant|en|dans|après|au cours|et)\b", re.IGNORECASE
)
"""“Its use is contraindicated.” leaves it to its heading in whom."""
_IMPERSONAL = re.compile(r"(?:^|[\s,])(?:it|il)\s$", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:co-?administ|concomitant|concurrent|combin|associ|coadminist)", re.IGNORECASE)
"""What is avoided is a medicine beside another, and no way of handling."""
_AVOIDED = re.compile(r"avoided|évité")
_STOPPED = re.compile(r"discontinued|stopped|withheld|interrupted|arrêt|suspend|interromp")
_FEWEST = 3
_LONGEST = 45
"""Words of a sentence that is asked."""
_MUCH_LONGER = 1.25


def of_an_act(unit: Unit, told: Sequence[Unit]) -> tuple[Act, Cloze] | None:
    """What a label's sentence forbids or asks for, among what nothing under its heading says; `told` are the source's units."""
    if unit.source_kind != "label" or unit.zone not in _ZONES or words(unit.text) > _LONGEST:
        return None
    if _WITH_EXCEPTIONS.search(unit.text):
        return None
    for form in _FORMS[unit.language]:
        found = list(form.key.finditer(unit.text))
        if len(found) != 1 or not _makes_sense(unit, form.act, unit.text[: found[0].start()], found[0][0]):
            continue
        if _ends_with_it(unit.text, found[0]) and not _SAYS_WHERE.search(unit.text):
            continue
        rest = unit.text[: found[0].start()] + GAP + unit.text[found[0].end() :]
        said = [rest, *_on_its_subject(unit, told)]
        wrong = [other.format(*found[0].groups("")) for other in form.others]
        if not _AT_NO_DOSE.search(found[0][0]):
            wrong = _plainly_wrong(wrong, said)
        made = _among(rest, found[0][0], [one for one in wrong if not _said(one, said, unit.language)])
        return (form.act, made) if made else None
    return None


def _ends_with_it(text: str, key: re.Match[str]) -> bool:
    return bool(_JUDGED.search(key[0])) and not text[key.end() :].strip(" .")


def _on_its_subject(unit: Unit, told: Sequence[Unit]) -> list[str]:
    """What else its source says under the same heading, or of the same things elsewhere."""
    subjects = {thing.name for thing in things(unit.text)}
    return [
        u.text
        for u in told
        if u.source == unit.source
        and u != unit
        and (u.section == unit.section or subjects & {thing.name for thing in things(u.text)})
    ]


def _makes_sense(unit: Unit, act: Act, before: str, key: str) -> bool:
    """Whether the wrong answers could be told of what stands before the gap: a dose is not given at a lower dose."""
    if act == "missed":
        return bool(_MISSED.search(before))
    if _IMPERSONAL.search(before) or (act == "forbidden" and re.search(r"\bdoses?\b", before)):
        return False
    if act == "nothing":
        return bool(_OF_A_DOSE.search(unit.text))
    if _AVOIDED.search(key):
        return bool(_TOGETHER.search(before))
    return unit.zone != "special_population" or not _STOPPED.search(key)


def _plainly_wrong(wrong: Sequence[str], said: Sequence[str]) -> list[str]:
    """Without a part of a dose where one stands beside, and without going on where it is told how."""
    dosed = any(_A_DOSE.search(text) for text in said)
    goes_on = any(_NONETHELESS.search(text) for text in said)
    return [
        one
        for one in wrong
        if not (dosed and _PART_OF_A_DOSE.search(one)) and not (goes_on and _GOES_ON.search(one))
    ]


def _said(option: str, texts: Sequence[str], language: Language) -> bool:
    like = [pattern for of, pattern in _LIKE_IT[language] if of.search(option)]
    return any(pattern.search(text) for pattern in like for text in texts)


def _among(rest: str, key: str, wrong: Sequence[str]) -> Cloze | None:
    options = tuple(sorted([key, *wrong[: OPTIONS - 1]], key=str.casefold))
    if len(options) < _FEWEST or len(key) > _MUCH_LONGER * sum(map(len, options)) / len(options):
        return None
    return Cloze(rest, options, options.index(key))


def of_a_contraindication(unit: Unit, told: Sequence[Unit], said: str = "") -> Cloze | None:
    """One of a label's contraindications, among the conditions that head its warnings and that it does not forbid.

    Where these are too few, among conditions of which nothing is in `said`, all that the label says.
    """
    if unit.source_kind != "label" or unit.zone != "contraindication" or unit.kind != "block":
        return None
    return _of_its_warnings(unit, told) or (_of_others(unit, said) if said else None)


def _of_others(unit: Unit, said: str) -> Cloze | None:
    for item in sorted(_items(unit.text), key=words):
        bare = _PEOPLE_WITH.sub("", item)
        plain = not any(c.isdigit() for c in bare) and not _allergy(item)
        if plain and (made := of_a_forbidden_condition(unit, bare, said)):
            return made
    return None


_PEOPLE_WITH = re.compile(
    r"^(?:(?:patients?|subjects?) (?:with|who have|suffering from)|patients? (?:présentant|atteints? de|souffrant de)) ",
    re.IGNORECASE,
)


def _of_its_warnings(unit: Unit, told: Sequence[Unit]) -> Cloze | None:
    if any(c.isdigit() for item in _items(unit.text) for c in item):
        return None  # "potassium above 5.5" names a condition in other words than its warning's heading
    own = [u for u in told if u.source == unit.source]
    others = list(_warned_of(own, unit))
    for key in sorted(_items(unit.text), key=lambda item: (_allergy(item), words(item))):
        if unit.text.count(key) != 1:
            continue
        low = key[:1].islower()
        wrong = [name[:1].lower() + name[1:] if low else name for name in others]
        wrong.sort(key=lambda name: abs(len(name) - len(key)))
        made = _among(unit.text.replace(key, GAP), key, wrong)
        if made:
            return made
    return None


_POINTER = re.compile(r"\s*\((?:see|voir)\b[^()]*\)|[.;]\s*$", re.IGNORECASE)
_LONGEST_ITEM, _LONGEST_NAME = 12, 6


def _items(text: str) -> Iterator[str]:
    """The contraindications that are named and not told in a sentence, without their pointers."""
    for line in text.split("\n"):
        for start, end in split(line):
            item = _POINTER.sub("", _POINTER.sub("", line[start:end].strip(" •–-"))).strip()
            if 0 < words(item) <= _LONGEST_ITEM and not item.endswith(":") and "(" not in item:
                yield item


def _allergy(item: str) -> bool:
    """Of every medicine: asked for where nothing else is forbidden."""
    return bool(
        re.match(
            r"(?:patients with )?(?:known )?(?:hypersensitivity|allerg)|hypersensibilité", item, re.IGNORECASE
        )
    )


def _warned_of(own: Sequence[Unit], forbidden: Unit) -> Iterator[str]:
    """The conditions that head a warning which forbids nothing, none of them in the words of a contraindication or of another."""
    taken = {stem for u in own if u.zone == "contraindication" for stem in stems(u.text, u.language)}
    for name in dict.fromkeys(u.heading for u in own if u.zone == "warning"):
        plain = name.strip(" .:")
        below = [u.text for u in own if u.heading == name]
        named = set(stems(plain, forbidden.language))
        if (
            not 0 < words(plain) <= _LONGEST_NAME
            or any(c.isdigit() for c in plain)
            or FINITE_VERB[forbidden.language].search(plain)
            or not any(thing.kind == "condition" for thing in things(plain))
            or named & taken
            or any(FORBIDS.search(text) or RESTRICTS.search(text) for text in below)
        ):
            continue
        taken |= named
        yield plain
