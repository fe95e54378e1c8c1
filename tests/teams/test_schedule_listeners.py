"""What can be typed and filled in about a team's schedule, and what comes back."""

import pytest

from tests.living import Json, Slack, words


@pytest.fixture
def form(slack: Slack) -> Json:
    """Grace's form for the team that she leads."""
    return slack.command("grace", "#growth", "/rhythm schedule").form


def test_a_lead_changes_the_schedule_and_reads_it_back_with_the_next_dates(slack: Slack, form: Json) -> None:
    saved = slack.submit("grace", form, often="every second week", weekday="2", time="14:00", first="2026-03-09")
    assert saved.views == []
    assert "*Growth* has its check-ins every second Wednesday at 14:00, each owner's local time." in saved.text
    assert "For you the next ones are Wednesday 11 March at 14:00; Wednesday 25 March at 14:00" in saved.text
    again = slack.command("grace", "#growth", "/rhythm schedule").form
    assert "Every second week" in words(again)


def test_holidays_and_days_off_are_read_as_people_name_them(slack: Slack, form: Json) -> None:
    saved = slack.submit("grace", form, country="germany, bayern", days_off="24 dec to 1 jan: closed\n15 May")
    assert "One that falls on a public holiday in Germany, BY or one of its own days off moves" in saved.text
    again = words(slack.command("grace", "#growth", "/rhythm schedule").form["blocks"])
    assert "Public holidays of" in again


def test_every_field_that_cannot_be_read_has_its_sentence_and_nothing_is_lost(slack: Slack, form: Json) -> None:
    refused = slack.submit("grace", form, country="Germny", days_off="someday", starts="18:00", ends="09:00")
    assert refused.errors["country"] == "I know no holidays of “Germny”. Did you mean Germany?"
    assert refused.errors["days_off"].startswith("someday: “someday” is not a date I can read.")
    assert refused.errors["ends"] == "The working day has to end later than it begins."


def test_a_digest_is_switched_on_and_said_with_its_next_dates_and_switched_off(slack: Slack, form: Json) -> None:
    saved = slack.submit("grace", form, digest="4", digest_time="16:00")
    assert "Its digest comes to this channel every Friday at 16:00, the lead's time." in saved.text
    assert "For you the next ones are Friday 6 March at 16:00; Friday 13 March at 16:00" in saved.text
    assert "No meetings are on the schedule." in saved.text
    again = slack.command("grace", "#growth", "/rhythm schedule").form
    assert "This channel gets no weekly digest." in slack.submit("grace", again, digest="none").text


def test_a_digest_keeps_to_the_working_day(slack: Slack, form: Json) -> None:
    refused = slack.submit("grace", form, digest="4", digest_time="20:00")
    assert refused.errors == {"digest_time": "Choose a time from 09:00 to 18:00: outside of it Rhythm is quiet."}
    slack.close_form("grace", form)


def test_whoever_may_not_is_told_who_may(slack: Slack) -> None:
    said = slack.command("marcus", "#growth", "/rhythm schedule").text
    assert "leads Growth and can change this; so can an admin." in said


def test_a_channel_that_is_no_team_is_told_how_to_become_one(slack: Slack) -> None:
    said = slack.command("amara", "#random", "/rhythm schedule").text
    assert said.strip() == "This channel is not a team yet. /rhythm setup makes it one."
