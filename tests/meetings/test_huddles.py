"""A meeting ends with the huddle of its channel, where that is asked for; whatever Slack says, nothing breaks."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.actions.holding import end_with_huddle
from bot.meetings.model import Meeting, TeamMeeting
from bot.meetings.rules.held import Ended
from bot.meetings.rules.huddles import EndedHuddle, read_ended
from bot.teams.model import Team
from tests.living import Slack, living, set_up, settled, until, words
from tests.meetings.holding import BEGINS, MINUTE, do, end, live, meetings, said, start
from tests.workspaces.firm import Firm

BEGAN, OVER = datetime(2026, 3, 3, 14, tzinfo=UTC), datetime(2026, 3, 3, 14, 20, tzinfo=UTC)


def room(**changes: object) -> dict[str, object]:
    return {"date_start": BEGAN.timestamp(), "date_end": OVER.timestamp(), "has_ended": True, **changes}


def changed(room: object, **changes: object) -> dict[str, object]:
    """The event by which Slack says that a huddle's message was changed."""
    message = {"subtype": "huddle_thread", "room": room}
    return {"type": "message", "subtype": "message_changed", "channel": "C1", "message": message, **changes}


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
rooms = st.dictionaries(st.sampled_from(["date_start", "date_end", "has_ended", "participants"]), anything)
shapes = anything | st.builds(changed, anything | rooms) | st.builds(changed, rooms, message=anything, channel=anything)


@given(shapes)
def test_whatever_slack_says_it_is_an_end_in_a_channel_or_nothing(event: object) -> None:
    read = read_ended(event)
    assert read is None or (isinstance(read.channel_id, str) and read.ended_at.tzinfo is UTC)


def test_the_end_of_a_huddle_is_read_from_its_message_and_from_its_change() -> None:
    ended = EndedHuddle("C1", OVER)
    assert read_ended(changed(room())) == ended
    assert read_ended({"subtype": "huddle_thread", "channel": "C1", "room": room()}) == ended
    assert read_ended(changed({"date_end": OVER.timestamp()})) == ended


@pytest.mark.parametrize(
    "event",
    [
        changed(room(date_end=0, has_ended=False)),
        changed(room(date_end=0)),
        changed(room(has_ended=False)),
        changed(room(date_end=BEGAN.timestamp() + 30)),
        changed(room(date_end=1e300)),
        changed(None),
        changed(room(), message={"subtype": "bot_message", "room": room()}),
        {"type": "message", "text": "Good morning", "channel": "C1"},
    ],
)
def test_one_that_goes_on_that_was_a_try_or_that_is_none_ends_nothing(event: object) -> None:
    assert read_ended(event) is None


def hang_up(firm: Firm, at: datetime, channel_id: str = "C1") -> int:
    return len(do(firm, lambda tx: end_with_huddle(tx, firm.id, EndedHuddle(channel_id, at), now=firm.now)))


def test_it_ends_when_the_huddle_did_and_its_summary_follows(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    live(firm, BEGINS + 20 * MINUTE)
    assert hang_up(firm, BEGINS + 19 * MINUTE) == 1
    [meeting] = meetings(firm)
    assert (meeting.ended_how, meeting.ended_at, meeting.ended_by) == (Ended.HUDDLE, BEGINS + 19 * MINUTE, None)
    over = "*Growth sync* was over at 15:19 Berlin time, with its huddle. Its summary follows."
    assert said(firm, meeting.live_key) == over
    assert said(firm, meeting.summary_key).startswith("*Growth sync* on Tue, Mar 3, 15:00 to 15:19")
    assert hang_up(firm, BEGINS + 19 * MINUTE) == 0


def test_a_huddle_that_was_over_before_or_is_elsewhere_ends_nothing(firm: Firm, growth: Team) -> None:
    earlier = end(firm, start(firm, growth))
    firm.clock.move_to(firm.now + timedelta(hours=1))
    later = start(firm, growth, "Retro")
    assert hang_up(firm, firm.now - MINUTE) == 0
    assert hang_up(firm, firm.now, "C2") == 0
    with firm.db.read() as tx:
        assert [tx.get_one(Meeting, one.id).ended_how for one in (earlier, later)] == [Ended.COMMAND, None]


@pytest.fixture(scope="module")
def huddling(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    """A company whose installation lets huddles end meetings."""
    path = tmp_path_factory.mktemp("company") / "rhythm.db"
    shutil.copyfile(_migrated_sqlite, path)
    with living(f"sqlite:///{path}", huddle_ends_meeting=True) as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        yield slack


def test_in_slack_the_end_of_the_huddle_ends_the_meeting(huddling: Slack) -> None:
    slack = huddling
    slack.command("grace", "#growth", "/meeting start Retro")
    slack.post("huddle", user="@grace", channel="#growth", on=True)
    slack.jump("PT20M")
    slack.post("huddle", user="@marcus", channel="#growth", on=False)
    until(lambda: settled(slack) and "with its huddle" in words(slack.posts("marcus", "#growth")))
    assert slack.posts("marcus", "#growth")[-1]["text"].startswith("*Retro* on ")


def test_where_nobody_asked_for_it_a_huddle_ends_nothing(slack: Slack) -> None:
    slack.command("grace", "#growth", "/meeting start Huddle")
    slack.post("huddle", user="@grace", channel="#growth", on=True)
    slack.jump("PT20M")
    slack.post("huddle", user="@grace", channel="#growth", on=False)
    slack.settle()
    assert "is on since" in slack.posts("marcus", "#growth")[-1]["text"]
    slack.command("grace", "#growth", "/meeting end")
