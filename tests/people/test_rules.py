"""What Slack says of a person, read."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.rules import known_zone, quiet_until, read_profile


def test_everything_slack_says_is_read() -> None:
    told = read_profile(
        {
            "id": "U1",
            "name": "olga",
            "tz": "Europe/Berlin",
            "locale": "de-DE",
            "is_admin": True,
            "is_restricted": True,
            "deleted": True,
            "is_bot": True,
            "profile": {"display_name": "Olga", "real_name": "Olga O."},
        }
    )
    assert (told.id, told.name, told.time_zone, told.locale) == ("U1", "Olga O.", "Europe/Berlin", "de-DE")
    assert (told.is_admin, told.is_guest, told.is_active, told.is_bot) == (True, True, False, True)


def test_what_slack_leaves_out_is_the_quietest_choice() -> None:
    told = read_profile({"id": "U1"})
    assert (told.name, told.time_zone, told.locale) == ("U1", "UTC", "en-US")
    assert (told.is_admin, told.is_guest, told.is_active, told.is_bot) == (False, False, True, False)


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"display_name": "", "real_name": "Olga O."}}, "Olga O."),
        ({"profile": {"display_name": "olli"}, "real_name": "Olga O."}, "Olga O."),
        ({"profile": None, "real_name": "Olga O."}, "Olga O."),
        ({"profile": {"display_name": "olli"}, "name": "olga"}, "olli"),
        ({"profile": {}, "name": "olga"}, "olga"),
    ],
)
def test_the_name_is_the_first_that_is_there(user: dict[str, Any], name: str) -> None:
    assert read_profile({"id": "U1", **user}).name == name


def test_slackbot_is_a_bot_though_slack_does_not_say_so() -> None:
    assert read_profile({"id": "USLACKBOT"}).is_bot


@pytest.mark.parametrize("name", ["", None, "Mars/Olympus", "../../etc/passwd", "Europe/", "\x00", "/etc/passwd"])
def test_an_unknown_zone_is_utc(name: str | None) -> None:
    assert known_zone(name) == "UTC"


@given(st.text(max_size=30))
def test_any_zone_is_one_that_can_be_used(name: str) -> None:
    assert known_zone(name)


@pytest.mark.parametrize("role", ["is_admin", "is_owner"])
def test_admins_and_owners_are_admins(role: str) -> None:
    assert read_profile({"id": "U1", role: True}).is_admin


def test_a_very_long_name_is_kept_to_what_fits() -> None:
    assert len(read_profile({"id": "U1", "real_name": "x" * 500}).name) == 200


def test_a_status_is_read_with_its_end() -> None:
    away = {"status_emoji": ":palm_tree:", "status_text": "Vacationing", "status_expiration": 1_772_841_600}
    told = read_profile({"id": "U1", "profile": away})
    assert (told.says_away, told.away_until) == (True, datetime(2026, 3, 7, tzinfo=UTC))
    told = read_profile({"id": "U1", "profile": {**away, "status_expiration": 0}})
    assert (told.says_away, told.away_until) == (True, None)
    told = read_profile({"id": "U1", "profile": {**away, "status_emoji": "", "status_text": "In a meeting"}})
    assert (told.says_away, told.away_until) == (False, None)


NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def seconds(hour: int, minute: int = 0) -> int:
    return int(NOW.replace(hour=hour, minute=minute).timestamp())


@pytest.mark.parametrize(
    ("dnd", "until"),
    [
        ({"dnd_enabled": True, "next_dnd_start_ts": seconds(8), "next_dnd_end_ts": seconds(10, 30)}, (10, 30)),
        ({"dnd_enabled": True, "next_dnd_start_ts": seconds(9), "next_dnd_end_ts": seconds(10, 30)}, (10, 30)),
        ({"dnd_enabled": True, "next_dnd_start_ts": seconds(22), "next_dnd_end_ts": seconds(23)}, None),
        ({"dnd_enabled": True, "next_dnd_start_ts": seconds(7), "next_dnd_end_ts": seconds(9)}, None),
        ({"dnd_enabled": False, "next_dnd_start_ts": seconds(8), "next_dnd_end_ts": seconds(10)}, None),
        ({"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}, None),
        ({"snooze_enabled": True, "snooze_endtime": seconds(11)}, (11, 0)),
        ({"snooze_enabled": False, "snooze_endtime": seconds(11)}, None),
        ({"dnd_enabled": True, "next_dnd_start_ts": "soon", "next_dnd_end_ts": None}, None),
        ({"dnd_enabled": True, "next_dnd_start_ts": 1, "next_dnd_end_ts": 10**18}, None),
        ({}, None),
    ],
)
def test_do_not_disturb_counts_while_it_is_on(dnd: dict[str, Any], until: tuple[int, int] | None) -> None:
    expected = NOW.replace(hour=until[0], minute=until[1]) if until else None
    assert quiet_until(dnd, now=NOW) == expected
