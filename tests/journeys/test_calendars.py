"""The journey of a team whose calendar says when it meets: everything real, but for the server on this machine."""

from tests.calendars.samples import WEEKLY, calendar, changed
from tests.calendars.serving import serving
from tests.journeys.test_meetings import posts
from tests.living import living, set_up, words

LATER = changed("20260303", "DTSTART;TZID=Europe/Berlin:20260303T163000", "DURATION:PT30M")
OFF = changed("20260310", "STATUS:CANCELLED", "DTSTART;TZID=Europe/Berlin:20260310T150000", "DURATION:PT30M")


def test_a_team_meets_when_its_calendar_says(database_url: str) -> None:
    with serving() as server, living(database_url, calendars_from_anywhere=True) as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        server.gives(calendar(WEEKLY))
        [shown] = slack.command("grace", "#growth", "/rhythm meetings").whispers
        form = slack.click("grace", ("#growth", shown), "meetings.add_calendar_button").form
        slack.submit("grace", form, name="Growth", address=server.address, words="sync")

        # It is read at once, and told before like any meeting
        slack.jump("PT1M")
        listed = words(slack.command("grace", "#growth", "/rhythm meetings").whispers[0])
        assert "as in the calendar at 127.0.0.1 (…asic.ics), titles with “sync”" in listed
        assert "For you the next ones are Tuesday 3 March at 09:00; Tuesday 10 March at 10:00" in listed
        slack.jump("2026-03-03T14:00:01+01:00")
        assert posts(slack)[-1].startswith("*Growth sync* begins at 15:00 Berlin time (30 minutes).")

        # Moved, its message says so, and it begins and ends at its new time
        server.gives(calendar(WEEKLY, LATER))
        slack.jump("PT16M")
        assert posts(slack)[-1].startswith("*Growth sync* begins at 16:30 Berlin time (30 minutes).")
        slack.jump("2026-03-03T16:30:01+01:00")
        assert posts(slack)[-1].startswith("*Growth sync* is on since 16:30 Berlin time, planned until 17:00.")

        # Cancelled, nobody is told before it, and whoever asks why is told
        server.gives(calendar(WEEKLY, OFF))
        slack.jump("2026-03-04T09:00:00+01:00")
        before = len(posts(slack))
        slack.jump("2026-03-10T15:30:00+01:00")
        assert len(posts(slack)) == before
        assert (
            "It was cancelled in the calendar, or taken out of it."
            in slack.command("grace", "#growth", "/rhythm why #growth").text
        )

        # Away, it is said once to the lead, and in the list, and what was read before still counts
        server.serve = lambda request: request.answer(status=410)
        for _ in range(5):
            slack.jump("PT30M")
        told = [one for one in slack.messages("grace", "@rhythm") if "Reading it has failed since" in str(one["text"])]
        assert len(told) == 1
        slack.jump("2026-03-17T14:00:01+01:00")
        assert posts(slack)[-1].startswith("*Growth sync* begins at 15:00 Berlin time (30 minutes).")
        assert "5e8cr3t" not in str([*slack.messages("grace", "@rhythm"), *posts(slack), slack.lines])
