"""The words of the readable page in a deposit pack."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "heading": "Deposit",
        "lead": "The piece in its final form, its references with each quote marked, and what changed. Everything is listed in "
        "index.json with its SHA-256; the hash of that list is the root. `python verify.py PACK.zip --root ROOT` checks it.",
        "form": "For the form",
        "files": "The piece in its final form",
        "statements": "Statements and references",
        "picture": "The page with the quote marked",
        "no_picture": "No picture of the page",
        "references": "References",
        "changes": "Changes since the last version that was granted",
        "first": "No earlier version was granted: everything is new.",
        "same": "The text is the same as in the version that was granted.",
        "since": "Compared with the version that was granted under the number",
        "changed": "Changed",
        "added": "Added",
        "removed": "Removed",
        "signatures": "Signatures",
    },
    "fr": {
        "heading": "Dossier de dépôt",
        "lead": "Le document dans sa forme finale, ses références avec chaque citation marquée, et ce qui a changé. Tout est inscrit "
        "dans index.json avec son SHA-256 ; l’empreinte de cette liste est la racine. `python verify.py DOSSIER.zip --root RACINE` le vérifie.",
        "form": "Pour le formulaire",
        "files": "Le document dans sa forme finale",
        "statements": "Énoncés et références",
        "picture": "La page, la citation marquée",
        "no_picture": "Pas d’image de la page",
        "references": "Références",
        "changes": "Modifications depuis la dernière version accordée",
        "first": "Aucune version antérieure n’a été accordée : tout est nouveau.",
        "same": "Le texte est le même que celui de la version accordée.",
        "since": "Par rapport à la version accordée sous le numéro",
        "changed": "Modifié",
        "added": "Ajouté",
        "removed": "Supprimé",
        "signatures": "Signatures",
    },
}
FORM_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "title": "Titre", "kind": "Type de support", "product": "Spécialité", "inn": "Dénomination commune", "cis": "Code CIS",
        "holder": "Titulaire", "market": "Marché", "audience": "Public", "channel": "Canal", "language": "Langue",
        "authority": "Autorité", "type": "Type de demande", "number": "Numéro interne", "previous_number": "Numéro de la dernière version accordée",
        "requested_on": "Déposé le", "window_opens_on": "Période ouverte le", "window_closes_on": "Période close le",
        "manifest_hash": "Empreinte du manifeste", "sources": "Nombre de références", "statements": "Nombre d’énoncés",
        "signed_by": "Signataires", "made_on": "Établi le",
    },
    "en": {
        "title": "Title", "kind": "Kind of material", "product": "Product", "inn": "Established name", "cis": "CIS code",
        "holder": "Holder", "market": "Market", "audience": "Audience", "channel": "Channel", "language": "Language",
        "authority": "Authority", "type": "Kind of request", "number": "Internal number", "previous_number": "Number of the last version granted",
        "requested_on": "Deposited on", "window_opens_on": "Window opens on", "window_closes_on": "Window closes on",
        "manifest_hash": "Hash of the manifest", "sources": "Number of references", "statements": "Number of statements",
        "signed_by": "Signed by", "made_on": "Made on",
    },
}  # fmt: skip
