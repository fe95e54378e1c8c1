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
    assert posts(slack)[-1].startswith("*Growth sync* is on since 15:00, planned until 15:30.")
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
        "1. *OUT-1* Legal has not answered (Grace Whitfield): stands for"
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
