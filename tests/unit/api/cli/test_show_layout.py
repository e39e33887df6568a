"""How texts stand in the shell."""

from api.cli.show.layout import WIDTH, wrapped


def test_the_entries_of_a_list_stay_on_lines_of_their_own() -> None:
    assert wrapped("Not in:\npregnancy\nsevere hepatic impairment") == (
        "  Not in:\n  pregnancy\n  severe hepatic impairment"
    )
    assert wrapped("") == ""


def test_no_line_is_wider_than_a_page() -> None:
    lines = wrapped("word " * 60 + "\nnext", "    ").split("\n")
    assert max(map(len, lines)) <= WIDTH
    assert lines[-1] == "    next"
