from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import pytest

from assistant.errors import InvalidInput
from assistant.people import passwords
from assistant.people.passwords import AT_ONCE, hash_password, matches


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


def test_few_are_hashed_at_once_however_many_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = 0, 0
    lock, full = Lock(), Event()

    class Hasher:
        def verify(self, _hash: str, _password: str) -> bool:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
                if running == AT_ONCE:
                    full.set()
            full.wait(5)  # until as many are in as may be
            with lock:
                running -= 1
            return True

    monkeypatch.setattr(passwords, "_hasher", Hasher)
    with ThreadPoolExecutor(3 * AT_ONCE) as people:
        assert all(people.map(lambda _: matches("a hash", "a passphrase"), range(6 * AT_ONCE)))
    assert most == AT_ONCE
