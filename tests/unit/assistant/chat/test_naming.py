"""A sentence answers a narrowed question where it names the very thing, and not where it stands beside a likeness of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.naming import asks_only, is_subject, names, of_degree, units_of


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [
        ("300 mg", "Headache | 100 mg: 5% | 300mg: 9%"),
        ("2.5 mg", "The dose is 2.5 mg once daily."),
        ("2,5 mg", "The dose is 2.5 mg once daily."),
        ("50 mg", "He takes 50 mg/day."),
        ("day 3", "Urine volume rose at both day 3 (535 mL) and week 6."),
        ("6 weeks", "At week 6 the volume was unchanged."),
        ("grade 4", "Stop for grade 4 rash."),
        ("12 kg", "Children of 12 kg take one tablet."),
        ("40 years old", "In patients of 40 years the clearance is lower."),
        ("40 ans", "À partir de 40 ans, la dose est de 5 mg."),
        ("children", "Paediatric population: no data."),
        ("child", "Not recommended in children."),
        ("femmes enceintes", "Ne pas utiliser pendant la grossesse."),
        ("renal", "Severe kidney disease: 5 mg."),
        ("dialysis", "Patients on haemodialysis take half."),
        ("older people", "No adjustment in elderly patients."),
        ("warfarin", "Warfarin: a 2.4 fold increase."),
        ("headaches", "Nervous system | Headache | 9.7"),
        ("adults", "Each adult takes 5 mg."),
        ("warfarine", "La warfarine est à éviter"),
        ("warfarin", "La warfarine est à éviter"),
        ("digoxin", "Digoxine : +8 %"),
        ("prednisone", "Prednisone 5 mg"),
        ("falls", "Falls were reported"),
        ("falls", "Fall: common"),
        ("chutes", "Les chutes sont fréquentes"),
        ("chutes", "Chute : fréquent"),
        ("3 years old", "Patients of 3 years old take 5 mg"),
        ("40 yo", "over 40 years"),
        ("headache", "Headaches are common"),
        ("metformin", "metformin and digoxin"),
        ("renal", "Velmora is not recommended in patients with an eGFR below 30 mL/min/1.73 m²."),
        ("renal", "If eGFR falls below 30 mL/min/1.73 m² during treatment, stop."),
        ("renal", "5 mg in patients with an eGFR of 30 to less than 60 mL/min/1.73 m²"),
        ("renal", "eGFR (mL/min/1.73 m²): 30 to less than 60 | 5 mg once daily"),
        ("rénal", "Si le DFGe devient inférieur à 30 mL/min/1,73 m²"),
        ("rénal", "chez les patients dont le DFGe est inférieur à 20 mL/min/1,73 m²"),
        ("renal", "Creatinine clearance below 30 ml/min: avoid"),
        ("renal", "CrCl < 30 ml/min: avoid"),
        ("rénal", "Clairance de la créatinine inférieure à 30 ml/min : à éviter"),
        ("rénal", "Clairance de la créatinine entre 30 et 50 ml/min : 5 mg"),
        ("hepatic", "Child-Pugh C: contraindicated"),
        ("elderly", "patients ≥ 75 years"),
        ("elderly", "in patients aged 75 years or more"),
        ("elderly", "Patients aged over 65 years take 5 mg"),
        ("personnes âgées", "Chez les patients âgés de 75 ans ou plus"),
        ("personnes âgées", "les sujets de plus de 65 ans"),
        ("elderly", "adults 65 years and older"),
        ("elderly", "Experience in patients over 85 years of age is limited"),
        ("aspirin", "Acetylsalicylic acid raises the risk"),
        ("aspirine", "L'acide acétylsalicylique"),
        ("fever", "Pyrexia: common"),
        ("fièvre", "Fièvre : fréquent"),
        ("elderly", "No dose adjustment is required in elderly patients."),
        ("renal", "No dose adjustment in renal impairment."),
        ("renal", "Patients with hepatic or renal impairment take 5 mg."),
        ("hepatic", "Patients with hepatic or renal impairment take 5 mg."),
        ("renal", "Patients with renal or hepatic impairment take 5 mg."),
        ("renal", "Impaired hepatic or renal function: 5 mg"),
        ("renal", "The AUC was higher in patients with impaired renal function."),
        ("rénal", "Chez l'insuffisant rénal, 5 mg."),
        ("rénal", "Insuffisants rénaux : 5 mg"),
        ("rénale", "En cas d'insuffisance rénale, la dose est de 5 mg."),
        ("rénale", "En cas d'insuffisance hépatique ou rénale, 5 mg."),
        ("hépatique", "En cas d'insuffisance rénale ou hépatique, 5 mg."),
        ("hépatique", "En cas d'insuffisance rénale légère ou hépatique, 5 mg."),
        ("rénale", "Atteinte de la fonction rénale : 5 mg"),
        ("renal", "The risk of hyperkalaemia is greater in patients with renal impairment, with diabetes."),
        ("hepatic", "Velmora is contraindicated in patients with severe hepatic impairment (Child-Pugh C)."),
        ("hepatic", "Severe hepatic impairment (Child-Pugh C)."),
        ("hépatique", "Contre-indiqué chez les patients présentant une insuffisance hépatique sévère"),
        (
            "rénal",
            "Le risque d’hyperkaliémie est plus élevé chez les patients présentant une insuffisance rénale, un diabète",
        ),
        ("liver", "Liver disease: halve the dose."),
        ("hepatic", "Cirrhosis: halve it."),
        ("hépatique", "La cirrhose impose 5 mg"),
        ("renal", "not studied in patients on dialysis"),
        ("dialysé", "ni chez les patients dialysés"),
        ("renal", "Adverse reactions were more frequent in patients with renal impairment."),
        ("rénal", "Les effets indésirables ont été plus fréquents chez l'insuffisant rénal."),
        ("renal", "Severe renal failure: contraindicated"),
        ("renal", "Renal impairment | 5 mg once daily"),
        ("renal", "renally impaired patients take 5 mg"),
    ],
)
def test_a_sentence_names_the_thing(thing: str, sentence: str) -> None:
    assert names(sentence, thing)


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [
        ("12 kg", "The recommended dose is 250 mg at intervals of 1 month."),
        ("12 kg", "The mean weight was 112 kg."),
        ("12 kg", "Patients of 12.5 kg were left out."),
        ("5 mg", "The dose is 5 mg/kg."),
        ("5 mg", "The dose is 2.5 mg."),
        ("1.5 mg", "The dose is 15 mg."),
        ("300 mg", "At 100 mg, 300 patients had a headache."),
        ("day 3", "On day 30 the volume was unchanged."),
        ("40 years old", "In patients over 75 years, cognition was stable."),
        ("40 years old", "40 patients were followed for a year."),
        ("child", "In Child-Pugh class B the dose is 5 mg."),
        ("children", "Women of child-bearing potential use contraception."),
        ("older people", "All patients take 5 mg."),
        ("pregnant women", "Women take 5 mg."),
        ("personnes âgées", "Les personnes traitées prennent 5 mg."),
        ("hypertension", "Hypertriglyceridaemia is common."),
        ("renal", "Empagliflozin raised urine volume by 545 mL."),
        ("unopened", "Once opened, use within 28 days."),
        ("prednisone", "Prednisolone raised AUC."),
        ("falls", "Fall in blood pressure."),
        ("fall", "A fall in haemoglobin"),
        ("chutes", "Chute de tension"),
        ("chutes", "Chutes de la tension artérielle"),
        ("3 years old", "Followed for 3 years."),
        ("3 ans", "Suivi pendant 3 ans"),
        ("2 ans", "tous les 2 ans"),
        ("cefotaxime", "Cefotiam 5 mg"),
        ("atorvastatin", "Simvastatin 5 mg"),
        ("renal", "20 mg in patients with an eGFR of 60 mL/min/1.73 m² or more"),
        (
            "renal",
            "eGFR of 60 mL/min/1.73 m² or more, if serum potassium is 5.0 mmol/L or less and eGFR is stable",
        ),
        ("renal", "eGFR must be measured before the first dose."),
        ("renal", "eGFR was stable after 4 weeks"),
        ("rénal", "Le DFGe doit être supérieur à 60"),
        ("renal", "eGFR decreased by 5 mL/min"),
        ("renal", "CrCl above 90"),
        ("hepatic", "women of child-bearing age"),
        ("elderly", "Aged 45 years or more"),
        ("elderly", "A weight of over 75 kg"),
        ("elderly", "It lowers pain by at least 70%"),
        ("elderly", "Patients aged 18 years"),
        ("personnes âgées", "Les patients âgés de 18 ans"),
        ("elderly", "over 70 patients were treated"),
        ("aspirin", "Salicylates raise the risk"),
        ("fever", "Yellow fruit"),
        ("renal", "filtration rate measured at 4 weeks"),
        ("elderly", "LVEF above 70 %"),
        ("hepatic", "Binding to hepatic receptors is reduced."),
        ("hepatic", "Clearance is primarily via hepatic metabolism."),
        ("renal", "Renal excretion is 5 %."),
        ("renal", "Renal clearance is low."),
        ("renal", "Acute renal failure: rare"),
        ("kidney", "It is inactive in kidney cells."),
        ("renal", "It was studied in kidney cancer."),
        (
            "renal",
            "The most common adverse reactions to cardorelone were hyperkalaemia (11.8%), hypotension (8.4%), renal impairment (7.8%), dizziness (6.8%) and diarrhoea (4.2%).",
        ),
        ("renal", "The most common adverse reactions were hyperkalaemia, renal impairment and dizziness."),
        (
            "rénal",
            "Les effets indésirables les plus fréquents ont été l’hyperkaliémie (11,8 %), l’insuffisance rénale (7,8 %), les sensations",
        ),
        ("renal", "In ORIENT-HF, renal impairment was reported in 94 patients (7.8%) treated"),
        ("rénal", "Dans l’étude ORIENT-HF, une insuffisance rénale a été rapportée chez 94 patients"),
        ("renal", "Renal impairment | Common | 94 (7.8%)"),
        ("rénale", "Insuffisance rénale | Fréquent | 94 (7,8 %)"),
        ("renal", "apart from a higher frequency of hyperkalaemia and of renal impairment."),
        ("rénale", "à l’exception d’une fréquence plus élevée d’hyperkaliémie et d’insuffisance rénale."),
        ("renal", "It may cause acute renal failure."),
        ("hepatic", "Cases of hepatic failure have been reported."),
        ("hépatique", "Des cas d'insuffisance hépatique ont été rapportés."),
        ("renal", "In patients with normal renal function, it was 5 h."),
        ("rénal", "Chez les sujets avec une fonction rénale normale"),
        ("dialysis", "not expected to be removed by dialysis"),
        ("dialysé", "ne devrait pas être éliminée par la dialyse"),
        ("hepatic", "Hepatic cytochrome P450 enzymes"),
        ("rénal", "Élimination rénale de 5 %"),
        ("rénal", "éliminée par voie rénale"),
        ("hepatic", "hepatic adverse reactions are rare"),
        ("hépatique", "L'excrétion hépatique domine"),
    ],
)
def test_a_likeness_of_the_thing_is_not_the_thing(thing: str, sentence: str) -> None:
    assert not names(sentence, thing)


def test_years_are_one_unit_in_either_language() -> None:
    assert units_of("over 75 years") == units_of("40 ans") == units_of("40 yo") == {"year"}
    assert units_of("week 6, no figure with a unit") == frozenset()


@pytest.mark.parametrize(
    ("sentence", "question", "holds"),
    [
        ("No dose adjustment in mild hepatic impairment.", "dose in severe hepatic impairment?", False),
        ("Insuffisance hépatique légère (Child-Pugh A) : aucune adaptation.", "et sévère ?", False),
        ("Child-Pugh class A: 5 mg.", "dose in severe hepatic impairment?", False),
        ("Contraindicated in severe hepatic impairment.", "dose in severe hepatic impairment?", True),
        ("In mild and severe hepatic impairment: 5 mg.", "dose in severe hepatic impairment?", True),
        ("Contre-indiqué en Child-Pugh C.", "dose si insuffisance hépatique sévère ?", True),
        ("In hepatic impairment: 5 mg.", "dose in severe hepatic impairment?", True),
        ("No dose adjustment in mild hepatic impairment.", "dose in hepatic impairment?", True),
    ],
)
def test_what_holds_for_another_degree_does_not_hold(sentence: str, question: str, holds: bool) -> None:
    assert of_degree(sentence, question) is holds


@pytest.mark.parametrize(
    ("medicine", "sentence", "is_it"),
    [
        ("doxazosin", "Doxazosin lowered it by 4 mmHg.", True),
        ("digoxin", "Exposure to digoxin rose by 8%", True),
        ("warfarin", "Warfarin: a 2.4-fold increase.", True),
        ("digoxin", "The AUC of digoxin increased", True),
        ("doxazosin", "Spironolactone was better than placebo, and doxazosin lowered it by 4", True),
        ("digoxine", "L'exposition à la digoxine augmente", True),
        ("warfarin", "When given with warfarin, monitor INR", True),
        ("bisoprolol", "Concomitant use of bisoprolol is not recommended", True),
        ("doxazosin", "doxazosin was inferior to spironolactone", True),
        ("doxazosin", "Spironolactone was superior to doxazosin.", False),
        ("doxazosin", "Reduction was greater than with doxazosin", False),
        ("doxazosin", "spironolactone vs doxazosin: -4.03", False),
        (
            "doxazosin",
            "Superior to the mean of the other two active treatments (doxazosin, bisoprolol)",
            False,
        ),
        (
            "bisoprolol",
            "Superior to the mean of the other two active treatments (doxazosin, bisoprolol)",
            False,
        ),
        ("doxazosin", "Compared with placebo, doxazosin lowered it by 4 mmHg.", True),
        ("bisoprolol", "versus the mean of bisoprolol and doxazosin", False),
        ("doxazosine", "supérieure à la doxazosine", False),
        ("doxazosine", "par rapport à la doxazosine", False),
        ("doxazosine", "plus efficace que la doxazosine", False),
        ("doxazosin", "compared with doxazosin (-4.03)", False),
        ("doxazosin", "reduction with spironolactone vs the mean of doxazosin", False),
        ("doxazosin", "versus the mean of bisoprolol and doxazosin", False),
    ],
)
def test_what_another_medicine_was_compared_with_is_not_the_subject(
    medicine: str, sentence: str, is_it: bool
) -> None:
    assert is_subject(sentence, medicine) is is_it


def test_a_word_that_only_asks_is_no_matter() -> None:
    assert asks_only("rate")
    assert asks_only("autoris")
    assert not asks_only("reconstitut")


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_may_be_compared(sentence: str, thing: str) -> None:
    assert names(sentence, thing) in {True, False}
