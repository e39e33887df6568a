import pytest

from api.cli.parser import parse


def test_json_and_the_person_may_stand_before_or_after_the_command() -> None:
    for words in (["--json", "--as", "ada", "user", "list"], ["user", "list", "--as", "ada", "--json"]):
        parsed = parse(words)
        assert (parsed.json, parsed.user) == (True, "ada")


def test_several_markets_may_be_named_at_once_or_one_by_one() -> None:
    common = ["source", "add", "a.pdf", "--product", "P", "--kind", "label"]
    assert parse([*common, "--market", "FR", "EU"]).markets == ["FR", "EU"]
    assert parse([*common, "--market", "FR", "--market", "EU"]).markets == ["FR", "EU"]


def test_the_format_of_an_export_is_not_a_person() -> None:
    parsed = parse(["--as", "ada", "export", "piece_1", "--as", "pdf"])
    assert (parsed.user, parsed.format) == ("ada", "pdf")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["source", "add", "--product", "P", "--kind", "label", "--market", "FR"],
        ["source", "add", "a.pdf", "--product", "P", "--kind", "poem", "--market", "FR"],
        ["search", "x", "--product", "P", "--market", "FR", "--k", "many"],
        ["user", "add", "ada", "--role", "king"],
        ["draft", "sonnet", "--product", "P", "--market", "FR", "--language", "fr"],
    ],
)
def test_a_wrong_use_of_the_command_line_is_exit_code_two(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parse(words)
    assert stopped.value.code == 2
    assert not capsys.readouterr().out
