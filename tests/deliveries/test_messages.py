"""The words of the deliveries room."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.deliveries.messages import fate_list
from bot.deliveries.queries import FatePage
from bot.deliveries.rules import About, Asked
from bot.outbox.rules import Kind, State, reason_retried
from bot.people.messages import Reader
from bot.slack.message import Form, Message
from bot.teams.model import Team
from tests.deliveries.samples import HOUR, fate, of_team, own
from tests.living import buttons
from tests.outcomes.samples import EMOJI, NASTY, NOW, READER, person, team
from tests.slack.every_message import (
    test_as_it_is_read,
    test_at_its_limits_a_message_still_fits_and_pings_nobody,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)
from tests.slack.reading import read

__all__ = [
    "test_as_it_is_read",
    "test_at_its_limits_a_message_still_fits_and_pings_nobody",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

SENT = fate(State.SENT)
RETRIED = reason_retried("ana", State.EXPIRED, "Slack could not be reached.")
EVERY_END = (
    fate(State.OWED, "checkin:UOLGA:2026-W15", due_in=timedelta(days=6)),
    fate(State.OWED, "handover:7:offered", reason="Slack asked Rhythm to slow down."),
    fate(State.POSTING, "dependency:3:asked", is_held=True),
    fate(State.POSTING, "nudge:UOLGA:2026-W14:1", reason="Slack did not say whether it took the message."),
    SENT,
    fate(State.WITHHELD, reason="Everything due was already updated in this period."),
    fate(State.CANCELLED, "handover:7:offered", reason="The offer was withdrawn."),
    fate(State.EXPIRED, "hint:UOLGA:2026-03-29", reason="Slack could not be reached."),
    fate(State.FAILED, "obstacle:4:raised", reason="That person's account is switched off: hand their outcomes over."),
)
EXTREME = fate(State.FAILED, ("<!channel>" * 20)[:200], reason=NASTY * 40, kind=Kind.UPDATE)


def second_team() -> Team:
    other = team("R&D")
    other.id = 2
    return other


def listed(page: FatePage, reader: Reader = READER) -> Message:
    return fate_list(page, reader=reader, now=NOW)


def extreme_own() -> Message:
    teams = tuple(team("&" * 80) for _ in range(30))
    return listed(own(*[EXTREME] * 10, total=dict.fromkeys(State, 10**9), offset=10, leads=teams))


MESSAGES: dict[str, Callable[[], Message]] = {
    "own": lambda: listed(own(*EVERY_END)),
    "own_first_page": lambda: listed(own(*[SENT] * 10, total={State.SENT: 23})),
    "own_middle_page": lambda: listed(own(*[SENT] * 10, total={State.SENT: 23}, offset=10)),
    "own_last_page": lambda: listed(own(*[SENT] * 3, total={State.SENT: 23}, offset=20)),
    "own_of_a_lead": lambda: listed(own(SENT, leads=(team(), second_team()))),
    "own_retried": lambda: listed(own(fate(State.SENT, reason=RETRIED))),
    "own_none": lambda: listed(own()),
    "own_none_of_a_lead": lambda: listed(own(leads=(team(),))),
    "another_persons": lambda: listed(replace(own(SENT), is_own=False)),
    "another_persons_none": lambda: listed(replace(own(), is_own=False)),
    "a_teams": lambda: listed(
        of_team(
            SENT,
            fate(State.SENT, "answer:3:12", place="C1"),
            fate(State.FAILED, "outcome:12:v3#r1", place="C1", kind=Kind.UPDATE, reason="That thread is locked."),
            fate(State.WITHHELD, place="UGONE", reason="Everything due was already updated in this period."),
        )
    ),
}
FORMS: dict[str, Callable[[], Form]] = {}
EXTREMES: dict[str, Callable[[], Message]] = {
    "own": extreme_own,
    "another_persons": lambda: listed(replace(own(EXTREME), is_own=False, person=person((EMOJI * 40)[:200]))),
    "a_teams": lambda: listed(of_team(*[EXTREME] * 10, name=(NASTY * 4)[:80], owner=(NASTY * 10)[:200])),
    "own_none": lambda: listed(own(leads=tuple(team("&" * 80) for _ in range(30)))),
}


@pytest.mark.parametrize(
    ("zone", "due", "sent"),
    [
        ("UTC", "due Mon, Mar 30 at 07:00", "Sent Mon, Mar 30 at 07:30."),
        ("Pacific/Auckland", "due Mon, Mar 30 at 20:00", "Sent Mon, Mar 30 at 20:30."),
        ("America/Los_Angeles", "due Mon, Mar 30 at 00:00", "Sent Mon, Mar 30 at 00:30."),
    ],
)
def test_times_are_the_viewers_own(zone: str, due: str, sent: str) -> None:
    said = listed(own(SENT), Reader("en-US", ZoneInfo(zone), NOW.date())).text
    assert due in said
    assert sent in said


def test_the_buttons_carry_the_page_beside_this_one() -> None:
    def carried(page: FatePage) -> dict[str, str]:
        return {one["text"]["text"]: one["value"] for _, one in buttons(listed(page).blocks)}

    ten = [SENT] * 10
    assert carried(own(*ten)) == {}
    assert carried(own(*ten, total={State.SENT: 11})) == {"Older": "person UOLGA 10"}
    assert carried(own(*ten, total={State.SENT: 21}, offset=10)) == {
        "Newer": "person UOLGA 0",
        "Older": "person UOLGA 20",
    }
    assert carried(own(SENT, total={State.SENT: 21}, offset=20)) == {"Newer": "person UOLGA 10"}


def test_a_lead_is_shown_the_way_to_their_teams() -> None:
    [row] = [block for block in listed(own(SENT, leads=(team(),))).blocks if "accessory" in block]
    [choice] = row["accessory"]["options"]
    assert (choice["text"]["text"], choice["value"]) == ("Growth", str(Asked(About.TEAM, "1")))


def test_what_is_late_is_told_from_what_is_to_come() -> None:
    late, coming = fate(State.OWED), fate(State.OWED, due_in=HOUR)
    assert "it is late, and is tried until Mon, Mar 30 at 15:00" in read(listed(own(late)))
    assert "Owed: it goes out then." in read(listed(own(coming)))
