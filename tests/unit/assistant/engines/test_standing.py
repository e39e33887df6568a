import pytest

from assistant.engines.standing import hangs_on_its_title, is_furniture, refusal

STANDS = [
    (
        "en",
        "The recommended dose is 160 mg enzalutamide (four 40 mg soft capsules) as a single oral daily dose.",
    ),
    ("en", "There have been rare reports of angioedema in patients receiving Velmora (see section 4.8)."),
    ("en", "If a dose is missed, it should be skipped and the next dose should be taken at the usual time."),
    ("en", "It is not known whether cardorelone is excreted in human milk during treatment."),
    (
        "en",
        "Caution is required in patients with renal impairment as it has not been studied in this patient population.",
    ),
    ("en", "In this double-blind, placebo-controlled trial, 2,412 adults were randomised to two groups."),
    ("en", "This medicinal product does not require any special storage conditions."),
    ("en", "The difference between cardorelone and placebo was 6.2 percentage points over 26.4 months."),
    ("en", "Three patients in the placebo group were lost to follow-up during the trial."),
    ("fr", "La plupart des patients ont reçu la dose de 20 mg une fois par jour."),
    ("fr", "La dose initiale recommandée de Velmora est de 10 mg une fois par jour."),
    ("fr", "Il convient de surveiller la kaliémie avant le début du traitement."),
    ("fr", "Les femmes en âge de procréer doivent utiliser une contraception efficace."),
    ("en", "If potassium is more than 5.5 mmol/L, the treatment with Velmora must not be started."),
    ("en", "If it is necessary to stop treatment, the dose should be reduced over 2 weeks."),
    ("en", "Below 30 mL/min, both doses of Velmora are 5 mg once daily."),
    ("fr", "Au-dessous de 30 mL/min, les deux doses de Velmora sont de 5 mg une fois par jour."),
    (
        "fr",
        "Si la kaliémie est supérieure à 5,5 mmol/L, le traitement par Velmora ne doit pas être instauré.",
    ),
    ("fr", "S’il est nécessaire d’arrêter le traitement, la dose doit être réduite en 2 semaines."),
]
DOES_NOT = [
    ("en", "Below 30, experience is limited, and both doses of Velmora are 5 mg once daily.", "dangling"),
    ("en", "Above 5.5, the treatment with Velmora must not be started.", "dangling"),
    ("fr", "Au-dessous de 30, les deux doses de Velmora sont de 5 mg une fois par jour.", "dangling"),
    ("fr", "Au-dessus de 5,5, le traitement par Velmora ne doit pas être instauré.", "dangling"),
    ("en", "If it exceeds 5.5, the treatment with Velmora must not be started.", "dangling"),
    ("fr", "S’il dépasse 5,5, le traitement par Velmora ne doit pas être instauré.", "dangling"),
    ("en", "If it is more than 5.5, the treatment with Velmora must not be started.", "dangling"),
    ("fr", "Si elle est supérieure à 5,5, le traitement par Velmora ne doit pas être instauré.", "dangling"),
    ("fr", "S’il est inférieur à 30, la dose de Velmora doit être réduite de moitié.", "dangling"),
    (
        "en",
        "Number two: in ORIENT-HF, cardorelone reduced cardiovascular death compared with placebo.",
        "dangling",
    ),
    (
        "fr",
        "La première : Velmora ne doit pas être instauré quand la kaliémie est supérieure à 5,5.",
        "dangling",
    ),
    (
        "en",
        "With a strong inhibitor, exposure is multiplied by 5.3, and that one is contraindicated.",
        "dangling",
    ),
    (
        "fr",
        "Avec un inhibiteur puissant, l’exposition est multipliée par 5,3, et là, c’est contre-indiqué.",
        "dangling",
    ),
    ("en", "The difference was 2.3 points, with a 95% confidence interval from 1.2 to 3.4.", "dangling"),
    ("fr", "Une grande partie repose sur le système national des données de santé.", "dangling"),
    ("en", "In other words, 16 patients had to be treated to prevent one event.", "dangling"),
    ("en", "Yes, the first interval crosses 1, but there were far fewer events.", "dangling"),
    ("en", "This was seen in both groups of the trial at 12 weeks.", "dangling"),
    ("en", "However, the risk of bleeding was higher with the combination.", "dangling"),
    ("en", "In these patients, the dose should be reduced to 5 mg.", "dangling"),
    ("en", "During clinical trials, these changes were usually reversible.", "dangling"),
    ("en", "More frequent monitoring should be considered in these patients.", "dangling"),
    ("en", "They should be advised to contact their doctor at once.", "dangling"),
    ("en", "The results are shown in Table 2 and described below for each group.", "points_elsewhere"),
    ("en", "See section 4.4.", "too_short"),
    ("en", "Is the medicine effective in patients with diabetes?", "question"),
    ("en", "the dose was increased to 20 mg once daily after 4 weeks.", "starts_low"),
    ("en", "The dose was increased to 20 mg once daily after", "truncated"),
    ("en", "The dose was increased (from 10 mg once daily after 4 weeks.", "unbalanced"),
    ("en", "Most patients completed the trial.The dose was then doubled in both.", "glued"),
    ("en", "Results Spironolactone was superior to placebo in every subgroup.", "glued"),
    ("en", "Smith A, Jones B, Brown C, Green D were the members of the committee.", "names"),
    ("en", "The authors received personal fees from several companies last year.", "boilerplate"),
    ("en", "Full details are at https://example.org for all readers.", "boilerplate"),
    ("en", "CHARACTERISTICS OF THE MEDICINE ARE PRINTED ON EVERY PACK.", "capitals"),
    ("en", "Efficacy and safety in patients with heart failure.", "no_verb"),
    ("fr", "Ils doivent être surveillés pendant toute la durée du traitement.", "dangling"),
    ("fr", "Cependant, le risque de saignement était plus élevé avec l’association.", "dangling"),
    ("fr", "Une surveillance plus fréquente doit être envisagée chez ces patients.", "dangling"),
    ("fr", "Les effets décrits ci-dessous ont été observés pendant le traitement.", "points_elsewhere"),
]


@pytest.mark.parametrize(("language", "sentence"), STANDS)
def test_a_sentence_that_says_whom_and_what_it_speaks_of_stands_alone(language: str, sentence: str) -> None:
    assert refusal(sentence, "sentence", language) is None


@pytest.mark.parametrize(("language", "sentence", "reason"), DOES_NOT)
def test_a_sentence_that_needs_its_neighbours_is_refused(language: str, sentence: str, reason: str) -> None:
    assert refusal(sentence, "sentence", language) == reason


def test_a_slide_lets_a_fragment_stand_under_its_title() -> None:
    fragment = "97,8% de certificats de décès correctement codés"
    assert refusal(fragment, "bullet", "fr", slide=True) is None
    assert refusal(fragment, "bullet", "fr") == "fragment"


def test_figures_in_brackets_do_not_make_a_sentence_too_long() -> None:
    interval = "(–8.70 mm Hg [95% CI –9.72 to –7.69]; p<0.0001), "
    sentence = f"The reduction was larger than with placebo {interval}than with doxazosin {interval}and with bisoprolol {interval}at every visit."
    assert refusal(sentence, "sentence", "en") is None


def test_a_heading_is_never_quoted() -> None:
    assert refusal("The safety of the medicine is good.", "heading", "en") == "not_prose"


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("fr", "INTRODUCTION", "5% de la population"),
        ("fr", "Résultats", "Prévalence* Diabète du type 1: 0,32%"),
        (
            "fr",
            "Résultats",
            "Prévalence du diabète de type 1 par âge et sexe en France chez les adultes de 18 à 70 ans",
        ),
        ("fr", "Critère principal et ses composantes", "Critère principal : hazard ratio 0,77 ; p = 0,001."),
        ("fr", "Instruction des demandes", "Transmet au centre les identifiants qui sont à chiffrer"),
        ("en", "Methods", "Chart: n = 12; Table: n = 14; Legend: each point is one patient"),
        ("en", "Dataset", "Removing variables without variance → 2997 variables"),
    ],
)
def test_a_scrap_of_a_slide_does_not_stand(language: str, title: str, text: str) -> None:
    assert hangs_on_its_title(text, "bullet", language, title)


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("fr", "Contexte", "Plus de 3,3 millions de personnes sont traitées pour un diabète en France"),
        ("fr", "Tests", "97,8 % de certificats correctement codés sur le jeu de test"),
        ("en", "Cardorelone versus placebo", "Primary endpoint: hazard ratio 0.77 (95% CI 0.66 to 0.90)"),
        ("en", "Safety", "Hyperkalaemia was the most common adverse reaction"),
    ],
)
def test_a_bullet_that_reads_as_one_thought_with_its_title_stands(
    language: str, title: str, text: str
) -> None:
    assert not hangs_on_its_title(text, "bullet", language, title)


def test_under_a_conclusion_a_long_bullet_needs_no_verb() -> None:
    text = "Very high performance for the classification of cases by type"
    assert not hangs_on_its_title(text, "bullet", "en", "Conclusions", concludes=True)
    assert hangs_on_its_title(text, "bullet", "en", "Methods")


def test_a_list_whose_first_item_only_comments_on_its_lead_in_does_not_stand() -> None:
    scraps = "Validation with another database:\n(i.e. a survey)\nUpdate of the algorithm"
    assert hangs_on_its_title(scraps, "block", "en", "Conclusions")
    assert not hangs_on_its_title("Monitor:\npotassium\nrenal function", "block", "en", "Monitoring")


def test_a_french_sentence_may_be_a_fifth_longer_than_an_english_one() -> None:
    def french(words: int) -> str:
        return "La dose est de " + " ".join(["cinq"] * (words - 4)) + "."

    def english(words: int) -> str:
        return "The dose is " + " ".join(["five"] * (words - 3)) + "."

    assert refusal(french(60), "sentence", "fr") is None
    assert refusal(french(61), "sentence", "fr") == "too_long"
    assert refusal(english(50), "sentence", "en") is None
    assert refusal(english(51), "sentence", "en") == "too_long"


@pytest.mark.parametrize(
    ("language", "kind", "text"),
    [
        ("fr", "bullet", "Objectifs : évaluer la tolérance du traitement à un an"),
        ("fr", "block", "Variables du modèle :\nNombre de remboursements\nHospitalisations\nSexe, âge, commune"),
        ("en", "bullet", "Agenda: results of the trial are shown after lunch"),
        ("en", "block", "Data sources:\nClaims\nHospital discharges\nDeath certificates"),
        ("fr", "bullet", "Étape 2 : les données sont appariées"),
        ("fr", "bullet", "Objectif : montrer que le traitement est suivi par 80 % des patients"),
    ],
)  # fmt: skip
def test_what_labels_a_slide_is_furniture(language: str, kind: str, text: str) -> None:
    assert is_furniture(text, kind, language)


@pytest.mark.parametrize(
    ("language", "kind", "text"),
    [
        ("fr", "bullet", "Plus de 3 millions de personnes sont traitées pour un diabète"),
        ("fr", "block", "Le traitement est arrêté en cas de :\nGrossesse\nIctère"),
        ("en", "block", "Safety:\nHyperkalaemia occurred in 11.8 % of patients\nNo death was seen"),
        ("fr", "block", "Caractéristiques :\nÂge moyen 67 ans\n27 % de femmes"),
        ("en", "bullet", "Planned doses were given to all patients"),
        ("fr", "bullet", "Objectif atteint chez 62 % des patients traités"),
        ("fr", "bullet", "Rappel : Nalorel est contre-indiqué pendant la grossesse"),
        ("en", "bullet", "Step 1: Nalorel is started at 10 mg once daily"),
        ("en", "bullet", "Aim - death from any cause was reduced by 14 % (p = 0.02)"),
        ("fr", "block", "Médicaments à éviter avec Nalorel :\nKétoconazole\nClarithromycine"),
    ],
)
def test_what_a_slide_says_is_none(language: str, kind: str, text: str) -> None:
    assert not is_furniture(text, kind, language)
