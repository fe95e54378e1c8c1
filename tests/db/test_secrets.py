"""Secrets are kept encrypted where there is a key, keys can be changed, and nothing that is printed shows either."""

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.db.secrets import Locked, Secrets

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
ADDRESS = "https://calendar.example.com/private-5e8cr3t/basic.ics"


@given(st.text(min_size=1, max_size=200))
def test_what_is_kept_is_not_the_secret_and_comes_back_as_it_was(secret: str) -> None:
    secrets = Secrets([NEW])
    kept = secrets.seal(secret)
    assert kept.isascii()
    assert secret not in kept or len(secret) < 20
    assert secrets.open(kept) == secret


def test_without_a_key_it_is_kept_as_it_is() -> None:
    assert Secrets().seal(ADDRESS) == Secrets().renew(ADDRESS) == Secrets().open(ADDRESS) == ADDRESS


def test_what_was_kept_without_a_key_is_read_and_encrypted_when_it_is_renewed() -> None:
    secrets = Secrets([NEW])
    assert secrets.open(ADDRESS) == ADDRESS
    assert not secrets.is_current(ADDRESS)
    renewed = secrets.renew(ADDRESS)
    assert "5e8cr3t" not in renewed
    assert secrets.open(renewed) == ADDRESS


def test_a_new_key_before_the_old_one_reads_everything_and_takes_over_what_is_renewed() -> None:
    kept = Secrets([OLD]).seal(ADDRESS)
    both = Secrets([NEW, OLD])
    assert both.open(kept) == ADDRESS
    assert not both.is_current(kept)
    renewed = both.renew(kept)
    assert both.is_current(renewed)
    assert both.renew(renewed) == renewed
    assert Secrets([NEW]).open(renewed) == ADDRESS


@pytest.mark.parametrize("keys", [[], [NEW]])
def test_what_was_encrypted_with_a_key_that_is_gone_is_told_as_locked_with_nothing_of_it(keys: list[str]) -> None:
    kept = Secrets([OLD]).seal(ADDRESS)
    for act in (Secrets(keys).open, Secrets(keys).renew):
        with pytest.raises(Locked) as locked:
            act(kept)
        assert kept not in repr(locked.value)
        assert locked.value.__cause__ is None
    assert not Secrets(keys).is_current(kept)


@pytest.mark.parametrize("kept", ["fernet:", "fernet:nonsense", "fernet:ü", "fernet:" + "A" * 200])
def test_what_is_no_encrypted_secret_at_all_is_locked_as_well(kept: str) -> None:
    with pytest.raises(Locked):
        Secrets([NEW]).open(kept)


def test_nothing_that_is_printed_of_it_names_a_key() -> None:
    assert NEW not in repr(Secrets([NEW])) + str(Secrets([NEW]))
