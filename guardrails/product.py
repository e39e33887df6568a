"""The product sheet as checks read it: every field may be missing, and a missing one is said, never guessed.

Keys read from `CheckContext.product` (JSON; a text may also be a mapping by language, or a list of texts):

`brand`, `inn`, `indications`, `prescribing_class`, `reimbursement`, `cis` (8 digits), `additional_monitoring` (▼, bool),
`marketing_date` (ISO date), `public_page` (link), `price`, `daily_cost`, `status` (active or frozen),
`public_advertising` (bool: a medicine that may be advertised to the public), `sender` (company that signs e-mails).
"""

from collections.abc import Mapping
from datetime import date

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "brand": ("brand", "name"),
    "inn": ("inn",),
    "indications": ("indications", "indication"),
    "prescribing_class": ("prescribing_class",),
    "reimbursement": ("reimbursement",),
    "cis": ("cis", "cis_code"),
    "additional_monitoring": ("additional_monitoring",),
    "marketing_date": ("marketing_date", "marketed_on"),
    "public_page": ("public_page", "public_page_url", "product_page"),
    "price": ("price", "public_price"),
    "daily_cost": ("daily_cost",),
    "status": ("status",),
    "public_advertising": ("public_advertising",),
    "sender": ("sender", "company", "holder", "marketing_authorisation_holder"),
}


class ProductSheet:
    """Tolerant reading of a product sheet."""

    def __init__(self, sheet: Mapping[str, object]) -> None:
        """Take the sheet's JSON."""
        self._sheet = sheet

    def raw(self, field: str) -> object:
        """The field's value under any of its names, or None."""
        values = (self._sheet.get(name) for name in _ALIASES[field])
        return next((value for value in values if value not in (None, "", [], {})), None)

    def texts(self, field: str) -> tuple[str, ...]:
        """All texts of the field, of every language; empty when it is missing."""
        return tuple(text for text in _texts(self.raw(field)) if text.strip())

    def flag(self, field: str) -> bool:
        """Whether a yes-or-no field is set; a missing one is not."""
        value = self.raw(field)
        return value is True or str(value).lower() in {"true", "yes", "oui", "1"}

    def day(self, field: str) -> date | None:
        """The date in the field, or None when it is missing or no date."""
        value = self.raw(field)
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return None

    def names(self) -> tuple[str, ...]:
        """Brand and INN, every spelling."""
        return self.texts("brand") + self.texts("inn")


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in _texts(inner)]
    return [] if value is None or isinstance(value, bool) else [str(value)]
