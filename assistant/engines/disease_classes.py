"""Words that make a disease another one, and words by which an indication holds diseases that it does not name: data."""

import re

from guardrails.model import Language


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


AND_OTHERS: dict[Language, re.Pattern[str]] = {
    "en": _words(
        r"\b(?:other|another|various|several|certain|related)\b(?! (?:[\w-]+ ){0,2}(?:medic|agents?\b|drugs?\b|products?\b|treatments?\b|therap|class|anti|[\w-]*blockers?\b|inhibitors?\b|insulin|measures?\b|means\b|risk factors?\b))",
        r"\b(?:including|such as|e\.g\.|for example)(?! (?:the |in )?(?:elderly|older|patients?|those|adults?|child|adolesc|diet|exercise))",
    ),
    "fr": _words(
        r"\b(?:autres?|divers(?:es)?|certaine?s?|plusieurs)\b(?! (?:médic|agents?\b|produits?\b|traitements?\b|thérap|anti|inhibit|mesures?\b|moyens?\b|facteurs? de risque))",
        r"\b(?:notamment|tel(?:le)?s? qu|par exemple|y compris)(?!\w* (?:les |le |la |chez )?(?:sujets|patients|personnes|adultes|enfants|adolesc|régime))",
    ),
}  # fmt: skip
"""“… and other advanced solid tumours”: diseases are meant, no medicines beside it."""

CLASSES: dict[Language, tuple[re.Pattern[str], ...]] = {
    "en": (
        _words(
            r"\bischa?emic (?:heart|cardi|disease)", r"\bheart diseases?\b", r"\bcardiac (?:dis|event)", r"\bcoronary", r"\barr?h?ythmi",
            r"\b(?:cardio-?|cerebro-?)?vascular (?:dis|event|risk|death|morbid|mortal|complic)", r"\bthrombo-?embol", r"\b(?:athero-?)?thrombotic", r"\bischa?emic events?\b",
        ),
        _words(r"\b(?:solid|malignant|advanced|epithelial) (?:tumou?r|cancer|malignan|neoplas)", r"\btumou?rs\b", r"\bmalignanc", r"\bcancers\b", r"\bcarcinomas?\b", r"\bneoplas"),
        _words(r"\bha?ematolog", r"\b(?:lympho|myelo)(?:id|prolif)\w* (?:neoplas|malig|disorder|leuka?emias)", r"\bleuka?emias\b", r"\blymphomas\b", r"\bmalignanc", r"\bplasma cell", r"\bB-cell"),
        _words(r"\bendocrin", r"\bmetabolic\b", r"\bthyroid (?:dis|cond)", r"\bdyslipid", r"\bhyperlipid", r"\bhormon\w+ defici", r"\bpituitary", r"\bbone (?:loss|dis)", r"\barthrit"),
        _words(r"\bairways?\b", r"\bobstructive\b(?! pulmonary disease)", r"\b(?:lung|respiratory|pulmonary) (?:dis(?!ease \(COPD)|cond)", r"\binterstitial lung", r"\bbronchospas", r"\ballerg\w+ (?:dis|cond)", r"\brespiratory allerg"),
        _words(r"\bneuro(?:log|degen)", r"\bmovement dis", r"\bdemyelinat", r"\bseizure dis", r"\bsleep dis", r"\bdementias?\b", r"\bsleepiness\b", r"\bspasticity\b"),
        _words(r"\bpsychos[ei]s\b", r"\bpsychiatric\b", r"\b(?:anxiety|mood|affective|psychotic|mental) (?:disorders|illness)", r"\banxiety\b(?! disorder)", r"\bmania\b"),
        _words(r"\binflammatory\b", r"\brheumati[cs]m?\b", r"\bspondyl(?:o-?)?arthr", r"\barthrit(?:is|ides)\b(?<!rheumatoid arthritis)(?<!psoriatic arthritis)", r"\b(?:auto-?immun|immun\w+[- ]mediated)", r"\b(?:skin|bowel|joint) (?:dis|cond)", r"\bdermatos"),
        _words(r"\blower urinary", r"\burinary (?:symptom|dis|tract (?:dis|symptom))", r"\burolog", r"\bprostat\w+ dis", r"\bbladder (?:dis|dysf)", r"\bincontinence\b(?<!stress urinary incontinence)", r"\binfections\b"),
        _words(r"\bvir(?:al|us) (?:infect|hepat|dis)", r"\binfections\b", r"\binfectious\b", r"\bbacterial\b", r"\bmycobacter", r"\bretrovir", r"\bparasit", r"\bprotozoa"),
    ),
    "fr": (
        _words(
            r"\bcardiopath", r"\bcoronar", r"\bcoronaropath", r"\bmaladies? cardiaques?", r"\bischémi", r"\barythmi", r"\btroubles? du rythme", r"\bthrombo-?embol", r"\bathéro-?thrombo",
            r"\b(?:maladies?|affections?|événements?|troubles?|risques?|mortalité|morbidité|complications?) (?:cardio-?|cérébro-?)?vasculaires?",
        ),
        _words(r"\bneuro(?:log|dégén)", r"\bdémyélin", r"\bdémences\b", r"\bmouvements? anorma", r"\bcomitial", r"\bspasticité"),
        _words(r"\binflammatoires?\b", r"\brhumatism", r"\brhumatolog", r"\bspondyl(?:o-?)?arthr(?!ite ankyl)", r"\barthrites?\b", r"\bauto-?immun", r"\bdermatos", r"\bmaladies? (?:de la peau|intestinal|articulair)"),
        _words(r"\bendocrin", r"\bmétaboli", r"\bthyroïdien", r"\bdyslipid", r"\bhyperlipid", r"\bhypophys", r"\bmaladies? osseuse", r"\bperte osseuse", r"\bdéficits? hormon"),
    ),
}  # fmt: skip
"""Of each part of medicine, in the order of the names that are treated: a class that may hold the names beside it."""

PART_BEFORE = re.compile(
    r"(?:\b(?:respiratory|(?:intra-?)?ocular|(?:extra-?)?pulmonary|portal|porto-?pulmonary|renal|renovascular|hepatic|cardiac|cardiovascular|arterial|venous"
    r"|cerebral|cerebrovascular|intra-?cranial|spinal|thrombo-?embolic|gestational|pregnancy-induced|uterine|vascular|systemic|neonatal|marrow|central|myocardial"
    r"|coronary|ventricular|atrial|cutaneous|mucosal|uveal|conjunctival|intestinal|gastric|urinary|bladder|prostatic|abdominal|retinal|bronchial|ovarian|ovulation"
    r"|hemiplegic|psychotic|bipolar|manic|post-?partum|post-?natal|spinal|congenital|juvenile|myoclonic|familial)"
    r"|castrat(?:ion|e)[- ](?:resistant|sensitive|na[iï]ve)|hormone[- ](?:\w+[- ])?(?:resistant|refractory|sensitive|dependent|positive)"
    r"|\bHER2[- ]?(?:positive|negative|low)|\btriple[- ]negative|\b(?:non-)?small[- ]cell|\w-induced)\s+$",
    re.IGNORECASE,
)
"""What stands directly before an English name and belongs to it: “portal hypertension”, “castration-resistant prostate cancer”."""
PART_AFTER = re.compile(
    r"\s+(?:(?:artérielle|respiratoire|portale|porto-?pulmonaire|(?:intra-?)?oculaire|(?:extra-?)?pulmonaire|rénale|rénovasculaire|hépatique|cardiaque|cardiovasculaire"
    r"|veineuse|cérébrale|intra-?crânienne|thrombo-?embolique|gravidique|utérine|vasculaire|systémique|congestive|néonatale|auriculaire|ventriculaire|cutanée|intestinale"
    r"|urinaire|coronaire|myoclonique|partielle|généralisée|cortisonique|cortico-?induite|post-?ménopausique|familiale|axiale|juvénile|hémiplégique|congénitale|centrale"
    r"|(?:non[ -])?valvulaire|essentielle|homozygote|hétérozygote|(?:hormono-?)?(?:résistant|sensible)e? à la castration)\b|à fraction\b|d['’]éjection\b)",
    re.IGNORECASE,
)
"""What stands directly behind a French name and belongs to it: “hypertension artérielle pulmonaire”."""
