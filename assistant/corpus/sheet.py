"""What is known of a product beside its documents. Every field may be missing: a rule that needs one says so."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

import rfc8785
from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from assistant.corpus.markets import known_market
from assistant.errors import InvalidInput


def _cis(value: str) -> str:
    if not re.fullmatch(r"\d{8}", value):
        raise ValueError("a CIS code has eight digits")
    return value


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("this is no http(s) address")
    return value


def _market(value: str) -> str:
    try:
        return known_market(value)
    except InvalidInput as error:
        raise ValueError(error.message) from error


def _listed(value: object) -> object:
    """`{key: text}` is taken as `[{key, text}]`."""
    if isinstance(value, dict):
        return [{"key": key, "text": text} for key, text in value.items()]
    return value


def _one_list(value: object) -> object:
    """Names by language are taken as one list."""
    if isinstance(value, dict):
        return list(dict.fromkeys(name for names in value.values() for name in names))
    return value


Market = Annotated[str, AfterValidator(_market)]
ByLanguage = dict[str, str]
Address = Annotated[str, AfterValidator(_address)]


class Mention(BaseModel):
    """One mandatory mention: its key (indication, reporting …) and its exact text."""

    key: str = Field(min_length=1, max_length=60)
    text: str = Field(min_length=1)


class ProductSheet(BaseModel):
    """The sheet. Unknown fields are kept as they are: a rule pack may know them."""

    model_config = ConfigDict(extra="allow", str_strip_whitespace=True, coerce_numbers_to_str=True)

    brand: str | None = None
    inn: ByLanguage = {}
    holder: str | None = None
    cis: Annotated[str, AfterValidator(_cis)] | None = None
    additional_monitoring: bool | None = None
    marketing_dates: dict[Market, date] = Field(
        default={}, validation_alias=AliasChoices("marketing_dates", "marketing_date")
    )
    prescribing_class: dict[str, str | ByLanguage] = {}
    """By language, or by market and language."""
    reimbursement: dict[str, str | ByLanguage] = {}
    price: Any = None
    public_page: Address | dict[Market, Address] | None = None
    indications: dict[str, str | list[str]] = {}
    mentions: dict[Market, dict[str, Annotated[list[Mention], BeforeValidator(_listed)]]] = Field(
        default={}, validation_alias=AliasChoices("mentions", "mandatory_mentions")
    )
    """By market and language, in the order in which they stand."""
    governing_label: dict[Market, str] = {}
    """By market: the id of the label that counts."""
    synonyms: Annotated[list[str], BeforeValidator(_one_list)] = []
    competitors: Annotated[list[str], BeforeValidator(_one_list)] = []


def clean_sheet(sheet: dict[str, Any]) -> dict[str, Any]:
    """The sheet as JSON, with the fields that were given. Raises InvalidInput, naming the field."""
    try:
        clean: dict[str, Any] = ProductSheet.model_validate(sheet).model_dump(mode="json", exclude_unset=True)
        rfc8785.dumps(clean)  # the trail keeps its digest
    except rfc8785.CanonicalizationError as error:
        raise InvalidInput(
            "The product sheet holds a number beyond measure, or a text with a character that is none.",
            help="Write large numbers as text, and leave out control characters.",
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(
            f"The product sheet's {field} cannot be: {first['msg'].removeprefix('Value error, ')}.",
            help="Mend this field, or leave it out: an incomplete sheet is taken.",
            field=field,
        ) from error
    return clean


_BY_MARKET = (
    "prescribing_class",
    "reimbursement",
    "price",
    "daily_cost",
    "public_page",
    "priced_presentation",
)


def sheet_for(sheet: dict[str, Any], market: str) -> dict[str, Any]:
    """The sheet as one market sees it: what is given by market is that market's, and `marketing_date` is its date.

    `mentions` stay by market. What the market has no entry for is left out.
    """
    seen = {name: value for name, value in sheet.items() if name != "marketing_dates"}
    for name in _BY_MARKET:
        value = sheet.get(name)
        if isinstance(value, dict) and all(
            key == key.upper() for key in value
        ):  # languages are written small
            seen.pop(name)
            if market in value:
                seen[name] = value[market]
    if market in sheet.get("marketing_dates", {}):
        seen["marketing_date"] = sheet["marketing_dates"][market]
    return seen


def names_of(name: str, sheet: Mapping[str, Any]) -> tuple[str, ...]:
    """Every name: as registered, brand, INN in each language, synonyms; each once."""
    inn = sheet.get("inn", {})
    listed = [
        name,
        sheet.get("brand"),
        *(inn.values() if isinstance(inn, Mapping) else [inn]),
        *sheet.get("synonyms", []),
    ]
    return tuple(dict.fromkeys(str(text) for text in listed if text))
