import pytest

from assistant.chat.named import Told, medicines_in, named_in
from assistant.chat.wording import flat
from assistant.store.words import stems

NAMES = ("Ostivel", "ravolimide")


def told(text: str, above: str = "") -> Told:
    held = frozenset(stem for language in ("en", "fr") for stem in stems(f"{above} {text}", language))
    return Told(flat(text), flat(above), held)


def speaks(question: str, text: str, above: str = "") -> bool:
    named = named_in(question, NAMES)
    assert named, question
    own = frozenset({"ravolimide", "ostivel"})
    return all(thing.told_in(told(text, above), own) for thing in named)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Can the tablet be crushed?", "The tablets must not be crushed or chewed."),
        ("Can the tablet be crushed?", "The tablets should be swallowed whole."),
        ("Peut-on croquer le comprimé ?", "Les comprimés doivent être avalés entiers."),
        ("Puis-je broyer les cp ?", "Ne pas écraser les comprimés."),
        ("Can I open the capsule?", "Capsules may be opened and sprinkled over food."),
        ("La gélule peut-elle être ouverte ?", "Les gélules peuvent être ouvertes."),
        ("May the tablet be halved?", "The score line is only there to help you break the tablet."),
        ("Comprimé sécable ?", "Le comprimé peut être divisé en deux doses égales."),
        ("Can it be dissolved?", "The tablet can be dispersed in water."),
        ("Ostivel with erythromycin?", "Erythromycin raised the exposure by 30 %."),
        ("Ostivel et érythromycine", "L'érythromycine augmente l'exposition de 30 %."),
        ("Ostivel with rifampicin?", "Strong CYP3A4 inducers must not be used."),
        ("Ostivel with rifampicin?", "Strong CYP3A4 inducers (e.g. carbamazepine) must not be used."),
        ("Ostivel with ketoconazole?", "If a strong CYP3A4 inhibitor has to be given, halve the dose."),
        ("Ostivel et mopral", "L'oméprazole n'a pas d'effet."),
        ("Is St John’s wort allowed?", "Herbal preparations with Hypericum perforatum lower the exposure."),
        ("Millepertuis ?", "Concomitant use with St. John's wort should be avoided."),
        ("Ostivel et vin", "L'alcool doit être évité."),
        ("Ostivel and wine", "Alcohol should be avoided."),
        ("Any effect on the QT interval?", "No prolongation of QTc was seen."),
        ("with NSAIDs?", "Non-steroidal anti-inflammatory drugs may raise the risk."),
    ],
)
def test_an_answer_speaks_of_what_the_question_names(question: str, answer: str) -> None:
    assert speaks(question, answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Can the tablet be crushed?", "The tablet may be split in two equal halves."),
        ("Peut-on mâcher le comprimé ?", "Le comprimé peut être coupé."),
        ("Peut-on couper le comprimé ?", "Le comprimé ne doit pas être croqué."),
        ("Can I open the capsule?", "The capsules should not be chewed."),
        ("Peut-on dissoudre le comprimé ?", "Le comprimé se prend avec un verre d'eau."),
        ("Can it be frozen?", "Store in a refrigerator."),
        ("Ostivel with erythromycin?", "Ketoconazole doubled the exposure."),
        (
            "Ostivel with St John's wort?",
            "The strong CYP3A4 inducer rifampicin lowered the exposure by 60 %.",
        ),
        ("Ostivel with St John's wort?", "Ravolimide is a strong inducer of CYP3A4."),
        ("Ostivel et ciclosporine ?", "Le kétoconazole double l'exposition."),
        ("Ostivel and grapefruit", "It may be taken with orange juice or water."),
        ("Any effect on the QT interval?", "Heart rate fell by four beats."),
        ("with NSAIDs?", "Diuretics may raise the risk."),
    ],
)
def test_what_is_near_is_no_answer(question: str, answer: str) -> None:
    assert not speaks(question, answer)


@pytest.mark.parametrize(
    "question",
    [
        "What is the dose of Ostivel?",
        "ravolimide in renal impairment",
        "Is it an open label study?",
        "Comment couper court aux nausées ?",
        "How is the dose divided over the day?",
        "Was ist das?",
        "",
    ],
)
def test_nothing_is_named_where_a_question_speaks_of_the_product_alone(question: str) -> None:
    assert named_in(question, NAMES) == ()


def test_a_heading_may_name_what_its_sentence_speaks_of() -> None:
    assert speaks("with warfarin?", "The combination should be avoided.", above="Warfarin")


def test_medicines_are_known_by_their_names_and_brands() -> None:
    assert medicines_in("Rifampin, Losec and itraconazole with water") == {
        "rifampin",
        "losec",
        "itraconazole",
    }


def test_a_class_is_told_of_in_its_own_item_of_a_list() -> None:
    listed = "It is contraindicated in patients with a risk:\nOral anticoagulants\nHeparin within 48 hours"
    assert speaks("on warfarin, may it be given?", listed)


def test_two_names_of_a_question_are_no_other_medicines_to_each_other() -> None:
    named = named_in("with Maalox or Pepcid?", NAMES)
    asked = frozenset(word for thing in named for word in thing.words)
    answer = told("Antacids or famotidine had no effect on its absorption.")
    assert all(thing.told_in(answer, asked) for thing in named)


def test_the_longer_of_two_names_counts() -> None:
    assert speaks("she cannot digest milk sugar", "Each tablet contains 70 mg of lactose.")


@pytest.mark.parametrize(
    ("question", "answer", "right"),
    [
        ("platelets below which we stop?", "Stop if platelets fall below 50 x 10^9/l.", True),
        ("platelets below which we stop?", "Stop if neutrophils fall below 1.0 x 10^9/l.", False),
        ("plaquettes : seuil d'arrêt", "Arrêter en cas de thrombopénie sévère.", True),
        ("plaquettes : seuil d'arrêt", "Arrêter si l'hémoglobine est inférieure à 8 g/dl.", False),
        ("anticorps anti-médicament ?", "Des anticorps ont été détectés chez 3 % des patients.", True),
        ("anticorps anti-médicament ?", "La concentration augmente chez 3 % des patients.", False),
        ("second degree heart block", "Second or third degree AV block without a pacemaker.", True),
        ("second degree heart block", "Uncommon: first degree AV block.", False),
        ("bloc du deuxième degré", "Bloc auriculo-ventriculaire du deuxième ou du troisième degré.", True),
        ("bloc du deuxième degré", "Peu fréquent : bloc auriculo-ventriculaire du premier degré.", False),
    ],
)
def test_a_count_or_a_degree_is_answered_by_itself_alone(question: str, answer: str, *, right: bool) -> None:
    assert speaks(question, answer) is right
