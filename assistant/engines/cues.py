"""The words that tell what a sentence is for, in English and French: data for zones, roles and standing alone.

All of it was written for this project and tried on European labels, two-column trial papers and French
public-health decks; none of it is a product's or a company's wording.
"""

import re
from typing import Literal

Zone = Literal[
    "indication", "dose", "contraindication", "warning", "interaction", "special_population", "adverse_reaction",
    "overdose", "mechanism", "result", "conclusion", "design", "background", "discussion", "other", "excluded",
]  # fmt: skip

LABEL_ZONES: dict[str, Zone] = {
    "4.1": "indication",
    "4.2": "dose",
    "4.3": "contraindication",
    "4.4": "warning",
    "4.5": "interaction",
    "4.6": "special_population",
    "4.7": "other",
    "4.8": "adverse_reaction",
    "4.9": "overdose",
    "5.1": "result",
    "5.2": "mechanism",
    "5.3": "excluded",
}
"""Sections of the European SmPC (Directive 2001/83/EC, article 11); the French RCP has the same numbers."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


EXCLUDED_HEADING = _any(
    r"^\W*(?:references?|bibliograph\w*|r[ée]f[ée]rences?)\b", r"acknowledge?ments?\b", r"remerciements?",
    r"fundings?\b", r"\bfinancement", r"conflicts? of interest", r"competing interests?", r"declarations? of interest",
    r"disclosures?\b", r"conflits? d.int[ée]r[êe]ts?", r"liens? d.int[ée]r[êe]ts?", r"contribut(?:ors|ions?)\b",
    r"author information", r"affiliations?\b", r"\babbreviations?\b", r"\babr[ée]viations\b", r"supplementa",
    r"supporting information", r"^\W*appendi", r"\bkeywords?\b", r"mots.cl[ée]s", r"ethic(?:s|al) (?:approval|statement)",
    r"data (?:availability|sharing)", r"availability of data", r"consent (?:for|to) p", r"^\W*(?:table of )?contents\W*$",
    r"^\W*(?:sommaire|agenda|plan|outline|overview|ordre du jour)\W*$", r"^\W*(?:questions?|merci|thank you|contacts?)\b.{0,25}$",
    r"reporting of suspected adverse", r"d[ée]claration des effets ind[ée]sirables", r"traceability", r"tra[çc]abilit[ée]",
    r"excipients? with known effect", r"excipients? [àa] effet notoire", r"role of the funding", r"trial registration",
    r"^\W*(?:figure|fig\.?|table|tableau|box|encadr[ée])\s*\w?\d*\b", r"publisher.s note", r"copyright", r"open access", r"correspondence", r"how to cite", r"article information",
    r"research in context", r"evidence before this study", r"added value of this study", r"implications of all", r"study organi[sz]ation",
)  # fmt: skip

EXCLUDED_LABEL_PART = re.compile(
    r"^\s*(?:1|2|3|6|7|8|9|10|11|12)\.?\s+(?:name of|qualitative|pharmaceutical (?:form|particulars)|marketing authori|date of|dosimetry"
    r"|instructions for|d[ée]nomination|composition|forme pharma|donn[ée]es pharma|titulaire|num[ée]ros?\b|dosim[ée]trie|instructions pour"
    r"|conditions de)",
    re.IGNORECASE,
)
"""Parts of an SmPC that nobody drafts from: names, composition, packaging, holder, dates."""

DOSE_UNIT = r"(?:mg|g|[µμ]g|mcg|mL|ml|UI|IU|U|units?|unités?)"
"""The units of a dose as they are written; micro has two signs."""
HEADING_ZONES: tuple[tuple[re.Pattern[str], Zone], ...] = (
    (_any(r"contr[ae][-‑]?\s?indi(?:c|qu)"), "contraindication"),
    (_any(r"warnings?\b", r"precautions?\b", r"mises? en garde", r"pr[ée]cautions?"), "warning"),
    (
        _any(
            r"adverse", r"undesirable", r"ind[ée]sirables?", r"side.effects?", r"\bsafety\b", r"tol[ée]rance",
            r"tolerability", r"s[ée]curit[ée] d.emploi", r"profil de s[ée]curit[ée]", r"^\W*s[ée]curit[ée]\W*$",
            r"effets? secondaires?", r"\bharms?\b", r"risques?\b",
        ),
        "adverse_reaction",
    ),
    (_any(r"interactions?\b"), "interaction"),
    (_any(r"over-?dos", r"surdosage"), "overdose"),
    (_any(r"pregnan", r"grossesse", r"lactation", r"breast", r"allaitement", r"fertilit"), "special_population"),
    (_any(r"posolog", r"\bdos(?:e|ing|age)\b", r"mode d.administration", r"method of administration"), "dose"),
    (_any(r"mechanism of action", r"m[ée]canisme d.action", r"mode (?:d.|of )action", r"pharmacokinetic", r"pharmacocin"), "mechanism"),
    (_any(r"conclusions?", r"interpretation", r"key messages?", r"take.?home", r"[àa] retenir", r"messages? cl[ée]s?",
          r"en r[ée]sum[ée]", r"synth[èe]se", r"summary and", r"perspectives", r"study adds", r"clinical implications",
          r"implications for (?:clinic|practice)"), "conclusion"),
    (_any(r"\bresults?\b", r"r[ée]sultats?", r"findings", r"outcomes?\b", r"efficacy", r"efficacit[ée]", r"end.?points?",
          r"crit[èe]res? d", r"clinical (?:studies|trials)", r"[ée]tudes? cliniques?"), "result"),
    (_any(r"\bmethods?\b", r"m[ée]thod", r"statistical", r"statistiques?\b", r"procedures?\b", r"participants?\b",
          r"study design", r"\bdesign\b", r"sch[ée]ma de l", r"mat[ée]riel", r"randomi[sz]ation", r"inclusion",
          r"assessments?\b", r"measurements?\b", r"protocol"), "design"),
    (_any(r"introduction", r"background", r"already known", r"was known", r"contexte", r"\bcontext\b", r"objecti[fv]", r"\baims?\b", r"rationale"),
     "background"),
    (_any(r"discussion", r"limit(?:ation|e)s?\b", r"strengths"), "discussion"),
    (_any(r"therapeutic indications?", r"\bindications?\b", r"indicated"), "indication"),
    (_any(r"key points", r"points (?:cl[ée]s|forts)", r"highlights"), "conclusion"),
)  # fmt: skip
"""Tried in this order on each heading, innermost first."""

SPECIAL_POPULATION = _any(
    r"elderly", r"older (?:people|patients)", r"geriatric", r"paediatric", r"pediatric", r"children", r"renal", r"hepatic",
    r"personnes? [âa]g[ée]es?", r"sujets? [âa]g[ée]s?", r"p[ée]diatri", r"enfants?", r"\b(?:kidney|liver)\b",
    r"\b(?:insuffisance|atteinte|dysfonction|alt[ée]ration|fonction|maladie)s? (?:de la fonction )?(?:r[ée]nale|h[ée]patique)",
)  # fmt: skip
"""Sub-headings of the posology that narrow it to some patients."""

ROLE_CUES: dict[str, re.Pattern[str]] = {
    "indication": _any(r"\b(?:is|are) indicated\b", r"(?<!contra-)(?<!contra)\bindicated (?:for|in|as)\b", r"\b(?:est|sont) (?:[ée]galement )?indiqu[ée]e?s?\b",
                       r"(?<!contre-)\bindiqu[ée]e?s? (?:dans|pour|chez|en)\b"),
    "dose": _any(r"should be (?:started|initiated|given|administered|taken)", r"is to be (?:taken|given)", r"\b(?:per|a) day\b", r"par jour",
                 r"doit [êe]tre (?:d[ée]but|instaur|administr|pris)", r"recommended (?:\w+ )?dos", r"starting dose", r"target dose", r"maximum (?:daily |recommended )?dose",
                 r"dose recommand[ée]e", r"posologie (?:recommand|initiale|usuelle|habituelle)", r"dose (?:initiale|cible|maximale)",
                 r"\b(?:once|twice|three times) (?:a |per )?(?:daily|day|week|weekly)",
                 r"\b(?:une|deux|trois) fois par (?:jour|semaine)"),
    "contraindication": _any(r"contra-?indicated", r"contre-?indiqu", r"contra-?indications? (?:are|is|include)", r"contre-?indications? (?:sont|est|comprennent)"),
    "warning": _any(r"(?:should|must|is to|are to) be (?:monitored|avoided|discontinued|stopped|withheld|interrupted|used with caution|measured|checked|tested)",
                    r"\b(?:caution|monitor(?:ed|ing)?)\b", r"must not", r"(?:doi(?:t|vent) [êe]tre|ser(?:a|ont)|est|sont) (?:surveill|interromp|arr[êe]t|[ée]vit|mesur|dos[ée]|contr[ôo]l[ée])",
                    r"\bprudence\b", r"\bsurveill", r"not recommended", r"n.est pas recommand", r"\brisk of\b", r"risque (?:de|d.)"),
    "adverse_reaction": _any(r"adverse (?:drug )?(?:reactions?|events?|effects?)", r"side effects?", r"undesirable effects?",
                             r"effets? (?:ind[ée]sirables?|secondaires?)", r"[ée]v[ée]nements? ind[ée]sirables?",
                             r"\btolerated\b", r"withdrawals? due to", r"discontinu\w+ (?:due to|because of)", r"\btol[ée]r[ée]", r"hyperkala?emia", r"hyperkali[ée]mie", r"hypoglyca?emia"),
    "design": _any(r"double[- ]blind", r"randomi[sz]ed", r"placebo-controlled", r"open[- ]label", r"cross-?over", r"multicent",
                   r"double[- ]aveugle", r"randomis[ée]", r"contr[ôo]l[ée]e? (?:contre|versus|par) placebo", r"cohorte?\b",
                   r"meta-analys", r"m[ée]ta-analyse", r"post.?hoc analys", r"pooled (?:\w+ )?(?:analys|data)", r"analyses? (?:post.?hoc|a posteriori|pool[ée]e|group[ée]e)", r"we (?:enrolled|recruited)\b", r"we included (?:\d|patients|adults|participants|people)", r"population d.[ée]tude"),
    "result": _any(r"hazard ratio", r"\bHRs?\b", r"odds ratio", r"risk reduction", r"relative risk", r"rate ratio",
                   r"confidence interval", r"\bCI\b", r"\bIC ?(?:à )?95", r"\b95 ?% ?(?:CI|confidence)", r"\bp ?[<=≤] ?0", r"primary (?:efficacy )?(?:end|out)",
                   r"crit[èe]re (?:de jugement )?principal", r"significant(?:ly)?\b", r"significati(?:f|ve|vement)",
                   r"(?:reduced|improved|increased|decreased|lowered|prolonged|superior)\b",
                   r"(?:r[ée]duit|am[ée]lior[ée]|augment[ée]|diminu[ée]|sup[ée]rieure?)\b", r"\bmedian\b", r"\bm[ée]diane?\b"),
    "conclusion": _any(r"^(?:in conclusion|in summary|our (?:results|findings)|these (?:results|findings)|en conclusion|en r[ée]sum[ée]|au total)",
                       r"\bwe conclude", r"\bfirst (?:trial|study|evidence)", r"most effective"),
}  # fmt: skip

PRIMARY = _any(r"primary (?:efficacy |composite )?(?:end.?point|outcome)", r"co-primary", r"crit[èe]re (?:de jugement )?principal",
               r"critère composite principal")  # fmt: skip
SECONDARY = _any(r"\bsecondary\b(?! (?:care|prevention|school|to\b))", r"\b(?<!effets )(?<!soins )(?<!prévention )secondaires\b", r"crit[èe]re (?:de jugement )?secondaire\b", r"\bpost.?hoc\b", r"\bexploratory\b", r"\bsub-?groups?\b", r"\bsous-?groupes?\b", r"exploratoires?\b",
                 r"\bsensitivity analys", r"analyses? de sensibilit")  # fmt: skip
COMMONEST = _any(
    r"most (?:common|frequent)(?:ly)?", r"very common", r"plus fr[ée]quent(?:e|s|es)?\b(?!\W+(?:\w+\W+){0,3}qu[e'’])", r"plus fr[ée]quemment(?!\W+(?:\w+\W+){0,3}qu[e'’])",
    r"tr[èe]s fr[ée]quent",
)  # fmt: skip
REACTION = _any(r"most (?:common|frequent)", r"\b(?:occurred|reported|observed|seen|noted|experienced)\b", r"associated with", r"plus fr[ée]quent", r"\bfr[ée]quents?\b",
                r"(?:observ|rapport|signal|associ)[ée]e?s?\b", r"may occur", r"peu(?:t|vent) survenir")  # fmt: skip
"""In a label's section 4.8: the sentence names what happened."""
MAJOR = _any(r"overall survival", r"mortality", r"\bdeaths?\b", r"hospitali[sz]ation", r"progression-free", r"survie globale", r"mortalit[ée]",
             r"d[ée]c[èe]s", r"survival")  # fmt: skip
"""Outcomes that matter most to patients."""
SURVIVAL = _any(r"\boverall survival\b", r"\bsurvie globale\b")
"""The outcome before all others, where a trial has it."""
EFFECT = _any(r"hazard ratio", r"\bHRs?\b", r"odds ratio", r"\bORs?\b", r"relative risk", r"\bRR\b", r"rate ratio", r"risk ratio", r"rapport de risques?",
              r"rapport de cotes", r"risque relatif", r"\bdifferences?\b", r"\bdiff[ée]rences?\b", r"\bp\s?[<=≤]\s?0")  # fmt: skip
"""How far two arms are apart."""
SURROGATE = _any(r"\bPSA\b", r"\bFACT-", r"\bKCCQ\b", r"\bEQ-5D", r"\bSF-36\b", r"quality of life", r"qualit[ée] de vie", r"biomarkers?\b", r"biomarqueurs?\b",
                 r"BNP\b", r"pharmacodynamic effects", r"effets pharmacodynamiques", r"healthy (?:\w+ ){0,2}(?:volunteers|subjects)", r"volontaires? sains?", r"time to (?:first use|initiation)", r"d[ée]lai (?:avant|jusqu.[àa]) (?:l.instauration|la premi[èe]re utilisation)")  # fmt: skip
"""What is measured beside the outcome that a trial was made for, unless the sentence calls it primary."""
AFTERWARDS = _any(r"\bpost.?hoc\b", r"\ba posteriori\b", r"\bpooled (?:\w+ )?(?:analys|data|stud|trial)", r"\b(?:analyses?|donn[ée]es|[ée]tudes|essais) (?:pool[ée]e?s|group[ée]e?s|combin[ée]e?s)\b",
                  r"\bindividual[- ](?:patient|participant)[- ]data\b", r"\bdonn[ée]es individuelles\b")  # fmt: skip
"""That an analysis was made when the result was known, or of several studies together: its results are not told without it."""
OF_OTHER_OUTCOMES = _any(r"^(?:the |other )?(?:exploratory|secondary|tertiary|additional) (?:outcomes?|end[- ]?points?|analys[ei]s)\b",
                         r"^les (?:autres )?(?:crit[èe]res|analyses) (?:exploratoires?|secondaires?)\b")  # fmt: skip
"""What else a trial looked at: that this was afterwards says nothing of the trial."""
SEVERAL_PRIMARY = re.compile(
    r"\bco-?primary\b|\bprimary (?:[\w-]+ ){0,2}(?:end[- ]?points|outcomes)\b|\bcrit[èe]res (?:[\w-]+ ){0,3}(?:co-?)?principaux\b",
    re.IGNORECASE,
)
"""Each of several primary endpoints is a part of the primary result."""
BASELINE = _any(r"\b(?:median|mean|average) (?:age|body mass index|BMI)\b(?! (?:change|loss|reduction|decrease|increase)s?\b)", r"\bat (?:baseline|randomi[sz]ation)\b", r"[âa]ge (?:m[ée]dian|moyen)\b", r"[àa] l.inclusion\b",
                r"baseline characteristics", r"observation time", r"caract[ée]ristiques (?:initiales|de base)", r"median (?:duration of )?follow-up (?:was|time)", r"suivi m[ée]dian (?:[ée]tait|a [ée]t[ée])")  # fmt: skip
"""Who was in the trial and how long, not what came of it."""
OTHERS_WORK = re.compile(
    r"\(\d{1,2}(?:[,–-] ?\d{1,2})*\)|\[\d{1,3}(?:[,–-] ?\d{1,3})*\]|\bprevious (?:studies|trials|evaluations)|\b(?:have|has) been \w+ randomi[sz]ed|\bthe \w+ (?:study|trial)s? (?:showed|found|reported)"
)
"""Reference numbers in a paper's text: the sentence speaks of somebody else's results."""
POOLED = re.compile(
    r"^(?:overall|in total|globalement|au total),? (?:\d|of\b|parmi\b|sur\b)(?!.*\b(?:versus|vs|placebo|compared|contre|par rapport)\b)",
    re.IGNORECASE,
)
"""All who took part, whatever they took: no effect of the medicine."""
ARMS = re.compile(
    r"\(N ?= ?\d[\d, ]*\)[^.%]*\b(?:versus|vs|and|or|contre|et|ou)\b[^.%]*\(N ?= ?\d[\d, ]*\)", re.IGNORECASE
)
"""How many took what: no reaction to it."""
ESTIMATE = re.compile(
    r"\b(?:W?MD|SMD|mean difference|difference|hazard ratio|odds ratio|risk ratio|HR|OR|RR|diff[ée]rence)\b"
)
"""An effect that is estimated, with its interval or test, compares two groups without a word of comparison."""
AIM = _any(
    r"\b(?:was|were) (?:designed|intended|undertaken|conducted|performed) to\b",
    r"\b(?:aims?|objectives?|purpose) of\b",
    r"\b(?:aim(?:s|ed)|sought) to\b",
    r"\b(?:visait|visaient|cherchait|avait pour (?:but|objectif))\b|\b(?:a été|ont été) (?:conçue?s?|menée?s?|conduite?s?) (?:pour|afin)\b",
)
"""What a study was to find out: no conclusion."""
PRIOR_WORK = _any(
    r"^(?:interestingly|similarly|notably|likewise|also)?,? ?in (?:the|an?|another) (?:[\w-]+ ){0,4}(?:study|trial|meta-analysis|cohort|registry|register|analysis) (?:of|by|in|among)\b[^.]*[(\[]\d{1,3}(?:[,–-] ?\d{1,3})*[)\]]\.?$",
    r"[.,)][⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?:[⁻⁻,–-]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})*$",
    r"\b(?:previous|prior|earlier|other|several|numerous|recent) (?:\w+ )?(?:studies|trials|evaluations|reports|works?|meta-analys[ei]s|investigations)\b",
    r"\b(?:d.autres|plusieurs|de pr[ée]c[ée]dente?s|de r[ée]centes?) (?:\w+ )?(?:[ée]tudes|essais|travaux|m[ée]ta-analyses)\b|\b(?:[ée]tudes|essais|travaux) (?:ant[ée]rieure?s?|pr[ée]c[ée]dente?s?)\b",
)
"""What others found before: no result or conclusion of this paper."""
RECOMMENDED = _any(
    r"recommended (?:\w+ )?dos",
    r"(?:dose|posologie)s? (?:\w+ )?recommand[ée]e?s?",
    r"usual dose",
    r"dose usuelle",
)
FATAL = _any(
    r"\bfatal", r"\bdeaths?\b", r"\bdied\b", r"\bmortality\b", r"life[- ]threatening", r"\bmortel", r"\bd[ée]c[èe]s\b", r"\bd[ée]c[ée]d[ée]", r"\bmortalit[ée]",
    r"pronostic vital", r"\bissue fatale",
)  # fmt: skip
GRAVE = _any(
    r"\bserious\b", r"\bgraves?\b", r"\bs[ée]v[èe]res? (?:r[ée]actions?|infections?)", r"\bsevere (?:(?:skin|cutaneous|allergic|hepatic|liver) )?(?:reactions?|infections?|injur|hypo\w+)",
    r"\b(?:acute )?(?:kidney|renal|liver|hepatic) (?:injur|failure|damage|toxicit|harm|insufficienc)", r"\bworsening of (?:renal|kidney|liver) ", r"\b(?:hepato|nephro|cardio)toxic", r"\bhepatitis\b", r"\bjaundice\b",
    r"\binsuffisances? (?:r[ée]nales?|h[ée]patiques?|cardiaques?) (?:aigu|survenu)", r"\batteintes? (?:r[ée]nale|h[ée]patique|cardiaque)", r"\bl[ée]sions? (?:r[ée]nale|h[ée]patique)", r"\bh[ée]patites?\b", r"\bict[èe]res?\b",
    r"\b(?:transaminases|aminotransferases?|ALT|AST|ALAT|ASAT)\b", r"\bcardiac (?:arrest|failure|arrhythm)", r"\bheart (?:failure|block)", r"\barr[êe]t cardiaque", r"\barythmi|\barrhythmi", r"\bQTc?\b", r"\bintervalle PR\b|\bPR interval", r"\bbradycardi", r"\bmyocardial infarction|infarctus du myocarde", r"\bstrokes?\b|\baccidents? vasculaires? c[ée]r[ée]bra",
    r"\bha?emorrhag|\bh[ée]morragi|\bbleeding\b|\bsaignements?\b", r"\bthrombo(?:s[ie]s|embol)|\bthromboses?\b|\bemboli", r"\banaphyla", r"\bangio-?[oœ]?e?dema|\bangio-?[oœ]?[eèé]?d[èe]me", r"Stevens.Johnson|\bDRESS\b|\bLyell\b|toxic epidermal|[ée]pidermique toxique",
    r"\badrenal (?:insufficiency|crisis|crises|suppression)|\binsuffisances? surr[ée]nal", r"\bsuicid", r"\bseizures?\b|\bconvulsions?\b", r"\bagranulocyt|\bneutrop[ée]ni|\bpancytop[ée]ni|\bthrombop[ée]ni|\bthrombocytop", r"\bsepsis\b|\bseptic", r"\btuberculos", r"\bpancr[ée]atit", r"\brhabdomyol", r"\bacidos[ei]s?\b|\bketoacidos|\bacidoc[ée]tos", r"\bhyperkala?emia|\bhyperkali[ée]mi", r"\bhyponatra?emia|\bhyponatr[ée]mi", r"\bhypoglyca?emia|\bhypoglyc[ée]mi",
    r"\brespiratory depression|d[ée]pression respiratoire", r"\bmalignan|\blymphom|\bcancers?\b", r"leu[ck]o-?enc[ée]phalopath", r"\bperforations?\b",
)  # fmt: skip
"""Harm to life, kidney, liver, heart, blood or mind, and what shows it coming."""
OF_THE_PACK = _any(
    r"\blactose\b|\bgalactose\b|\bfructose\b|\bsaccharose\b|\bsucrose\b|\bexcipients?\b|\blatex\b|\bsodium per dose|\bsodium par dose",
    r"\bbatch number|\btraceab|\bnum[ée]ro de lot|\btra[çc]abilit",
)
"""What a warning tells of the tablet, not of the medicine in it."""
STARTING = _any(
    r"\b(?:starting|initial|usual) (?:\w+ )?dos(?:e|age)\b",
    r"\brecommended (?:(?!maxim)\w+ )?(?:daily )?dos(?:e|age)\b(?! (?:adjust|reduc|interval))",
    r"\b(?:started|initiated) (?:at|with|on) (?:a dose of )?\d",
    r"\b(?:dose|posologie)s? (?:(?!maxim)\w+ )?(?:initiale|de départ|d['’]attaque|usuelle|habituelle|recommandée)s?\b(?! (?:est|sont) (?:diminu|rédui))",
    r"\b(?:débutée?|instaurée?|commencée?|initiée?|débuter|instaurer|commencer) (?:à|avec|par)(?: la dose| une dose)?(?: de)? \d",
)
"""The dose that a treatment begins with, or that is usual."""
UNKNOWN = _any(
    r"\b(?:is|are|was|were|remains?|remained) (?:\w+ )?(?:uncertain|unclear|unknown|poorly understood|undefined|undetermined|controversial|debated|not (?:fully |well )?(?:known|understood|established|defined|settled))",
    r"\b(?:reste|restent|est|sont|[ée]tai(?:t|ent)) (?:\w+ )?(?:incertaine?s?|mal connue?s?|inconnue?s?|controvers[ée]e?s?|d[ée]battue?s?|mal d[ée]finie?s?|non [ée]tablie?s?)",
)
"""What was not known before a study began."""
FIRST_EVER = _any(r"to (?:our|the best of our) knowledge", r"[àa] notre connaissance", r"\bthe first (?:trial|study|randomi)",
                  r"\bla premi[èe]re [ée]tude", r"\ble premier essai")  # fmt: skip
"""Authors on their own merit."""
LEGEND = _any(r"^(?:chaque|each) (?:point|barre|bar|dot|line|ligne|couleur|colou?r)", r"^(?:[^;:]{1,25}\s?[:=] ?[^;:]{2,60}; ?){1,}[^;:]{1,25}\s?[:=]",
              r"^numbers and colou?rs", r"^project leads?", r"^n ?= ?\d+$", r"^source ?:")  # fmt: skip
CAPTION_LIKE = re.compile(
    r"^(?:pr[ée]valences?|incidences?|[ée]volutions?|r[ée]partitions?|distributions?|nombres?|taux|parts?|proportions?|cartes?|comparaisons?"
    r"|trends?|numbers?|rates?|maps?|comparisons?)\b",
    re.IGNORECASE,
)
"""How the title of a chart begins: it names a subject and says nothing of it."""
FORBIDS = _any(
    r"contre-indiqu", r"contraindicat", r"\b(?:must|may|do) not\b", r"\bnever\b", r"\bne doi(?:t|vent) (?:pas|jamais|en aucun)",
    r"\bne pas (?:utilis|administr|prescri|prendre|donn)", r"\binterdit", r"\bproscri",
)  # fmt: skip
RESTRICTS = _any(
    r"\bshould not\b", r"\bnot (?:been )?(?:recommended|indicated|studied|established|evaluated)\b", r"\bavoid", r"\bexcluded\b",
    r"\b(?:must|should) be (?:stopped|discontinued|withheld)\b", r"\bpas (?:été )?(?:recommandé|indiqué|étudié|établi|évalué)", r"\bdéconseillé", r"\bévit(?:er|é)", r"\bexclus?e?s?\b",
    r"\bdoi(?:t|vent) être (?:interromp|arrêt|suspend)",
)  # fmt: skip
NO_EFFECT = _any(
    r"\bno (?:(?:clinically|relevant|significant|meaningful|important|marked|statistically) )*(?:effect|interaction|change|impact|influence|difference)s?\b",
    r"\b(?:did|does|do) not (?:\w+ly )?(?:affect|alter|influence|change|modify)\b", r"\b(?:aucun|aucune|pas) (?:d['’])?(?:effet|interaction|modification|influence|impact)",
    r"\bn['’](?:a|ont) pas (?:modifié|altéré|influencé|affecté)", r"\bne (?:modifie|modifient|influence|affecte) pas",
)  # fmt: skip
"""That two medicines may be given together: true, and not the first thing to know of interactions."""
ADDED_THERAPY = re.compile(
    r"^\W*(?:[\d.]+\s+)?(?:(?:adjunctive|adjunct|concomitant|concurrent|additional|background|supportive) (?:therap(?:y|ies)|treatments?|medications?|medicinal products?)"
    r"|pre-?medications?|traitements? (?:adjuvants?|associés?|concomitants?|d['’]appoint|de fond)|pr[ée]m[ée]dications?|m[ée]dicaments? (?:associés?|concomitants?))\W*$",
    re.IGNORECASE,
)
"""A sub-heading of the posology for what is given beside the medicine: its doses are another one's."""
AFTER_THE_METHODS = _any(r"statistical", r"statistiques?\b", r"sample size", r"calcul de l.effectif")
"""Headings at the end of a paper's methods."""
SPEAKS_OF_ONESELF = re.compile(
    r"(?:(?<!class )(?<!phase )(?<!type )(?<!stage )(?<!grade )(?<!level )\bI\b(?!-)|\b(?:my|me|myself|je|moi|mes|mon)\b|\bj['’])|\b(?:please|remember)\b|s['’]il vous pla[îi]t|\bretenez\b|\bsouvenez",
    re.IGNORECASE,
)
"""A speaker's own habit or a word to the audience: nothing that a piece may tell as the documents'."""
SPOKEN = _any(r"\b(?:I|I.m|I.ve|I.ll|let me|let.s|you know|welcome|thanks?|thank you|my|good (?:morning|evening|afternoon)|okay|OK|you.ll|you see)\b",
              r"\b(?:je|j.ai|bonjour|bonsoir|merci|bienvenue|passons|voyons|voyez|mes|ma|mon|alors|donc voil[àa]|vous)\b",
              r"\b(?:next|this|first|last) (?:slide|question|speaker)\b", r"\b(?:diapositive|question suivante|mes chers)\b")  # fmt: skip
"""Talk about the talk: greetings, thanks, the speaker's own person."""
COMPARED = _any(r"compared (?:with|to)", r"\bversus\b", r"\bvs\b", r"\bplacebo\b", r"\bthan\b", r"par rapport [àa]", r"\bcontre\b",
                r"compar[ée]e?s? [àa]")  # fmt: skip
DEFINITION = _any(r"\b(?:was|were|is|are) defined (?:as|by)", r"end.?points?,? defined as", r"[ée]tait d[ée]fini|est d[ée]finie? (?:comme|par)",
                  r"(?:primary|secondary) (?:efficacy |composite )?(?:end.?points?|outcomes?)(?: of (?:the|this) \w+)? (?:was|were|is) (?:the )?(?!significant|met|reduced|lower|higher|not)",
                  r"crit[èe]re (?:de jugement )?(?:composite )?principal(?: composite)? (?:[ée]tait|est) (?:le|la|un|une|l.)",
                  r"was to (?:assess|evaluate|compare|determine|test)")  # fmt: skip
MINUTIAE = _any(r"\bassay", r"\bsoftware\b", r"\blogiciel\b", r"sample size", r"intention.to.treat", r"\bstratified\b", r"\bstratifi[ée]",
                r"power (?:of|to detect)", r"puissance (?:de|du|statistique)", r"complete (?:\w+ ){0,4}data", r"lost to follow-up", r"\bwere excluded\b", r"remained on (?:randomi[sz]ed|assigned|study)", r"carry-?over", r"\bANOVA\b", r"type (?:1|I|one) error", r"(?:no|without|sans) (?:correction|adjustment|ajustement) for multipl", r"adjusted p[- ]?values?", r"\bBonferroni|\bHommel|\bBenjamini|\bHochberg", r"\bregression\b", r"\bimput", r"informed consent", r"consentement [ée]clair",
                r"ethics committee", r"declaration of helsinki", r"\bblood samples?\b", r"\bcentrifug", r"\bELISA\b",
                r"visits?\b.*\bweeks?\b.*\bvisits?", r"registered (?:at|with|in)\b", r"clinicaltrials\.gov", r"washout",
                r"inclusion criteria", r"exclusion criteria", r"crit[èe]res? d.(?:inclusion|exclusion)", r"\bprotocol\b",
                r"study (?:visit|drug supply|medication)s?\b", r"\b(?:exact|t|F|log-?rank|Wilcoxon|Fisher.s|chi-?squared?|χ²)[- ](?:tests?|p values?)", r"were (?:done|performed|calculated|analy[sz]ed|assessed|measured|estimated) (?:with|using|by)", r"\bTable \d|\bFigure \d", r"unpublished", r"in accordance with", r"\bPRISMA\b", r"according to (?:the )?\w+ guideline", r"(?:were|was) (?:recorded|collected|monitored) (?:at|during|in)\b", r"screened\b", r"data were (?:also )?collected", r"Funnel plot|heterogeneity|risk of bias", r"permutation", r"\bcovariates?\b", r"computer.generated", r"covariance", r"\badjustment for\b", r"well.balanced", r"randomly ordered", r"\bSAS\b", r"\(appendix\b", r"\b(?:was|were) (?:measured|assessed|evaluated|determined|quantified)\.?$", r"\bthe focus (?:was|is|of)\b", r"\bcrossed over\b", r"\bquestionnaires?\b")  # fmt: skip
BOILERPLATE = _any(r"https?://", r"\bwww\.", r"\bdoi\b", r"\S@\S+\.\w", r"©", r"\bcopyright\b", r"all rights reserved", r"tous droits",
                   r"national reporting system", r"syst[èe]me national de d[ée]claration", r"appendix v\b", r"annexe v\b",
                   r"asked to report any suspected", r"d[ée]clarent? tout effet ind", r"full list of (?:excipients|all)",
                   r"liste compl[èe]te des excipients", r"additional monitoring", r"surveillance suppl[ée]mentaire",
                   r"has (?:deferred|waived) the obligation", r"obligation (?:de soumettre|to submit)", r"this medicin(?:al product|e) contains",
                   r"contains? (?:sorbitol|lactose|less than 1 mmol)", r"\bet al\b", r"creative commons", r"\blicen[cs]e[ds]?\b",
                   r"[ée]dition|parution\b.{0,12}\d{4}", r"local requirements", r"exigences locales", r"instructions? pour l.utilisation",
                   r"european medicines agency", r"a dash means", r"^notes?\s?:", r"within each frequency", r"presented in order of", r"frequenc(?:y|ies) (?:is|are) defined",
                   r"au sein de chaque", r"fr[ée]quences? (?:est|sont) d[ée]fini", r"un tiret (?:signifie|indique)", r"ordre (?:d[ée]croissant|de gravit[ée])", r"agence europ[ée]enne des m[ée]dicaments", r"marketing authori[sz]ation holder",
                   r"\bsupported by\b", r"\bgrants? from\b", r"\bfunded by\b", r"personal fees", r"honorari", r"\bpeer review")  # fmt: skip

DANGLING_START: dict[str, frozenset[str]] = {
    "en": _words("this these those that such it its they them their he she his her however therefore moreover furthermore thus hence "
        "consequently similarly conversely nevertheless nonetheless also then additionally accordingly otherwise instead "
        "likewise meanwhile besides again but and or so yet both neither either another others afterwards subsequently here "
        "there which who whose whereas although because since while if when for"),
    "fr": _words("ce cet cette ces celui celle ceux celles cela ceci ça il ils elle elles leur leurs son sa ses lui eux cependant "
        "toutefois néanmoins outre ailleurs ainsi donc mais et ou or puis enfin aussi alors ensuite c'est parallèlement "
        "réciproquement inversement également qui que dont tandis alors bien ici là dernière dernier ci notamment soit "
        "car comme si lorsque quand"),
}  # fmt: skip
CONDITION: dict[str, frozenset[str]] = {
    "en": _words("if when although because since while for whereas both there neither"),
    "fr": _words("si lorsque quand comme bien"),
}
"""Openers that only dangle when the sentence does not go on to a comma and a main clause."""
DANGLING_PHRASE = re.compile(
    r"^(?:in (?:addition|contrast|other words|short|(?:this|these)(?![^.]{0,110}\b(?:trial|study|analysis|review|cohort|meta-analysis)\b)|that|such|both (?:cases|groups|studies|trials))\b|on the (?:other hand|contrary)|as (?:such|a result|above|noted|described|mentioned|well)\b"
    r"|for (?:this|these|that|such|example|instance)\b|the (?:latter|former|same|other|above|following|aforementioned|remaining)\b"
    r"|after (?:this|that)\b|at (?:this|that) (?:time|point)|of (?:these|those|them|note)\b|among (?:these|those|them|the latter)\b|during this\b|by (?:this|these)\b"
    r"|en (?:outre|revanche|effet|plus|cons[ée]quence|particulier|ce)\b|de (?:plus|m[êe]me|ce fait|cette)\b|par (?:ailleurs|cons[ée]quent|contre|exemple|rapport [àa] ce)\b"
    r"|en d.autres (?:termes|mots)|autrement dit|pour le dire autrement"
    r"|dans (?:(?:ce|cet|cette)(?![^.]{0,80}\b(?:essai|étude|analyse|revue|cohorte|méta-analyse)\b)|ces|les deux)\b|pour (?:ce|cette|ces|cela)\b|[àa] (?:ce|cet|cette|l.inverse)\b|parmi (?:ces|ceux|eux|celles)\b"
    r"|d.autre part|d.une part|c.est|les (?:m[êe]mes|autres|deux|derni[èe]r)|la m[êe]me|le m[êe]me|chez ces|avec ce(?:s|tte)?|au cours de ce(?:s|tte)?|lors de ce(?:s|tte)?)\b",
    re.IGNORECASE,
)
IMPERSONAL = re.compile(
    r"^(?:it is (?:recommended|important|not (?:known|recommended|necessary)|advised|advisable|contra-?indicated|necessary|unknown|essential)"
    r"|it should be noted|there (?:is|are|was|were|have been|has been)\b"
    r"|il (?:est (?:recommand|conseill|d[ée]conseill|important|n[ée]cessaire|imp[ée]ratif|pr[ée]f[ée]rable|possible|indispensable|essentiel)"
    r"|convient|faut|n.existe|n.y a|n.est pas (?:recommand|n[ée]cessaire)|existe)\b)",
    re.IGNORECASE,
)
ELSEWHERE = _any(r"\b(?:described|mentioned|listed|given|shown|noted|discussed|defined|outlined|presented) (?:above|below|previously|earlier)\b",
                 r"\b(?:see|as) (?:above|below)\b", r"ci-(?:dessus|dessous|apr[èe]s|contre)", r"\bas follows\b", r"the following\b.*:$",
                 r"suivante?s? ?:$", r"(?:table|figure|tableau|fig\.?) ?\d+ (?:shows?|summari|presents?|lists?|provides?|displays?|illustr|pr[ée]sente|r[ée]sume|montre|indique)",
                 r"(?:shown|presented|summari[sz]ed|listed|displayed|given|provided|depicted|found|reported) (?:in|within|by) (?:the )?(?:following |online |supplementa\w* )*(?:tables?|figures?|appendix|fig\.)",
                 r"(?:pr[ée]sent|r[ée]sum|list|donn|indiqu|d[ée]crit)\w* (?:dans|[àa]|au|en) (?:les? |la |l.)?(?:tableaux?|figures?|annexe)",
                 r"\bsupplementary (?:table|figure|material|appendix)", r"\bcette diapositive|\bthis slide\b|\bnext slide\b")  # fmt: skip

FINITE_VERB: dict[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:is|are|was|were|be|been|has|have|had|may|might|can|could|should|must|shall|will|would|do|does|did|cannot"
        r"|occurred|reduced|increased|decreased|improved|showed|shows|demonstrated|resulted|received|reported|included"
        r"|includes|led|leads|caused|causes|remains?|remained|appears?|seems?|suggests?|supports?|indicates?|confirms?"
        r"|provides?|reduces|increases|decreases|improves|binds|inhibits|blocks|acts|prolonged|lowered|achieved|found"
        r"|requires?|represents?|affects?|contains?|depends?|differed|died|fell|rose|enrolled|began|became|experienced"
        r"|underwent|gave|made|took|had|need|needs|discontinue|monitor|avoid|(?:use|stop|start)(?! of\b)|do not|show|occurs?|suggest|indicate|demonstrates?"
        r"|confirm|receives?|require|seem|appear|remain|develop|develops|developed|persists?|persisted|observed no)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:est|sont|[ée]tait|[ée]taient|sera|seront|serait|a|ont|avait|avaient|aura|auront|fut|furent|doit|doivent|devra|devront|devrait"
        r"|peut|peuvent|pourrait|pourraient|n'est|n'a|n'ont|n'[ée]tait|faut|convient|existe|s'est|c'est|r[ée]duit|r[ée]duisent"
        r"|augmente(?:nt)?|diminue(?:nt)?|am[ée]liore(?:nt)?|montre(?:nt)?|permet(?:tent)?|repose|comprend|comprennent"
        r"|repr[ée]sente(?:nt)?|concerne(?:nt)?|re[çc]oi(?:t|vent)|pr[ée]sente(?:nt)?|sugg[èe]re(?:nt)?|confirme(?:nt)?|inhibe|agit|bloque"
        r"|entra[îi]ne(?:nt)?|contient|d[ée]pend|reste(?:nt)?|survien(?:t|nent)|observe|utilise(?:nt)?|n[ée]cessite(?:nt)?|vise|correspond(?:ent)?"
        r"|\w{3,}(?:aient|èrent|irent|eront|erait))\b",
        re.IGNORECASE,
    ),
}
