"""Where on a page the field stands that a refusal speaks of: forms name theirs alike, and a page holds several."""

from html.parser import HTMLParser

_FIELDS = frozenset({"input", "select", "textarea"})


def place_of_field(html: str, name: str) -> str:
    """The id of the page's field with that name: the one marked wrong, else the first; "" where there is none."""
    if not name:
        return ""
    fields = _Fields(name)
    fields.feed(html)
    fields.close()
    return fields.wrong or fields.first


class _Fields(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.first = ""
        self.wrong = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in _FIELDS or given.get("name") != self._name or given.get("type") == "hidden":
            return
        self.first = self.first or given.get("id") or ""
        if "aria-invalid" in given:
            self.wrong = self.wrong or given.get("id") or ""
