"""Where sentences end: tricky cases of labels, papers, slides and speech. A bar marks each boundary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.sentences import split

ENGLISH = """
Patients received 1.5 mg daily. | The dose was then doubled.
It was given at 40 mg vs. placebo in both arms.
It was compared with active drugs (e.g. Bisoprolol) in adults.
Other drugs, i.e. ACE inhibitors, were stopped. | No change followed.
Smith et al. N Engl J Med reported the same.
This was shown by Smith et al. The results were confirmed later. -> This was shown by Smith et al. | The results were confirmed later.
The hazard ratio was 0.63 (95% CI 0.53–0.75; p = 0.001). | The median was not reached.
The difference was significant, p < 0.0001. | Secondary endpoints followed.
The eGFR was below 60 mL/min/1.73 m2. | Patients were excluded.
Creatinine clearance < 30 mL/min. | No adjustment is needed.
Treatment is common in HF.12 The second trial showed it. -> Treatment is common in HF.12 | The second trial showed it.
It is a leading cause of death.1,2 Guidelines recommend it. -> It is a leading cause of death.1,2 | Guidelines recommend it.
It is a leading cause of death.1–3 Guidelines recommend it. -> It is a leading cause of death.1–3 | Guidelines recommend it.
It was recommended.¹² The doses were small. -> It was recommended.¹² | The doses were small.
It was recommended [12]. | The doses were small.
It was recommended. [12] The doses were small. -> It was recommended. [12] | The doses were small.
See section 4.4. | Monitoring is needed.
See section 4.4 and section 4.8. | Monitoring is needed.
4.2. Posology and method of administration
1. The patient must be informed.
Stop at potassium above 5.5 mmol/L. | Serum potassium is measured weekly.
Haemoglobin was below 80 g/L. | Dose reduction followed.
ALT was above 200 U/L. | Liver enzymes normalised later.
Neutrophils were below 0.5 × 10⁹/L. | Dosing was stopped.
It was dissolved in 5 L. | Dosing began.
The value was 1.2 mg/dL. | Serum creatinine was stable.
The volume was 10 mL. | Shake well.
Pressure was 140 mmHg. | Heart rate was 80 bpm.
The weight was 80 kg. | Height was not recorded.
The dose was 400 mg/m2. | Cycles lasted 21 days.
The rate was 12%. | Dizziness was rare.
Clearance was 30 mL/min. | 12 patients stopped.
It was infused over 30 min. | 12 patients stopped.
The minimum (min. 5 mg) was given.
In Child-Pugh B. | Dosing was halved.
Dr. L. Serum wrote it.
The trial was run by P. Dose in Leeds.
Dr. Jones and Prof. Smith wrote it.
J. A. Smith and K. Lee designed the trial.
The trial was run by J. Smith in Leeds.
It belongs to hepatitis B. | Patients were screened.
They were in groups A and B. | Nobody left.
They were in group A. | Patients in group B were not.
Patients in Child-Pugh class C. | No data exist.
Vitamin K. | Antagonists were allowed.
See Fig. 2 and Fig. 3 for details.
The result is in Fig. B of the annex.
It is shown in the fig. | It is clear.
The trial (No. 12) ended. | It was stopped early.
No. 5 was excluded.
Was it safe? | Yes, it was.
It works! | Nobody knows why.
What is "safe?" said one author.
They said: "It works." | Others disagreed.
(This was expected.) | It was seen again.
The dose was reduced (see section 4.2). | It was stopped later.
It was given b.i.d. for 12 weeks.
It was given b.i.d. | Patients tolerated it.
The tablet is taken q.d. in the morning.
It was given i.v. over 30 minutes.
It was made by Pfizer Inc. New York.
It was made by Pfizer Inc. The site was inspected. -> It was made by Pfizer Inc. | The site was inspected.
Approval in the U.S. Food and Drug Administration followed.
It is sold in the U.S. The label differs. -> It is sold in the U.S. | The label differs.
St. Mary's Hospital took part.
E. coli was found in S. aureus cultures.
It lasted for approx. 12 weeks.
The maximum (max. 40 mg) was reached. | It was safe.
pH was 7.4. | mTOR was measured. | eGFR fell.
The value fell to 7.4. | pH was normal.
It fell by 12%. | 30 patients stopped.
It ended in 2019. | 120 patients had left.
The study ended at week 12. | 5 patients had left.
Wait... | There is more.
It was… well tolerated.
The mean was 5.2±1.1. | The median was 5.
Adverse events, headache, nausea, etc., were mild.
They had headache, nausea, etc. | The events were mild.
Sold at 5 p.m. in London.
The α-blocker was added. | β-blockers were stopped.
It was published online at www.example.org on Monday.
Contact info@example.org. | An answer comes soon.
It was 0 °C. | Then it was frozen.
Treatment stopped. “It was the end,” they wrote. -> Treatment stopped. | “It was the end,” they wrote.
Type 1 diabetes vs. Type 2 diabetes was analysed.
The rate was 5.0%. | (See table 2.) | It fell.
It was reported (Smith et al.). | The rate was low.
Cases were rare (<1/1,000). | None was fatal.
The endpoint was met (P<.001). | The trial was stopped.
In the trial by Lee et al. (2019) it fell.
The dose is 5 mg. *Not for children. -> The dose is 5 mg. | *Not for children.
Ver. 2 of the protocol applied.
The study by Brown M.J. | The trial was long.
"""

FRENCH = """
Le Pr. Martin et le Dr. Durand ont présenté les résultats.
La kaliémie dépasse 5,5 mmol/L. | Surveiller chaque semaine.
Perfuser en 30 min. | 12 patients ont arrêté.
M. Dupont a été inclus. | Il allait bien.
La dose est de 1,5 mg. | Elle est doublée ensuite.
Certains médicaments, p. ex. les bêtabloquants, sont exclus.
Certains médicaments (p. ex. Bisoprolol) sont exclus.
Les patients, c.-à-d. Les adultes, ont été inclus.
Voir fig. 2 et tableau 3. | Les résultats sont nets.
Cf. section 4.4 pour les précautions.
Le traitement est-il efficace ? | Oui, selon l'étude.
C'est une alerte ! | Il faut arrêter.
« Le traitement est arrêté. » | Les patients vont mieux.
Le décret n° 2004-801 s'applique. | Il est ancien.
Selon l'art. L. 5122-1, la publicité est encadrée.
L'art. 5 s'applique.
La posologie est de 160 mg par jour. | Chez l'insuffisant rénal, elle est réduite.
Les effets (nausées, céphalées, etc.) sont rares.
On note nausées, céphalées, etc. | Ils sont rares.
La réduction était de 12,5 %. | L'intervalle était étroit.
Réduction de 12,5 % vs. Placebo dans les deux groupes.
Env. 30 % des patients ont arrêté.
L'étude a duré env. 12 mois. | Elle a été arrêtée.
Voir rubrique 4.4. | Une surveillance est nécessaire.
Voir rubriques 4.3, 4.4 et 4.8. | Une surveillance est nécessaire.
4.1. Indications thérapeutiques
Il s'agit de l'hépatite C. | Les patients ont été traités.
Selon Durand et al. Les résultats concordent. -> Selon Durand et al. | Les résultats concordent.
À la semaine 12, l'HbA1c était de 7,1 %. | À la semaine 24, elle était stable.
Le 12 janv. 2020, l'étude a commencé. | Elle a duré un an.
Les patients ont reçu 40 mg/j. | Aucun décès n'est survenu.
Eh bien... | Oui, bien sûr.
Ce résultat est confirmé.³ Une autre étude le montre. -> Ce résultat est confirmé.³ | Une autre étude le montre.
Il est recommandé chez l’adulte. | L’enfant ne doit pas le recevoir.
Mme Durand et M. Petit sont d'accord.
La molécule agit sur la protéine p53. | Elle est sélective.
"""


def _cases(block: str, language: str) -> list[tuple[str, str, str]]:
    cases = []
    for line in block.strip().splitlines():
        given_text, _, marked = line.rpartition(" -> ")
        cases.append((given_text or marked.replace(" | ", " "), marked, language))
    return cases


@pytest.mark.parametrize(("text", "marked", "language"), _cases(ENGLISH, "en") + _cases(FRENCH, "fr"))
def test_a_boundary_stands_where_a_reader_sets_it(text: str, marked: str, language: str) -> None:
    found = split(text, "fr" if language == "fr" else "en")
    assert " | ".join(text[a:b] for a, b in found) == marked


def test_an_empty_line_and_list_items_end_sentences_and_a_line_break_does_not() -> None:
    text = "A title without a stop\n\nA sentence over\ntwo lines. Another:\n• first item\n- second item\n2) third"
    assert [text[a:b] for a, b in split(text)] == [
        "A title without a stop",
        "A sentence over\ntwo lines.",
        "Another:",
        "• first item",
        "- second item",
        "2) third",
    ]


@given(st.text(alphabet=st.sampled_from(" \nAaé.!?…12(),[]«»\"'•-"), max_size=60))
def test_sentences_cover_everything_but_white_space_in_order(text: str) -> None:
    spans = split(text)
    assert all(a < b and not text[a].isspace() and not text[b - 1].isspace() for a, b in spans)
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())
