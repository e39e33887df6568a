"""A small register of medicines with invented rows, in the shape of the public one."""

from pathlib import Path

MEDICINE = (
    "69999991\tVELMORA 5 mg, comprimé pelliculé\tcomprimé pelliculé\torale\tAutorisation active\tProcédure centralisée\t"
    "Commercialisée\t14/02/2024\t\tEU/1/24/9999\t LABORATOIRES AUBRAC (FRANCE)\tOui"
)
OTHER = MEDICINE.replace("69999991", "69999992").replace("5 mg", "10 mg")
COMPOSITION = (
    "69999991\tcomprimé\t90001\tCARDORÉLONE\t5 mg\tun comprimé\tFT\t1\t\n"
    "69999991\tcomprimé\t90002\tCHLORHYDRATE DE CARDORÉLONE\t5,6 mg\tun comprimé\tSA\t1\t\n"
)
CONDITIONS = "69999991\tliste I\n69999991\tprescription initiale annuelle réservée à certains spécialistes\n"
PRESENTATION = (
    "69999991\t3999991\tplaquette de 30 comprimés\tPrésentation active\tDéclaration de commercialisation\t10/03/2025\t"
    "3400939999911\toui\t65%\t1 234,56\t1 235,58\t1,02\t"
)
OPINION = "69999991\tCT-20001\tInscription\t20240605\tImportant\tLe service médical rendu est important."


def write_register(
    folder: Path, *, medicines: str = MEDICINE, presentations: str = PRESENTATION, **more: str
) -> Path:
    """The folder with the files; `more` names further ones by their kind, for instance `CIS_HAS_SMR_bdpm`."""
    files = {
        "CIS_bdpm": medicines,
        "CIS_COMPO_bdpm": COMPOSITION,
        "CIS_CPD_bdpm": CONDITIONS,
        "CIS_CIP_bdpm": presentations,
        **more,
    }
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder
