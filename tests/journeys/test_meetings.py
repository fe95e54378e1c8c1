"""The journey of a team that meets: its channel is told before, and once a week what needs somebody."""

from tests.living import Slack, set_up, write_down


def posts(slack: Slack) -> list[str]:
    """What Rhythm posted in #growth after its introduction."""
    return [str(post["text"]) for post in slack.posts("marcus", "#growth")[1:]]


def test_a_team_meets_and_reads_what_needs_talking_about(company: Slack) -> None:
    slack = company
    set_up(slack, "grace", "#growth", name="Growth")
    write_down(slack, "grace", "#growth")
    [shown] = slack.command("grace", "#growth", "/rhythm meetings").whispers
    form = slack.click("grace", ("#growth", shown), "meetings.add_button").form
    slack.submit("grace", form, name="Growth sync", weekday="1", time="15:00", zone="Europe/Berlin", lead="60")
    form = slack.command("grace", "#growth", "/rhythm schedule").form
    slack.submit("grace", form, digest="4", digest_time="16:00")
    slack.settle()
    assert [line.partition(".")[0] for line in posts(slack)] == [
        "Grace Whitfield put a meeting on the schedule",
        "Grace Whitfield changed the schedule",
    ]

    # With nothing on record, the notice says so
    slack.jump("2026-03-03T13:59:59+01:00")
    assert len(posts(slack)) == 2
    slack.jump("2026-03-03T14:00:01+01:00")
    assert posts(slack)[2:] == [
        "*Growth sync* begins at 15:00 Berlin time (30 minutes).\n"
        "Nothing on record needs a discussion. Consider skipping it."
    ]

    # Nobody does anything about it, and afterwards it says so without blame
    slack.jump("2026-03-03T15:00:01+01:00")
    assert posts(slack)[-1].startswith("*Growth sync* is on since 15:00 Berlin time, planned until 15:30.")
    slack.jump("2026-03-03T15:46:00+01:00")
    assert "This meeting changed nothing on record." in posts(slack)[-1]

    # What stands in the way is in the digest on Friday, at the lead's four o'clock, and in the next notice
    form = slack.command("grace", "#growth", "/outcome block 1").form
    slack.submit("grace", form, text="Legal has not answered")
    slack.jump("2026-03-06T16:00:01-05:00")
    digest = posts(slack)[-1]
    assert digest.startswith("*Effort without movement:* none\n*Obstacles open:* OUT-1 Legal has not answered (Grace")
    slack.jump("2026-03-10T14:00:01+01:00")
    assert posts(slack)[-1].startswith(
        "*Growth sync* begins at 15:00 Berlin time (30 minutes).\n"
        "1. *OUT-1* Legal has not answered (Grace Whitfield)\nan obstacle for"
    )

    # A pause keeps both back, and whoever asks why is told
    slack.command("grace", "#growth", "/rhythm pause until 20 March")
    slack.jump("2026-03-20T21:00:00-04:00")
    kinds = [line.partition(" begins")[0].partition(":")[0] for line in posts(slack)]
    assert (kinds.count("*Growth sync*"), kinds.count("*Effort without movement")) == (2, 1)
    why = slack.command("grace", "#growth", "/rhythm why #growth").text
    assert "3 kept back" in why
    assert "*Weekly digest* in the channel" in why
    assert "The team's rhythm is paused." in why


def newest(slack: Slack, beginning: str) -> dict[str, object]:
    """The newest post in #growth that begins like that, once everything owed was sent."""
    slack.settle()
    return [post for post in slack.posts("marcus", "#growth") if str(post["text"]).startswith(beginning)][-1]


def test_a_meeting_moves_something_and_the_next_one_says_so(company: Slack) -> None:
    slack = company
    set_up(slack, "grace", "#growth", name="Growth")
    write_down(slack, "grace", "#growth")
    write_down(slack, "grace", "#growth", statement="Refunds fall", measure="Refunds", baseline="9%", target="3%")
    slack.submit("grace", slack.command("grace", "#growth", "/outcome block 1").form, text="Legal has not answered")
    [shown] = slack.command("grace", "#growth", "/rhythm meetings").whispers
    form = slack.click("grace", ("#growth", shown), "meetings.add_button").form
    slack.submit("grace", form, name="Growth sync", weekday="1", time="15:00", zone="Europe/Berlin", lead="60")

    # Before it, the agenda has what stands in the way, and somebody adds what they want to talk about
    slack.jump("2026-03-03T14:00:01+01:00")
    agenda = newest(slack, "*Growth sync* begins at 15:00")
    assert "1. *OUT-1* Legal has not answered (Grace Whitfield)\nan obstacle for" in str(agenda["text"])
    form = slack.click("lena", ("#growth", agenda), "meetings.change_agenda").form
    slack.submit("lena", form, text="Which price do we test?")
    assert "2. Which price do we test? (Lena" in str(newest(slack, "*Growth sync* begins")["text"])

    # It begins by its plan; the obstacle is resolved and a line decided from its buttons
    slack.jump("2026-03-03T15:00:01+01:00")
    live = newest(slack, "*Growth sync* is on")
    for user in ("grace", "lena"):
        slack.click(user, ("#growth", live), "meetings.here")
    form = slack.click("grace", ("#growth", live), "obstacles.resolve_button").form
    slack.submit("grace", form, resolution="They answered")
    live = newest(slack, "*Growth sync* is on")
    assert "*Now:* Which price do we test?" in str(live["text"])
    form = slack.click("grace", ("#growth", live), "meetings.decided").form
    slack.submit("grace", form, choice="19 a month", why="Most trials said so")
    assert "Which price do we test? (Lena Brandt)\n*decided*" in str(newest(slack, "*Growth sync* is on")["text"])

    # What is typed in the channel meanwhile is gathered by itself
    for choice in ("Drop the yearly plan", "Hire a second tester"):
        slack.submit("grace", slack.command("grace", "#growth", f"/decision {choice}").form, why="Agreed")
    slack.jump("PT10S")
    slack.command("grace", "#growth", "/outcome result 1 10%")
    slack.jump("PT10S")
    so_far = "3 decisions, 1 outcome moved and 1 obstacle resolved"
    assert f"On record so far: {so_far}." in str(newest(slack, "*Growth sync* is on")["text"])
    slack.command("grace", "#growth", "/outcome result 2 8%")
    slack.command("grace", "#growth", "/outcome action 1 Call ten users by Friday")
    slack.command("grace", "#growth", "/outcome block 2 The export is slow")
    slack.jump("PT20M")
    slack.command("grace", "#growth", "/meeting end")
    summary = newest(slack, "*Growth sync* on Tue")
    for said in (
        "“19 a month”",
        "*OUT-1* More trials become paying customers – *8% → 10%*, target 12%",
        "*OUT-2* Refunds fall – *9% → 8%*, target 3%",
        "*OUT-1* Call ten users (Grace Whitfield, by",
        "*OUT-2* The export is slow",
        "*OUT-1* Legal has not answered – They answered",
        "Decisions: 3\nObstacles cleared: 1\nActions agreed: 1\nAttendee-hours: 0.7 (2 people, 20 minutes)",
    ):
        assert said in str(summary["text"])
    assert len([post for post in posts(slack) if post.startswith("*Growth sync* on Tue")]) == 1

    # A week later the scorecard is complete, and what was left open comes back
    slack.jump("2026-03-10T15:00:01+01:00")
    live = newest(slack, "*Growth sync* is on")
    assert "Since it was held the last time, 2 outcomes moved." in str(live["text"])
    assert "Moved since: 2 outcomes" in str(newest(slack, "*Growth sync* on Tue")["text"])
    history = slack.command("lena", "#growth", "/meeting history").text
    assert "3 decisions, 1 obstacle cleared and 1 action agreed; 0.7 attendee-hours; 2 outcomes moved" in history
