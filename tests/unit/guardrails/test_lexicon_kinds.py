"""How people really write what the lists forbid, and what labels and papers say that is close to it."""

import pytest

from guardrails.lexicon import find

FORBIDDEN = [
    ("RANK", "fr", ["Le plus prescrit des bêtabloquants", "le chef de file de sa classe", "en tête du marché", "Velmora surclasse la concurrence", "le préféré des cardiologues", "le meilleur de sa catégorie"]),
    ("RANK", "en", ["The most prescribed beta-blocker", "Velmora tops its class", "class-leading control", "in a class of its own", "cardiologists' preferred choice"]),
    ("EXCESS", "fr", ["Velmora change la donne", "une efficacité sans précédent", "une redoutable efficacité", "une véritable révolution", "ultra-efficace", "redoutablement efficace"]),
    ("EXCESS", "en", ["Velmora raises the bar", "it sets a new standard", "stellar efficacy", "unbelievable", "a life-changing treatment"]),
    ("REF", "fr", ["la référence des cardiologues", "Votre traitement de référence", "il s'impose comme la référence", "la référence depuis dix ans"]),
    ("REF", "en", ["The benchmark therapy", "Velmora sets the standard"]),
    ("NEW", "fr", ["la toute dernière molécule", "Une première dans l'insuffisance cardiaque", "enfin disponible", "il vient d'être commercialisé", "un traitement d'avant-garde"]),
    ("NEW", "en", ["Just launched", "the newest beta-blocker", "Introducing Velmora, a new treatment", "newly launched", "a first in heart failure"]),
    ("SAFE", "fr", ["prescrivez-le en toute sérénité", "une sécurité d'emploi assurée", "Aucun effet indésirable n'est à craindre", "Un traitement inoffensif pour le rein", "sans le moindre risque", "dépourvu de toute toxicité", "Prescrivez-le les yeux fermés", "0 effet secondaire"]),
    ("SAFE", "en", ["for your peace of mind", "nothing to worry about", "prescribe it with complete confidence", "gentle on the kidneys", "devoid of side effects"]),
    ("GUARANTEE", "fr", ["efficace à tous les coups", "il vient à bout de toutes les migraines", "soulagés une fois pour toutes", "c'est la promesse de Velmora", "efficacité assurée"]),
    ("GUARANTEE", "en", ["a permanent fix", "once and for all", "it never fails", "promises relief", "works in every patient"]),
    ("TREND", "fr", ["il frôle la significativité", "une tendance favorable (p=0,08)", "manque de peu la significativité", "il tend à être significatif"]),
    ("TREND", "en", ["narrowly missed statistical significance", "numerically in favour of Velmora (p=0.09)", "not significant but encouraging", "a near-significant benefit"]),
    ("GIFT", "fr", ["Un stéthoscope offert", "nous vous invitons à dîner", "remportez un séjour", "Vos frais d'hôtel sont pris en charge"]),
    ("GIFT", "en", ["Dinner is on us", "complimentary registration", "Join us for drinks", "hotel costs covered"]),
    ("INT", "fr", ["une étude actuellement menée dans 40 centres"]),
    ("INT", "en", ["Velmora is being evaluated in adolescents."]),
    ("SUBJECT", "fr", ["Dernier rappel", "Ne passez pas à côté", "plus que 48 heures", "Il ne vous reste que 3 jours", "Action requise"]),
    ("SUBJECT", "en", ["Final call", "Places are limited", "ends tomorrow", "response required"]),
    ("ATTR", "fr", ["Les deux premières", "propositions 1 et 2", "Aucun des choix"]),
    ("ATTR", "en", ["Options 1 and 2", "none of the choices"]),
    ("ACCREDITED", "fr", ["valide votre obligation triennale", "développement professionnel"]),
    ("ACCREDITED", "en", ["accredited for half an hour", "0.5 credit hours"]),
    ("SURVEY", "fr", ["9 médecins sur 10 le recommandent", "D'après un sondage", "87 % des cardiologues interrogés", "plébiscité par les patients", "92 % des généralistes se disent satisfaits"]),
    ("SURVEY", "en", ["9 out of 10 doctors recommend it", "87% of cardiologists surveyed", "an opinion poll"]),
    ("DISGUISE", "fr", ["Ceci n'est pas une publicité", "une invitation scientifique indépendante", "document non promotionnel"]),
    ("DISGUISE", "en", ["This is not an advertisement", "an independent newsletter", "non-promotional"]),
    ("DISPARAGE", "en", ["Forget outdated drugs", "second-rate treatments"]),
    ("PRIVATE", "fr", ["Le Dr Morel, en instance de divorce, reçoit le jeudi", "Dr Petit a été opéré du genou", "La patiente, Mme Lefort, suit une chimiothérapie", "le Dr Roy et ses enfants", "née le 3 mai 1961", "Le Dr Blanc part pour raison de santé", "M. Bernard, 62 ans, sous Velmora", "la patiente Marie Dupont", "Le Dr Petit, divorcé, traite ses enfants", "Le Dr Petit traite ses enfants et sa femme est enceinte", "Le Dr Petit traite ses enfants et est malade", "Le Dr Roy traite des adultes et part avec ses enfants"]),
    ("PRIVATE", "en", ["Dr Hill is pregnant", "Dr Hill and her husband", "the patient, Mrs Brown", "Dr Cole's husband", "Mr Lane was treated for depression", "Mrs Brown, 72, is on Velmora", "Dr Hill treats her children and her husband is ill"]),
    ("PERHAPS_PRIVATE", "fr", ["Le Dr Petit traite ses enfants", "Mme Lefort prend Velmora depuis mars", "le mari de Mme Durand", "M. Petit a fait une présentation", "Mme Roy, 45 ans, dirige le service"]),
    ("PERHAPS_PRIVATE", "en", ["Dr Hill treats her children", "the wife of Dr Cole", "Ms Roe takes notes", "Mrs Brown, 72", "Mr Lane was on Velmora"]),
    ("PERHAPS_NEW", "fr", ["Velmora fait partie des nouveaux anticoagulants oraux."]),
    ("PERHAPS_NEW", "en", ["Velmora is one of the new oral anticoagulants."]),
]  # fmt: skip

ALLOWED = [
    ("RANK", "fr", ["Le premier médicament doit être pris le matin, le second le soir.", "La dose la plus prescrite était de 100 mg", "les médicaments les plus prescrits", "la méthode la plus utilisée", "la tête du fémur"]),
    ("RANK", "en", ["Warfarin was the most prescribed anticoagulant at baseline", "The most commonly prescribed drugs were statins", "leads to hyperkalaemia", "the most prescribed drugs"]),
    ("EXCESS", "fr", ["La maladie change la vie des patients", "un changement de dose", "dans des cas exceptionnels", "un risque redoutable"]),
    ("EXCESS", "en", ["a landmark in anatomy", "the treatment changes"]),
    ("REF", "en", ["it sets the standard deviation"]),
    ("REF", "fr", ["comparé au traitement de référence", "la valeur de référence", "depuis la visite de référence"]),
    ("NEW", "fr", ["une première dose", "la dernière dose", "la première injection dans le muscle"]),
    ("NEW", "en", ["new oral anticoagulants with warfarin", "Eligible patients had to meet Framingham, ESC or Boston criteria", "Introducing Velmora, a beta-blocker, in unstable heart failure is not advised", "In the NEWEST study", "a first dose in hospital", "data are now available", "Introducing a step"]),
    ("SAFE", "fr", ["Aucun effet indésirable n'est attendu chez le nourrisson", "dépourvu d'activité sur le récepteur", "le conserver sans crainte"]),
    ("SAFE", "en", ["no safety concerns were identified", "gentle pressure on the skin"]),
    ("GUARANTEE", "fr", ["une approche prometteuse", "arrêter définitivement le traitement", "le traitement sera définitivement arrêté"]),
    ("GUARANTEE", "en", ["permanent discontinuation", "permanently discontinue"]),
    ("TREND", "fr", ["Une tendance favorable a été observée (p = 0,12), sans signification statistique", "une tendance favorable (p=0,01)", "non significatif"]),
    ("TREND", "en", ["numerically lower with X (p=0.20)", "did not reach statistical significance", "a non-significant trend towards better survival (p = 0.08)", "There was a trend favouring cardorelone that was not significant (p = 0.21)."]),
    ("GIFT", "fr", ["Les frais de transport des patients de l'étude étaient remboursés", "pris en charge à 65 % par l'Assurance maladie", "pendant le dîner", "les patients recevront un stylo prérempli", "prélèvement sur buvard"]),
    ("GIFT", "en", ["copy number", "free T4", "take it with dinner", "the patients received a tablet"]),
    ("INT", "en", ["The patient is being evaluated for surgery"]),
    ("SUBJECT", "fr", ["Dernière version du RCP", "Programme du jour"]),
    ("ATTR", "fr", ["au cours des deux premières semaines", "les deux dernières semaines"]),
    ("ATTR", "en", ["grade 1 and 2", "the first two weeks"]),
    ("ACCREDITED", "fr", ["Ce quiz ne donne droit à aucun crédit de formation."]),
    ("SURVEY", "fr", ["Sondage urinaire à demeure", "neuf patients sur dix", "un médecin spécialiste"]),
    ("SURVEY", "en", ["a physician should be consulted", "9 out of 10 patients"]),
    ("DISGUISE", "fr", ["un comité indépendant", "des facteurs indépendants du traitement"]),
    ("DISGUISE", "en", ["an independent committee", "independent of age"]),
    ("DISPARAGE", "en", ["the inferior treatment arm", "the inferior vena cava"]),
    ("PRIVATE", "fr", ["Le Dr Morel suit des patients atteints de cancer", "si la patiente est enceinte", "Le Dr Morel est cardiologue au CHU", "Mme Roy, cardiologue, dirige le service", "Mme Roy, 20 ans d'expérience, dirige le service", "Le Dr Petit traite ses enfants asthmatiques", "le patient Global", "M. Petit a fait une présentation", "Mme Roy, 20 ans de pratique", "le fils de M. Roy"]),
    ("PERHAPS_PRIVATE", "fr", ["Mme Roy, 20 ans de pratique", "Mme Roy dirige le service"]),
    ("PRIVATE", "en", ["Dr Hill treats pregnant women", "Dr Hill is a cardiologist", "if the patient is pregnant", "Mr Lane took part in the board", "Ms Roe, 3 publications", "Ms Roe takes notes", "Dr Hill treats her children"]),
    ("REGULATOR", "en", ["Reporting forms can be found at https://yellowcard.mhra.gov.uk or search for MHRA Yellow Card."]),
]  # fmt: skip


def _found(name: str, text: str, language: str) -> bool:
    return bool(list(find(text, language, (name,))))


@pytest.mark.parametrize(
    ("name", "language", "text"), [(name, lang, text) for name, lang, texts in FORBIDDEN for text in texts]
)
def test_a_forbidden_use_is_found_in_other_words(name: str, language: str, text: str) -> None:
    assert _found(name, text, language)


@pytest.mark.parametrize(
    ("name", "language", "text"), [(name, lang, text) for name, lang, texts in ALLOWED for text in texts]
)
def test_what_labels_and_papers_say_is_left_alone(name: str, language: str, text: str) -> None:
    assert not _found(name, text, language)
