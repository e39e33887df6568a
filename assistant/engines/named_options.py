"""Names that can stand among the options of a quiz question: data, in one grammatical form for each list.

Beside each the words by which a source would speak of it. A name that a label speaks of in any way is no wrong answer
there, so that none of them needs to be known to be harmless: it only has to be absent.
"""

import re
from dataclasses import dataclass

from guardrails.model import Language


@dataclass(frozen=True, slots=True)
class Name:
    """What an option would say, and how a source names it or what holds it."""

    text: str
    said: re.Pattern[str]
    """Anywhere in a label."""
    kin: re.Pattern[str] | None = None
    """Wider words that would hold it, where they are forbidden: "severe cardiac disease"."""
    article: str = ""
    """Of a French name: le, la, l’ or les."""

    @property
    def definite(self) -> str:
        """With its article."""
        return f"{self.article}{'' if self.article in {'', 'l’'} else ' '}{self.text}"


def _name(text: str, said: str, kin: str = "") -> Name:
    article, _, bare = text.partition("|")
    return Name(
        bare or article,
        re.compile(said, re.IGNORECASE),
        re.compile(kin, re.IGNORECASE) if kin else None,
        article if bare else "",
    )


FORBIDDEN: dict[Language, tuple[Name, ...]] = {
    "en": (
        _name("narrow-angle glaucoma", "glaucom|intra-?ocular", r"\beyes?\b|ocular|ophthal"),
        _name("phaeochromocytoma", "pha?eochromocytom", "hypertens|tumour|adrenal"),
        _name("acute porphyria", "porphyr", "liver|hepat|metabolic"),
        _name("myasthenia gravis", "myasthen", "neuro|muscul|muscle"),
        _name("active peptic ulcer", "ulcer", "bleed|ha?emorrh|gastr"),
        _name("urinary retention", "urinary (?:retention|obstruct|tract)|retention of urine", "renal|kidney|urin|prostat"),
        _name("uncontrolled epilepsy", "epilep|seizure|convuls", "neuro|nervous|cerebr"),
        _name("untreated hyperthyroidism", "thyroid|thyrotox", "endocrin"),
        _name("gout", r"\bgout|uric|urate", "arthrit|renal"),
        _name("paralytic ileus", r"\bileus|obstruct", "gastr|bowel|intestin|surg"),
        _name("acute pancreatitis", "pancrea", "gastr|amylase"),
        _name("severe psoriasis", "psoria", "skin|dermat|cutan"),
        _name("Parkinson’s disease", "parkinson", "neuro|nervous|cerebr"),
        _name("hyponatraemia", "natra?emi|sodium level|serum sodium", "electrolyte"),
        _name("hypercalcaemia", "calca?emi|serum calcium", "electrolyte|calcium"),
        _name("uncontrolled asthma", "asthma|bronchosp", "respir|pulmon|lung|airway"),
        _name("active tuberculosis", "tubercul", "infect|pulmon|lung"),
        _name("a history of depression", "depress|suicid", "psych|mental"),
    ),
    "fr": (
        _name("glaucome par fermeture de l’angle", "glaucom|intra-?oculaire", r"oculaire|ophtalm|\byeux\b"),
        _name("phéochromocytome", "phéochromocytom", "hypertens|tumeur|surrénal"),
        _name("porphyrie aiguë", "porphyr", "hépat|métabol"),
        _name("myasthénie", "myasthén", "neuro|muscul"),
        _name("ulcère gastroduodénal évolutif", "ulcère|ulcéreu", "hémorrag|saignement|gastr"),
        _name("rétention urinaire", "rétention urinaire|urinaire", "rénal|prostat"),
        _name("épilepsie non contrôlée", "épilep|convuls|comitial", "neuro|nerveux|cérébr"),
        _name("hyperthyroïdie non traitée", "thyroïd", "endocrin"),
        _name("iléus paralytique", "iléus|occlusion", "gastr|intestin|digesti|chirurg"),
        _name("pancréatite aiguë", "pancréa", "gastr|digesti"),
        _name("psoriasis sévère", "psoria", "cutané|dermat|peau"),
        _name("maladie de Parkinson", "parkinson", "neuro|nerveux|cérébr"),
        _name("hyponatrémie", "natrémi", "électrolyt|sodium"),
        _name("hypercalcémie", "calcémi", "électrolyt|calcium"),
        _name("asthme non contrôlé", "asthm|bronchosp", "respir|pulmon"),
        _name("tuberculose évolutive", "tubercul", "infect|pulmon"),
        _name("antécédents de dépression", "dépressi|suicid", "psych|mental"),
    ),
}  # fmt: skip
"""What other medicines are forbidden in."""

TREATED: dict[Language, tuple[tuple[Name, ...], ...]] = {
    "en": (
        (
            _name("heart failure", "heart failure"), _name("atrial fibrillation", "fibrillation"), _name("angina pectoris", r"\bangina"),
            _name("hypertension", "hypertensi"), _name("myocardial infarction", "infarct|coronary"), _name("ischaemic stroke", "stroke|cerebrovasc"),
            _name("deep vein thrombosis", "thromb"), _name("pulmonary arterial hypertension", "pulmonary"),
        ),
        (
            _name("breast cancer", "breast"), _name("prostate cancer", "prostat"), _name("ovarian cancer", "ovar"), _name("colorectal cancer", "colo(?:n|rect)"),
            _name("lung cancer", "lung"), _name("gastric cancer", "gastric|stomach"), _name("bladder cancer", "bladder|urothel"),
            _name("melanoma", "melanom"),
        ),
        (
            _name("multiple myeloma", "myelom"), _name("chronic lymphocytic leukaemia", "lymphocytic"), _name("chronic myeloid leukaemia", "myeloid"),
            _name("Hodgkin lymphoma", "lymphom"),
        ),
        (
            _name("diabetes mellitus", "diabet|glyc"), _name("hypothyroidism", "thyroid"), _name("acromegaly", "acromegal|growth hormone"),
            _name("osteoporosis", "osteopor|bone"), _name("obesity", "obes|weight"), _name("hypercholesterolaemia", "cholesterol|lipid"),
            _name("gout", r"\bgout|uric"),
        ),
        (
            _name("asthma", "asthma"), _name("chronic obstructive pulmonary disease", "obstructive|COPD"), _name("cystic fibrosis", "cystic"),
            _name("idiopathic pulmonary fibrosis", "pulmonary fibrosis"), _name("allergic rhinitis", "rhinit"), _name("bronchiectasis", "bronchiectas"),
        ),
        (
            _name("epilepsy", "epilep|seizure"), _name("migraine", "migrain|headache"), _name("Parkinson’s disease", "parkinson"),
            _name("multiple sclerosis", "sclerosis"), _name("narcolepsy", "narcolep|sleep"), _name("Alzheimer’s disease", "alzheimer|dementia"),
        ),
        (
            _name("schizophrenia", "schizo|psychos"), _name("bipolar disorder", "bipolar|mani"), _name("panic disorder", "panic"),
            _name("generalised anxiety disorder", "anxi"), _name("obsessive-compulsive disorder", "obsessi"), _name("depression", "depress"),
        ),
        (
            _name("rheumatoid arthritis", "rheumat"), _name("psoriatic arthritis", "psoria"), _name("plaque psoriasis", "psoria"),
            _name("ankylosing spondylitis", "spondyl"), _name("ulcerative colitis", "colitis"), _name("Crohn’s disease", "crohn"),
            _name("atopic dermatitis", "dermatit|eczema"),
        ),
        (
            _name("stress urinary incontinence", "incontinen"), _name("overactive bladder", "overactive|bladder|urge"), _name("erectile dysfunction", "erectile"),
            _name("benign prostatic hyperplasia", "prostat"), _name("urinary tract infection", "infect"),
        ),
        (
            _name("HIV infection", "HIV|immunodefic"), _name("chronic hepatitis B", "hepatitis"), _name("tuberculosis", "tubercul"),
            _name("influenza", "influenza"), _name("malaria", "malaria"), _name("herpes zoster", "herpes|zoster"),
        ),
    ),
    "fr": (
        (
            _name("l’|insuffisance cardiaque", "insuffisance cardiaque"), _name("la|fibrillation auriculaire", "fibrillation"), _name("l’|hypertension artérielle", "hypertensi"),
            _name("la|thrombose veineuse profonde", "thromb"), _name("la|maladie coronaire", "coronar|angor|infarctus"),
        ),
        (
            _name("la|sclérose en plaques", "sclérose"), _name("l’|épilepsie", "épilep|crise"), _name("la|migraine", "migrain|céphal"),
            _name("la|maladie de Parkinson", "parkinson"), _name("la|maladie d’Alzheimer", "alzheimer|démence"),
        ),
        (
            _name("la|polyarthrite rhumatoïde", "polyarthr|rhumat"), _name("la|spondylarthrite ankylosante", "spondyl"), _name("la|rectocolite hémorragique", "rectocolit"),
            _name("la|maladie de Crohn", "crohn"), _name("la|dermatite atopique", "dermatit|eczéma"),
        ),
        (
            _name("l’|hypothyroïdie", "thyroïd"), _name("l’|ostéoporose", "ostéopor"), _name("l’|obésité", "obésit|poids"),
            _name("l’|hypercholestérolémie", "cholestérol|lipid"), _name("l’|acromégalie", "acromégal"),
        ),
    ),
}  # fmt: skip
"""Diseases of one part of medicine each; in French all feminine, so that what follows agrees."""

REACTIONS: dict[Language, tuple[Name, ...]] = {
    "en": (
        _name("headache", "headach"), _name("nausea", "nause"), _name("diarrhoea", "diarrh"), _name("dry mouth", "dry mouth|xerostom"), _name("constipation", "constipat"),
        _name("cough", r"\bcough"), _name("dizziness", "dizz|vertig"), _name("insomnia", "insomn|sleep"), _name("hair loss", r"\bhair|alopec"),
        _name("rash", r"\brash|erupt|exanthem"), _name("fatigue", "fatig|asthen|tired"), _name("back pain", "back pain"), _name("anaemia", "ana?emi|ha?emoglob"),
        _name("weight gain", "weight (?:gain|increas)|increas\\w+ (?:in )?(?:body )?weight"), _name("taste disturbance", r"\btaste|dysgeus"), _name("muscle cramps", "cramp|spasm|myalg"), _name("palpitations", "palpit"),
        _name("tinnitus", "tinnit"), _name("blurred vision", "vision|visual"), _name("pruritus", "prurit|itch"), _name("hot flushes", "flush"),
        _name("nosebleeds", "epistax|nose"), _name("joint pain", "arthralg|joint"), _name("hypotension", "hypotens"), _name("tremor", "tremor"),
        _name("hoarseness", "hoars|dysphon"), _name("hiccups", "hiccup"), _name("mouth ulcers", "mouth ulcer|stomatit|aphth"),
    ),
    "fr": (
        _name("la|constipation", "constip"), _name("la|toux", r"\btoux"), _name("la|diarrhée", "diarrh"), _name("l’|insomnie", "insomn"), _name("l’|alopécie", "alopéc|cheveux"),
        _name("l’|anémie", "anémi|hémoglob"), _name("la|dysgueusie", "dysgueus|goût"), _name("la|prise de poids", "poids"), _name("la|fièvre", "fièvre|pyrex"),
        _name("l’|hypotension", "hypotens"), _name("la|sécheresse buccale", "buccal|bouche"), _name("la|fatigue", "fatig|asthén"), _name("l’|arthralgie", "arthralg|articul"),
        _name("l’|épistaxis", "épistax"), _name("la|vision floue", "vision|visuel"),
        _name("les|céphalées", "céphal"), _name("les|nausées", "nausé"), _name("les|vertiges", "vertig"), _name("les|palpitations", "palpit"),
        _name("les|acouphènes", "acouph"), _name("les|dorsalgies", "dorsalg"), _name("les|crampes musculaires", "crampe|spasme"), _name("les|tremblements", "tremble"),
        _name("les|bouffées de chaleur", "bouffées"), _name("les|aphtes", "aphte|stomatit"),
    ),
}  # fmt: skip
"""What other medicines do most."""
