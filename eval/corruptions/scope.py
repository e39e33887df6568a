"""Whom a sentence speaks of, how surely, how often and when."""

import random
from collections.abc import Mapping

from eval.corruptions.material import Corrupted, Language, Material, Swap, by_language, swap

_POPULATION: Mapping[Language, tuple[Swap, ...]] = {
    "en": (
        swap(r"\bin adults\b", "in adults and children"),
        swap(r"\badult (men|women|patients)\b", r"\1"),
        swap(r"\badults (?=with)", "patients "),
        swap(r"\bpost-?menopausal women\b", "women"),
        swap(r"\bwomen of child-?bearing potential\b", "women over 50 years of age"),
        swap(r"\bpregnant women\b", "women"),
        swap(r"\belderly patients\b", "patients"),
        swap(r"\bchildren and adolescents\b", "adolescents"),
        swap(r"\bhealthy (?:volunteers|subjects)\b", "patients"),
        swap(
            r"\bpatients with (?:mild|moderate|severe|known|recent|pre-existing|mild or moderate|mild to moderate)[\w\s/-]+?(?= (?:\(|should|must|is|are|was|were|have|has|may|can|than|taking|treated|as)\b|[,.;])",
            "patients",
        ),
        swap(
            r"\bpatients with (?!or\b)(?:an? )?[\w\s/-]{4,60}?(?= (?:should|must|is|are|was|were|have|has|may|can)\b|, )",
            "patients",
        ),
        swap(r"(?<!mild or )(?<!mild, )\bmoderate (?=(?:hepatic|renal)\b)", "severe ", r"\bsevere\b"),
        swap(r"(?<!or )\bmild (?=(?:hepatic|renal)\b)", "severe ", r"\bsevere\b"),
        swap(r"\bsevere (?=(?:hepatic|renal)\b)", "mild ", r"\bmild\b"),
        swap(r"\bclass II to IV\b", "class I to IV"),
        swap(r"\bclass III\b", "classes II and III", r"\bclass II\b"),
        swap(r",? in addition to standard therapy", ""),
        swap(r"\bmetastatic castration", "castration", r"non-metastatic"),
        swap(r"\bnon-metastatic\b", "metastatic", r"(?<!non-)\bmetastatic\b"),
        swap(r"\bType 1 diabetes\b", "diabetes"),
        swap(r"\bmale (?:subjects|or female rats)\b", "humans"),
        swap(r"\bmost patients\b", "all patients"),
        swap(r"\bin these patients\b", "in all patients"),
    ),
    "fr": (
        swap(r"\bchez l'adulte\b", "chez l'adulte et l'enfant"),
        swap(r"(\d )adultes\b", r"\1adultes et enfants"),
        swap(r"\bchez les sujets âgés\b", "chez tous les patients"),
        swap(r"\bles femmes en âge de procréer\b", "les femmes de plus de 50 ans"),
        swap(r"\bchez la femme enceinte\b", "chez la femme"),
        swap(r"\bles enfants et les adolescents\b", "les adolescents"),
        swap(r"\bdes volontaires sains\b", "des patients"),
        swap(
            r"\bchez les (?:patients|sujets) (?:présentant|ayant) (?:une? )?[\w\s()'-]{4,70}?(?=, |\.| que\b)",
            "chez les patients",
        ),
        swap(
            r"\binsuffisance hépatique modérée \(Child-Pugh B\)", "insuffisance hépatique (Child-Pugh A à C)"
        ),
        swap(
            r"\binsuffisance hépatique légère \(Child-Pugh A\)", "insuffisance hépatique (Child-Pugh A à C)"
        ),
        swap(r"\b(insuffisance (?:hépatique|rénale)) (?:sévère|modérée)\b", r"\1 légère", r"légère"),
        swap(r"\bclasses? II à IV\b", "classes I à IV"),
        swap(r",? en association au traitement standard", ""),
        swap(r",? ajoutée au traitement de référence", ""),
        swap(r"\bchez ces patients\b", "chez tous les patients"),
        swap(r"\bla plupart des patients\b", "tous les patients"),
        swap(r"\bdes rats mâles ou femelles\b", "humaine"),
    ),
}
_PERMISSION = r"(?!be (?:taken|used|given|administered|repeated|resumed|considered|prescribed|necessary|marketed|needed|required))"
_HEDGES: Mapping[Language, tuple[Swap, ...]] = {
    "en": (
        swap(rf"\bmay (?!not\b|wish\b|\d){_PERMISSION}", "will "),
        swap(r"\bmight (?!not\b)", "will "),
        swap(r"\bcould (?=result|lead|cause|increase|be due)", "will "),
        swap(r"\bcan (?=cause|increase|decrease|reduce|result|lead|present|occur|become)", "will "),
        swap(r"\b(?:is|was) associated with\b", "causes"),
        swap(r"\b(?:are|were) associated with\b", "cause"),
        swap(r"\b(has|have) been associated with\b", r"\1 been proven to cause"),
        swap(r"\bsuggests\b", "proves"),
        swap(r"\bsuggest\b", "prove"),
        swap(r"\bgenerally\b", "always"),
        swap(r"\busually\b", "always"),
        swap(r"\b(?:is|are) likely to\b", "will"),
        swap(r"\b(?:is|are) unlikely to\b", "will never"),
        swap(r"\b(?:is|are) not expected to\b", "will never"),
        swap(r"\b(?:is|are) expected to\b", "will"),
        swap(
            r"\bshould be considered\b",
            "is mandatory",
            r"\b(?:are|alternatives|therapies|measures) should be considered",
        ),
        swap(r"\bexperience(.{0,40}) is limited\b", r"experience\1 is extensive"),
        swap(r"\blimited experience\b", "extensive experience"),
        swap(r"\bappears? to be\b", "is"),
        swap(r"\bpossibly\b", "certainly"),
        swap(r"\bmost\b(?= (?:of|patients|events|cases|frequent events))", "all", r"most common"),
        swap(r"\bmodest\b", "major"),
    ),
    "fr": (
        swap(r"(?<!ne )\bpeut (?!être (?:pris|utilisé|administré|repris|augment)|ne\b)(?=[\w'’]+)", "va "),
        swap(r"(?<!ne )\bpeuvent (?!être (?:pris|utilisé|administré)|ne\b)", "vont "),
        swap(r"\bpourrait\b", "va"),
        swap(r"\bgénéralement\b", "toujours"),
        swap(r"\bsuggèrent\b", "démontrent"),
        swap(r"\bdoit être envisagée?\b", "est obligatoire"),
        swap(r"\bne devrait pas être\b", "n'est jamais"),
        swap(r"\b(expérience.{0,70}) est limitée\b", r"\1 est étendue"),
        swap(r"\bexpérience limitée\b", "expérience étendue"),
        swap(r"\bla plupart des (?=événements|patients|cas)", "tous les "),
        swap(r"\bmodeste\b", "majeur"),
        swap(r"\best attendue\b", "est certaine"),
    ),
}
_TIMES: Mapping[Language, tuple[Swap, ...]] = {
    "en": (
        swap(r"\bonce daily\b", "twice daily"),
        swap(r"\btwice daily\b", "once daily", r"once daily"),
        swap(r"\bonce daily\b", "once weekly"),
        swap(r"\b(?:per|a) day\b", "per week"),
        swap(r"\bdaily dose\b", "weekly dose"),
        swap(r"\bevery (\d+) months\b", r"every \1 weeks"),
        swap(r"\bevery (\d+) weeks\b", r"every \1 months"),
        swap(r"\bevery (?:week|month)\b", "every year"),
        swap(r"\bmonthly\b", "yearly"),
        swap(
            r"\bbefore (?=the|treatment|starting|start|each|initiation|surgery|meals?|or)\b",
            "after ",
            r"before or|after",
        ),
        swap(r"\bprior to\b", "after", r"\bafter\b"),
        swap(
            r"\bafter (?=the|treatment|each|an?|discontinuation|meals?|\d)", "before ", r"before|\bafter oral"
        ),
        swap(r"\bduring (?=treatment|the first|pregnancy)", "after "),
        swap(r"\bthe first (?=(?:\d+ )?(?:weeks|months|days))", "the last "),
        swap(r"\bimmediately\b", "within a month"),
        swap(r"\bvery common\b", "rare", r"\b(?:uncommon|rare)\b"),
        swap(r"(?<!very )\bcommon(?=:| adverse)", "rare", r"most common|\b(?:uncommon|rare)\b"),
        swap(r"\brarely\b", "commonly"),
    ),
    "fr": (
        swap(r"\bune fois par jour\b", "deux fois par jour"),
        swap(r"\bune fois par jour\b", "une fois par semaine"),
        swap(r"\btous les (\d+) mois\b", r"tous les \1 ans"),
        swap(r"\bchaque semaine\b", "chaque année"),
        swap(r"\bpar jour\b(?<!une fois par jour)", "par semaine"),
        swap(r"\bavant (?=le|la|l'|de)", "après ", r"\baprès\b"),
        swap(r"\baprès (?=le|la|l'|\d|une?\b|chaque)", "avant ", r"\bavant\b|après administration"),
        swap(r"\bpendant (?=le|la|les)", "après "),
        swap(r"\bau cours des (?=(?:\d+ )?premières)", "après les "),
        swap(r"\bpremières semaines\b", "dernières semaines"),
        swap(r"\bimmédiatement\b", "dans le mois qui suit"),
        swap(r"\btrès fréquents?\b", "rares", r"\brares?\b"),
        swap(r"\bà chaque modification\b", "une fois par an"),
    ),
}


def population_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """population: a group is widened, narrowed or exchanged, a line or a combination is lost."""
    return by_language(material, _POPULATION, rng, "population", "population changed")


def hedge_strengthened(material: Material, rng: random.Random) -> Corrupted | None:
    """hedging: what may be becomes what is, an association becomes a cause, little experience becomes much."""
    return by_language(material, _HEDGES, rng, "hedging", "hedge strengthened")


def time_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """timing: how often, before or after, per day or per week."""
    return by_language(material, _TIMES, rng, "timing", "time changed")
