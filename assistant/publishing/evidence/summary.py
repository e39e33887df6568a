"""The readable page of a pack: what is in it, told in the piece's language, one self-contained HTML file."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from assistant.publishing.evidence.told import told
from assistant.review.meanings import meaning_in

if TYPE_CHECKING:
    from jinja2 import Environment

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "heading": "Evidence pack",
        "lead": "Everything here is listed in index.json with its SHA-256; the hash of that list is the root of the "
        "pack. Run `python verify.py PACK.zip --root ROOT` with the root that was printed when the pack was made.",
        "unsigned": "This piece has not been submitted yet: nothing in it is signed.",
        "about": "The piece",
        "signatures": "Signatures",
        "no_signatures": "Nobody has signed.",
        "name": "Name",
        "behalf": "for",
        "on": "On",
        "not_in": "a statement that is not in this text",
        "mandatory": "Mandatory",
        "settled": "Settled by",
        "not_settled": "Not settled",
        "answer": "Answer",
        "role": "Role",
        "meaning": "Meaning",
        "signed_with": "signed with the words",
        "when": "Date and time",
        "proved": "Proved by",
        "password": "passphrase",
        "oidc": "fresh login",
        "what": "Manifest that was signed",
        "statements": "Statements and what they rest on",
        "picture": "The page with the quote marked",
        "no_picture": "No picture of the page",
        "sources": "Sources",
        "approval": "Approval",
        "until": "until",
        "right": "Display right",
        "findings": "Findings of the checks",
        "pack_version": "rule pack",
        "none": "None.",
        "review": "Review",
        "round": "Round",
        "reason": "Reason",
        "comments": "Comments",
        "attestations": "Attestations",
        "overrides": "Overrides",
        "disputes": "Disputed findings",
        "engine": "Engine and wording",
        "lost": "Its text was not kept; another one is installed since.",
        "rejected": "Proposed and left out",
        "publications": "Publications",
        "recalls": "Recalls",
        "release": "Release conditions",
        "deposits": "Deposit packs",
        "confirmations": "Confirmations against newer versions of sources",
        "trail": "The audit trail lies in audit/trail.jsonl; its anchor stands in index.json.",
        "files": "Renditions as they were signed",
    },
    "fr": {
        "heading": "Dossier de preuve",
        "lead": "Tout ce qui suit est inscrit dans index.json avec son SHA-256 ; l’empreinte de cette liste est la racine "
        "du dossier. Lancez `python verify.py DOSSIER.zip --root RACINE` avec la racine imprimée à sa création.",
        "unsigned": "Ce contenu n’a pas encore été soumis : rien n’y est signé.",
        "about": "Le contenu",
        "signatures": "Signatures",
        "no_signatures": "Personne n’a signé.",
        "name": "Nom",
        "behalf": "pour",
        "on": "Sur",
        "not_in": "un énoncé qui n’est pas dans ce texte",
        "mandatory": "Obligatoire",
        "settled": "Réglé par",
        "not_settled": "Non réglé",
        "answer": "Réponse",
        "role": "Rôle",
        "meaning": "Signification",
        "signed_with": "signé avec les mots",
        "when": "Date et heure",
        "proved": "Identité prouvée par",
        "password": "phrase de passe",
        "oidc": "connexion récente",
        "what": "Manifeste signé",
        "statements": "Les énoncés et ce sur quoi ils reposent",
        "picture": "La page, la citation marquée",
        "no_picture": "Pas d’image de la page",
        "sources": "Sources",
        "approval": "Approbation",
        "until": "jusqu’au",
        "right": "Droit d’affichage",
        "findings": "Constats des contrôles",
        "pack_version": "jeu de règles",
        "none": "Aucun.",
        "review": "Relecture",
        "round": "Tour",
        "reason": "Motif",
        "comments": "Commentaires",
        "attestations": "Attestations",
        "overrides": "Dérogations",
        "disputes": "Constats contestés",
        "engine": "Moteur et formulation",
        "lost": "Son texte n’a pas été conservé ; un autre est installé depuis.",
        "rejected": "Proposé puis écarté",
        "publications": "Publications",
        "recalls": "Rappels",
        "release": "Conditions de mise à disposition",
        "deposits": "Dossiers de dépôt",
        "confirmations": "Confirmations face aux nouvelles versions des sources",
        "trail": "Le journal d’audit se trouve dans audit/trail.jsonl ; son ancre figure dans index.json.",
        "files": "Les formes telles que signées",
    },
}


def summary_html(members: Mapping[str, bytes], language: str) -> bytes:
    """The page, made from the members themselves, so that it can say nothing that they do not hold."""
    read = {
        name.rsplit("/", 1)[-1].removesuffix(".json"): _read(data)
        for name, data in members.items()
        if name.endswith(".json")
    }
    page = (
        environment()
        .get_template("summary.html.j2")
        .render(
            words=WORDS.get(language, WORDS["en"]),
            said=partial(_said, language),
            colon="\N{NO-BREAK SPACE}:" if language == "fr" else ":",
            language=language,
            told=lambda meaning: meaning_in(meaning, language),
            texts={one["id"]: one["text"] for one in read["document"]["segments"]},
            history=read["piece"],
            signatures=read["signatures"],
            excerpts=read["excerpts"],
            sources=read["sources"],
            findings=read["findings"],
            review=read["review"],
            release=read["release"],
            confirmations=read["confirmations"],
            provenance=read["provenance"],
            prompts=read["prompts"],
            signed="manifest.json" in members,
            files=sorted(name for name in members if name.startswith("renditions/")),
        )
    )
    return page.encode()


def _said(language: str, group: str, code: str) -> str:
    return told(group, code, language)


def _read(data: bytes) -> Any:
    return json.loads(data)


@cache
def environment() -> "Environment":
    """The templates of readable pages in packs."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("assistant.publishing.evidence", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["moment"] = _moment
    return made


def _moment(stamp: str | None) -> str:
    """2026-11-26T23:07:00+00:00 as a person reads it: 2026-11-26 23:07:00 UTC."""
    if not stamp:
        return "–"
    read = datetime.fromisoformat(stamp)
    return f"{read:%Y-%m-%d %H:%M:%S} {read:%Z}".strip()
