"""What the codes of the Symbol font stand for: files often keep the code alone, and "≥ 70" must not be read "³ 70" or "70"."""

import re

_LOWER = (
    " !∀#∃%&∋()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\ufffdαβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼"
)
_UPPER = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\ufffd\ufffd↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
    + 11 * "\ufffd"
    + "〉∫⌠\ufffd⌡"
)
_BY_CODE = dict(enumerate(_LOWER, start=0x20)) | dict(enumerate(_UPPER, start=0xA0))
SYMBOL_FONT: dict[int, str] = {code: sign for code, sign in _BY_CODE.items() if sign != "\ufffd"}
"""The font's own encoding, as Adobe's and Microsoft's Symbol have it; parts of tall brackets are left out."""
PRIVATE = 0xF000
"""Programs of Microsoft keep a symbol font's code in the private area from here on."""
_NAMED = re.compile(
    r"(?:[A-Z]{6}\+)?symbol(?:mt|ps|std)?(?:[,-](?:bold|italic|oblique|regular|roman|normal|medium|mt|slant\w*)+)?\Z",
    re.IGNORECASE,
)
_PRIVATE_SIGNS = {PRIVATE + code: sign for code, sign in SYMBOL_FONT.items()}
_SIGNS = _PRIVATE_SIGNS | {
    code: sign for code, sign in SYMBOL_FONT.items() if chr(code) not in SYMBOL_FONT.values()
}
_MAC_SIGNS = _PRIVATE_SIGNS | {
    ord(bytes([code]).decode("mac_roman")): sign for code, sign in SYMBOL_FONT.items()
}


def is_symbol_font(name: str) -> bool:
    """Whether a font of this name has Symbol's encoding; "OpenSymbol" and "Segoe UI Symbol" have others."""
    return _NAMED.match(name.strip()) is not None


def from_private(text: str) -> str:
    """The signs behind the private codes of a text in this font; other characters are in another font."""
    return text.translate(_PRIVATE_SIGNS)


def signs_of(text: str) -> str:
    """The signs that a text in this font shows, whether it has these themselves or only their codes: "m" is µ, "³" is ≥."""
    return text.translate(_SIGNS)


def from_mac_codes(text: str) -> str:
    """The same where the codes were taken for those of Mac Roman: "¥" is ×."""
    return text.translate(_MAC_SIGNS)
