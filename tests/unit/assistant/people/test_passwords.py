import pytest

from assistant.errors import InvalidInput
from assistant.people.passwords import hash_password, matches


def test_a_passphrase_opens_its_own_hash_only() -> None:
    hashed = hash_password("four plain words here")
    assert hashed.startswith("$argon2id$")
    assert matches(hashed, "four plain words here")
    assert not matches(hashed, "four plain words there")


def test_the_same_passphrase_never_gives_the_same_hash() -> None:
    assert hash_password("four plain words here") != hash_password("four plain words here")


def test_what_is_no_hash_opens_for_nobody() -> None:
    assert not matches("", "four plain words here")
    assert not matches("plain text", "plain text")


def test_a_passphrase_beyond_measure_is_not_even_hashed() -> None:
    with pytest.raises(InvalidInput):
        hash_password("x" * 1025)
    assert not matches(hash_password("x" * 1024), "x" * 1025)
