"""What the register proposes for a product's sheet, each value with the row it comes from."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.corpus.register.files import Problem, Register, Row

MARKET = "FR"
PUBLIC_PAGE = "https://base-donnees-publique.medicaments.gouv.fr/extrait.php?specid="
_LANGUAGE = "fr"
_MARKETED = "déclaration de commercialisation"
_ACTIVE = "présentation active"
_FRENCH_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PRICE = re.compile(r"\d{1,3}(?:[ ,.\u00a0\u202f]?\d{3})*(?:[,.]\d{1,2})?|\d+(?:[,.]\d{1,2})?")
_BY_MARKET = frozenset(
    {"prescribing_class", "reimbursement", "price", "priced_presentation", "public_page", "marketing_dates"}
)
_BY_LANGUAGE = frozenset({"prescribing_class", "reimbursement", "price", "priced_presentation"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field of the sheet, beside what stands there."""

    field: str
    now: Any
    proposed: Any
    file: str
    line: int
    dated: str
    """A date that the row itself gives, or empty."""

    @property
    def status(self) -> str:
        """new, same or different."""
        if self.now in (None, "", {}, []):
            return "new"
        return "same" if _plain(self.now) == _plain(self.proposed) else "different"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A medicine of the register that may be the product."""

    cis: str
    name: str
    holder: str
    status: str


@dataclass(slots=True)
class _Values:
    register: Register
    cis: str
    found: list[tuple[str, Any, Row, str]]
    problems: list[Problem]

    def add(self, field: str, value: Any, row: Row, dated: str = "") -> None:
        if value not in (None, "", [], {}):
            self.found.append((field, value, row, dated))

    def doubt(self, row: Row, code: str, message: str) -> None:
        self.problems.append(Problem(row.file, row.line, code, message))


def candidates(register: Register, names: Iterable[str], cis: str | None) -> list[Candidate]:
    """The medicine of that CIS code, or every one whose name begins with one of the names, by name."""
    wanted = [_folded(name) for name in names if name.strip()]
    rows = [
        row
        for row in register.medicines()
        if (row.cells[0] == cis if cis else any(_begins(row.cells[1], name) for name in wanted))
    ]
    listed = {
        row.cells[0]: Candidate(row.cells[0], row.cells[1], _holder(row.cells[10]), row.cells[6])
        for row in rows
    }
    return sorted(listed.values(), key=lambda one: one.name)


def propose(register: Register, cis: str, sheet: Mapping[str, Any]) -> tuple[list[Proposal], list[Problem]]:
    """Every value that the register states of this medicine, and the rows of it that could not be used."""
    values = _Values(register, cis, [], [])
    for make in (_medicine, _composition, _conditions, _presentations, _others, _opinions):
        make(values)
    made = [
        Proposal(field, current(sheet, field), value, row.file, row.line, dated)
        for field, value, row, dated in values.found
    ]
    return made, values.problems


def current(sheet: Mapping[str, Any], field: str) -> Any:
    """What stands in the sheet where the register's value would go."""
    value = sheet.get(field)
    if field == "inn":
        return value.get(_LANGUAGE) if isinstance(value, Mapping) else value
    if field in _BY_MARKET and isinstance(value, Mapping):
        if any(key.isupper() for key in value):
            value = value.get(MARKET)
        if field in _BY_LANGUAGE and isinstance(value, Mapping):
            value = value.get(_LANGUAGE)
    return value


def merged(sheet: Mapping[str, Any], proposals: Iterable[Proposal]) -> dict[str, Any]:
    """The sheet with the proposed values; other markets and languages stay as they are."""
    made = dict(sheet)
    for one in proposals:
        made[one.field] = _placed(made.get(one.field), one.field, one.proposed)
    return made


def _placed(old: Any, field: str, value: Any) -> Any:
    if field == "inn":
        return {**(old if isinstance(old, Mapping) else {}), _LANGUAGE: value}
    if field not in _BY_MARKET:
        return value
    known = dict(old) if isinstance(old, Mapping) else {}
    if field not in _BY_LANGUAGE:
        return {**known, MARKET: value}
    if known and not any(key.isupper() for key in known):
        return {**known, _LANGUAGE: value}  # by language alone: it holds in every market
    inner = known.get(MARKET)
    return {**known, MARKET: {**(inner if isinstance(inner, Mapping) else {}), _LANGUAGE: value}}


def _medicine(values: _Values) -> None:
    for row in values.register.of("medicines", values.cis)[:1]:
        cells = row.cells
        dated = _iso(cells[7]) or ""
        values.add("brand", brand_of(cells[1]), row, dated)
        values.add("cis", cells[0], row, dated)
        values.add("holder", _holder(cells[10]), row, dated)
        values.add("authorisation_numbers", cells[9], row, dated)
        values.add("public_page", PUBLIC_PAGE + cells[0], row)
        if cells[11].casefold() in {"oui", "non"}:
            values.add("additional_monitoring", cells[11].casefold() == "oui", row)
        elif cells[11]:
            values.doubt(row, "value", f"Additional monitoring is neither Oui nor Non: {cells[11][:40]}.")


def _composition(values: _Values) -> None:
    """The therapeutic fraction names the substance where the register gives one beside its salt."""
    groups: dict[str, list[Row]] = {}
    for row in values.register.of("composition", values.cis):
        groups.setdefault(row.cells[7] or row.cells[2], []).append(row)
    named: dict[str, Row] = {}
    strengths: list[str] = []
    for rows in groups.values():
        row = next((r for r in rows if r.cells[6].upper() == "FT"), rows[0])
        named.setdefault(row.cells[3].lower(), row)
        if row.cells[4] and row.cells[4] not in strengths:
            strengths.append(row.cells[4])
    if named:
        first = next(iter(named.values()))
        values.add("inn", " / ".join(named), first)
        values.add("strengths", strengths, first)


def _conditions(values: _Values) -> None:
    rows = values.register.of("conditions", values.cis)
    texts = list(dict.fromkeys(row.cells[1].rstrip(". ") for row in rows if row.cells[1]))
    if texts:
        text = " ; ".join(texts).replace(" ; ", "\u00a0; ")
        values.add("prescribing_class", text[0].upper() + text[1:] + ".", rows[0])


def _presentations(values: _Values) -> None:
    every = values.register.of("presentations", values.cis)
    rows = [
        row
        for row in every
        if row.cells[3].casefold() == _ACTIVE and row.cells[4].casefold().startswith(_MARKETED)
    ]
    days = [(day, row) for row in rows if (day := _day(values, row, row.cells[5]))]
    if days:
        first, row = min(days, key=lambda pair: pair[0])
        values.add("marketing_dates", first.isoformat(), row, first.isoformat())
    if rows:
        _reimbursement(values, rows)
        _prices(values, rows)


def _reimbursement(values: _Values, rows: Sequence[Row]) -> None:
    said = {(_rate(row.cells[8]), row.cells[7].casefold() == "oui") for row in rows}
    if len(said) > 1:
        values.doubt(
            rows[0],
            "differs",
            "Presentations differ in their reimbursement: "
            + "; ".join(f"{row.cells[6]}: {row.cells[8] or '-'}, {row.cells[7] or '-'}" for row in rows)
            + ". Write the sheet's text yourself.",
        )
        return
    rate, hospital = next(iter(said))
    paid = f"Remboursé Séc. Soc. à {rate}\u00a0%" if rate else "Non remboursé Séc. Soc."
    agreed = "agréé collectivités." if hospital else "non agréé collectivités."
    joined = ", " if rate else " "
    values.add(
        "reimbursement",
        f"{paid}{joined}{agreed if rate else agreed.capitalize()}",
        rows[0],
        _iso(rows[0].cells[5]) or "",
    )


def _prices(values: _Values, rows: Sequence[Row]) -> None:
    priced: list[tuple[Row, str]] = []
    for row in rows:
        texts = row.cells[9], row.cells[10]
        amounts = [parse_price(text) for text in texts]
        if any(text and amount is None for text, amount in zip(texts, amounts, strict=True)):
            values.doubt(row, "price", f"{' or '.join(filter(None, texts))[:60]} is no price.")
            continue
        without, including = amounts
        if without is None and including is None:
            continue
        first = without if without is not None else including
        assert first is not None
        text = f"{_euros(first)}"
        if without is not None and including is not None and including != without:
            text += f" (hors honoraires de dispensation\u00a0; {_euros(including)} honoraires compris)"
        priced.append((row, text))
    if len(priced) == 1:
        row, text = priced[0]
        values.add("price", text, row, _iso(row.cells[5]) or "")
        values.add("priced_presentation", row.cells[2], row)
    elif priced:
        values.add("price", [f"{row.cells[2]}\u00a0: {text}" for row, text in priced], priced[0][0])


def _others(values: _Values) -> None:
    for row in values.register.of("generics", values.cis)[:1]:
        values.add("generic_group", row.cells[1], row)
    for row in values.register.of("essential", values.cis)[:1]:
        values.add("atc", row.cells[1], row)


def _opinions(values: _Values) -> None:
    opinions, first = [], None
    for kind in ("smr", "asmr"):
        for row in values.register.of(kind, values.cis):
            day = _day(values, row, row.cells[3])
            if day is None:
                continue
            first = first or row
            opinions.append(
                {
                    "kind": kind.upper(),
                    "dated_on": day.isoformat(),
                    "value": row.cells[4],
                    "text": row.cells[5],
                }
            )
    if first is not None:
        newest = sorted(opinions, key=lambda one: (one["dated_on"], one["kind"]), reverse=True)
        values.add("opinions", newest, first, newest[0]["dated_on"])


def brand_of(name: str) -> str:
    """The register's name up to its strength or form: "VELMORA 5 mg, comprimé" is "VELMORA"."""
    return re.split(r"\s+\d|,", name)[0].strip()


def parse_price(text: str) -> Decimal | None:
    """Euros from "4,66", "1 234,56" or the register's own "1,234,56"; None for anything else."""
    clean = text.strip().rstrip("€ ").strip()
    if not clean or not _PRICE.fullmatch(clean):
        return None
    groups = re.split(r"[ ,.\u00a0\u202f]", clean)
    decimals = groups.pop() if len(groups) > 1 and len(groups[-1]) < 3 else "0"  # noqa: PLR2004  three digits are thousands
    return Decimal(f"{''.join(groups)}.{decimals}")


def _euros(amount: Decimal) -> str:
    whole, cents = f"{amount:.2f}".split(".")
    grouped = f"{int(whole):,}".replace(",", "\u202f")
    return f"{grouped},{cents}\u00a0€"


def _rate(text: str) -> str:
    found = re.fullmatch(r"(\d{1,3})\s*%", text)
    return found[1] if found else ""


def _day(values: _Values, row: Row, text: str) -> date | None:
    day = _iso(text)
    if day is None:
        if text:
            values.doubt(row, "date", f"{text[:40]} is no date.")
        return None
    return date.fromisoformat(day)


def _iso(text: str) -> str | None:
    french, plain = _FRENCH_DAY.fullmatch(text), _PLAIN_DAY.fullmatch(text)
    try:
        if french:
            return date(int(french[3]), int(french[2]), int(french[1])).isoformat()
        if plain:
            return date(int(plain[1]), int(plain[2]), int(plain[3])).isoformat()
    except ValueError:
        return None
    return None


def _holder(text: str) -> str:
    return re.sub(r"\s*\([^)]*\)\s*$", "", text.split(";", maxsplit=1)[0]).strip()


def _begins(name: str, wanted: str) -> bool:
    folded = _folded(name)
    return folded == wanted or folded.startswith((f"{wanted} ", f"{wanted},"))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _plain(value: Any) -> Any:
    return _folded(value).rstrip(".") if isinstance(value, str) else value
