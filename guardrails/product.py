"""The product sheet as checks read it: every field may be missing, and a missing one is said, never guessed.

Keys read from `CheckContext.product` (JSON). A value may be a text, a list of texts, or a mapping by language
("fr", "en"), by market ("FR", "EU" …), or by market and then language:

`brand` (or `name`), `inn`, `indications`, `prescribing_class`, `reimbursement`, `cis` (8 digits), `daily_cost`,
`additional_monitoring` (▼, bool), `marketing_dates` (ISO date, by market), `public_page` (link), `holder` (the company
that signs e-mails), `status` (active or frozen), `public_advertising` (bool: may be advertised to the public).
"""

from collections.abc import Mapping
from datetime import date

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "brand": ("brand", "name"),
    "cis": ("cis", "cis_code"),
    "marketing_date": ("marketing_dates", "marketing_date", "marketed_since"),
    "indications": ("indications", "indication"),
    "sender": ("sender", "holder"),
}
_MARKET_CODE_LENGTH = 2


class ProductSheet:
    """Tolerant reading of a product sheet, for one market."""

    def __init__(self, sheet: Mapping[str, object], market: str) -> None:
        """Take the sheet's JSON and the market whose values count."""
        self._sheet = sheet
        self._market = market

    def raw(self, field: str) -> object:
        """The field's value for the market, under any of its names, or None."""
        for name in _ALIASES.get(field, (field,)):
            value = self._of_market(self._sheet.get(name))
            if value not in (None, "", [], {}):
                return value
        return None

    def texts(self, field: str) -> tuple[str, ...]:
        """All texts of the field, of every language; empty when it is missing."""
        return tuple(text for text in _texts(self.raw(field)) if text.strip())

    def text_in(self, field: str, language: str) -> str:
        """The text that a piece in this language is asked for: that in its language, else the first; empty when it is missing."""
        value = self.raw(field)
        own = _texts(value.get(language)) if isinstance(value, Mapping) else []
        return next((text for text in (*own, *self.texts(field)) if text.strip()), "")

    def flag(self, field: str) -> bool:
        """Whether a yes-or-no field is set; a missing one is not."""
        value = self.raw(field)
        return value is True or str(value).lower() in {"true", "yes", "oui", "1"}

    def day(self, field: str) -> date | None:
        """The date in the field, or None when it is missing or no date."""
        return as_day(self.raw(field))

    def names(self) -> tuple[str, ...]:
        """Brand and INN, every spelling."""
        return self.texts("brand") + self.texts("inn")

    def _of_market(self, value: object) -> object:
        """The market's own part of a mapping by market; anything else as it is."""
        if isinstance(value, Mapping) and any(_is_market(key) for key in value):
            return value.get(self._market)
        return value


def _is_market(key: object) -> bool:
    return isinstance(key, str) and len(key) == _MARKET_CODE_LENGTH and key.isupper()


def as_day(value: object) -> date | None:
    """A date, or its ISO text, as a date; None for anything else."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in _texts(inner)]
    return [] if value is None or isinstance(value, bool) else [str(value)]
