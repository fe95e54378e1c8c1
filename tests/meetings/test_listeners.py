"""What people do with a team's meetings: typed, pressed and filled in."""

from collections.abc import Callable, Iterator

import pytest

from tests.living import Json, Seen, Slack, set_up, until, words

TUESDAYS = {"name": "Growth  sync", "often": "weekly", "weekday": "1", "time": "15:00", "minutes": "45"}


def listed(slack: Slack, user: str = "grace") -> Json:
    """The list as it answers the command."""
    [whisper] = slack.command(user, "#growth", "/rhythm meetings").whispers
    return whisper


def add(slack: Slack, **values: str) -> Seen:
    form = slack.click("grace", ("#growth", listed(slack)), "meetings.add_button").form
    return slack.submit("grace", form, **{**TUESDAYS, **values})


@pytest.fixture
def sync(slack: Slack) -> Iterator[str]:
    """A meeting on Growth's schedule, for one test; answers the number in its button."""
    add(slack)
    accessories = [block["accessory"] for block in listed(slack)["blocks"] if "accessory" in block]
    number = accessories[0]["options"][0]["value"].partition(" ")[2]
    yield number
    seen = slack.command("grace", "#growth", "/rhythm meetings")
    if f"remove {number}" in str(seen.whispers):
        form = slack.choose("grace", ("#growth", seen.whispers[0]), "meetings.menu", f"remove {number}").form
        slack.submit("grace", form)


def test_a_lead_adds_a_meeting_and_reads_it_back_with_the_next_dates(slack: Slack) -> None:
    assert "*Growth* has no meetings on its schedule." in words(listed(slack))
    saved = add(slack)
    assert saved.views == []
    assert "*Growth sync*: every Tuesday at 15:00 New York time, 45 minutes." in saved.text
    assert (
        "For you the next ones are Tuesday 3 March at 15:00; Tuesday 10 March at 15:00; Tuesday 17 March" in saved.text
    )
    [menu] = [block["accessory"] for block in listed(slack)["blocks"] if "accessory" in block]
    form = slack.choose("grace", ("#growth", listed(slack)), "meetings.menu", menu["options"][-1]["value"]).form
    assert "*Growth sync* is off the schedule of Growth." in slack.submit("grace", form).text


def test_a_meeting_is_changed_in_a_form_that_shows_it_as_it_is(slack: Slack, sync: str) -> None:
    form = slack.choose("grace", ("#growth", listed(slack)), "meetings.menu", f"change {sync}").form
    shown = form["state"]["values"]
    assert shown["minutes"]["value"]["selected_option"]["value"] == "45"
    assert shown["time"]["value"]["selected_time"] == "15:00"
    changed = slack.submit("grace", form, often="every second week", first="2026-03-10", zone="Europe/Berlin")
    assert (
        "every second Tuesday at 15:00 Berlin time, 45 minutes. For you the next ones are Tuesday 10 Mar"
        in changed.text
    )


def test_from_the_schedules_form_the_list_opens_on_top_and_is_brought_up_to_date(slack: Slack) -> None:
    schedule = slack.command("grace", "#growth", "/rhythm schedule").form
    meetings = slack.click("grace", schedule, "teams.meetings").form
    assert "has no meetings" in words(meetings)
    form = slack.click("grace", meetings, "meetings.add_button").form
    assert len(slack.views("grace")) == 3
    saved = slack.submit("grace", form, **TUESDAYS)
    assert [view["title"]["text"] for view in saved.views] == ["Schedule", "Meetings"]
    until(lambda: "*Growth sync*: every Tuesday" in words(slack.views("grace")[-1]))
    shown = slack.views("grace")[-1]
    [menu] = [block["accessory"] for block in shown["blocks"] if "accessory" in block]
    slack.submit("grace", slack.choose("grace", shown, "meetings.menu", menu["options"][-1]["value"]).form)
    until(lambda: "has no meetings" in words(slack.views("grace")[-1]))
    slack.close_form("grace", schedule)


def test_the_saved_schedule_says_the_meetings_and_leads_to_them(slack: Slack, sync: str) -> None:
    saved = slack.submit("grace", slack.command("grace", "#growth", "/rhythm schedule").form, time="09:30")
    assert "*Growth sync*: every Tuesday at 15:00 New York time, 45 minutes. For you the next ones are" in saved.text
    seen = slack.click("grace", ("#growth", saved.whispers[0]), "teams.meetings")
    assert "Meetings of *Growth*" in seen.text


def test_a_member_sees_the_meetings_in_their_own_time_and_nothing_to_press(slack: Slack, sync: str) -> None:
    shown = listed(slack, "lena")
    assert "For you the next ones are Tuesday 3 March at 21:00" in words(shown)
    assert "meetings.add_button" not in str(shown)
    assert "meetings.menu" not in str(shown)


def test_whoever_leads_no_longer_is_told_who_does_when_they_press(slack: Slack, sync: str) -> None:
    shown = listed(slack)
    set_up(slack, "grace", "#growth", lead="@marcus")
    presses: list[Callable[[], Seen]] = [
        lambda: slack.click("grace", ("#growth", shown), "meetings.add_button"),
        lambda: slack.choose("grace", ("#growth", shown), "meetings.menu", f"change {sync}"),
    ]
    for press in presses:
        assert "leads Growth and can change this; so can an admin." in press().text
    set_up(slack, "marcus", "#growth", lead="@grace")


def test_a_meeting_needs_a_name(slack: Slack) -> None:
    refused = add(slack, name=" ")
    assert refused.errors == {"name": "A meeting needs a name of at most 80 characters."}
    slack.close_form("grace", refused.form)


def test_a_menu_of_what_is_gone_says_where_the_rest_is(slack: Slack, sync: str) -> None:
    shown = listed(slack)
    form = slack.choose("grace", ("#growth", shown), "meetings.menu", f"remove {sync}").form
    slack.submit("grace", form)
    said = slack.choose("grace", ("#growth", shown), "meetings.menu", f"change {sync}").text
    assert said.strip() == "That meeting is not on the schedule any more. /rhythm meetings lists the ones that are."


def test_a_channel_that_is_no_team_is_told_how_to_become_one(slack: Slack) -> None:
    said = slack.command("amara", "#random", "/rhythm meetings").text
    assert said.strip() == "This channel is not a team yet. /rhythm setup makes it one."


def test_a_calendar_is_added_shown_without_its_secret_and_left_again(slack: Slack) -> None:
    address = "https://calendar.example.com/private-5e8cr3t/a1b2"
    form = slack.click("grace", ("#growth", listed(slack)), "meetings.add_calendar_button").form
    assert "reads only when something begins and ends" in words(form)
    refused = slack.submit("grace", form, name="Growth", address="http://calendar.example.com/5e8cr3t", words="sync")
    assert refused.errors == {"address": "A calendar is read over https only: its address starts with https://."}
    saved = slack.submit("grace", refused.form, name="Growth", address=address, words="sync")
    assert "*Growth*: as in the calendar at calendar.example.com (…a1b2), titles with “sync”." in saved.text
    shown = listed(slack, "lena")
    assert "as in the calendar at calendar.example.com (…a1b2)" in words(shown)
    [menu] = [block["accessory"] for block in listed(slack)["blocks"] if "accessory" in block]
    schedule, change, remove = (option["value"] for option in menu["options"])
    form = slack.choose("grace", ("#growth", listed(slack)), "meetings.menu", change).form
    assert form["state"]["values"]["address"]["value"]["value"] is None
    again = slack.submit("grace", form, words="retro")
    assert "titles with “retro”" in again.text
    form = slack.choose("grace", ("#growth", listed(slack)), "meetings.menu", schedule).form
    assert "the calendar at calendar.example.com (…a1b2) is erased" in words(form)
    assert "every Monday at 10:00" in slack.submit("grace", form).text
    assert "5e8cr3t" not in str([saved, shown, again, form])
    slack.submit("grace", slack.choose("grace", ("#growth", listed(slack)), "meetings.menu", remove).form)
