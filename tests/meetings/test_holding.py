"""What people type and press to hold a meeting, in a company: its agenda, start and end, its lines, who is there."""

from collections.abc import Iterator

import pytest

from tests.living import Json, Seen, Slack, until, words, write_down


def posts(slack: Slack) -> list[Json]:
    return slack.posts("marcus", "#growth")


def newest(slack: Slack, beginning: str) -> Json:
    """The newest post in the channel that begins like that, once everything owed was sent."""
    slack.settle()
    return [one for one in posts(slack) if str(one["text"]).startswith(beginning)][-1]


def type_(slack: Slack, words: str, user: str = "grace") -> str:
    return slack.command(user, "#growth", f"/meeting {words}").text.strip()


def press(slack: Slack, post: Json, action_id: str, user: str = "grace", value: str = "") -> Seen:
    return slack.click(user, ("#growth", post), action_id, value)


@pytest.fixture(scope="module", autouse=True)
def outcome(slack: Slack) -> None:
    """OUT-1, Grace's."""
    write_down(slack, "grace", "#growth")


@pytest.fixture
def retro(slack: Slack) -> Iterator[Json]:
    """A meeting that is on, for one test: its message in the channel."""
    type_(slack, "start Retro")
    yield newest(slack, "*Retro* is on")
    type_(slack, "end")
    slack.jump("PT2H")


def add(slack: Slack, post: Json, text: str, user: str = "grace", **values: str) -> None:
    form = press(slack, post, "meetings.change_agenda", user).form
    assert slack.submit(user, form, text=text, **values).views == []


def test_help_says_what_can_be_typed(slack: Slack) -> None:
    said = type_(slack, "help")
    assert "A meeting should move something" in said
    for word in ("agenda", "start [name]", "end", "summary", "history", "skip"):
        assert f"/meeting {word}" in said


def test_with_nothing_on_the_schedule_it_says_how_to_meet(slack: Slack) -> None:
    assert "has no meeting ahead" in type_(slack, "")
    assert "No meeting is on here. /meeting start begins one." in type_(slack, "end")
    assert "No meeting is planned." in type_(slack, "skip")


def test_in_a_channel_that_is_no_team_it_says_how_it_becomes_one(slack: Slack) -> None:
    assert "/rhythm setup makes it one" in slack.command("amara", "#random", "/meeting start").text


def test_begun_and_ended_with_what_came_of_it(slack: Slack) -> None:
    assert "*Standup* is on." in type_(slack, "start Standup")
    live = newest(slack, "*Standup* is on since")
    assert "Here: Grace Whitfield." in live["text"]
    press(slack, live, "meetings.here", "lena")
    assert "Here: Grace Whitfield and Lena" in newest(slack, "*Standup* is on since")["text"]
    assert "Standup is on already" in type_(slack, "start")
    slack.jump("PT10M")
    slack.command("grace", "#growth", "/outcome result 1 9%")
    assert "On record so far: 1 outcome moved." in words(slack.command("lena", "#growth", "/meeting").whispers)
    assert "*Standup* is over" in type_(slack, "end", "lena")
    summary = newest(slack, "*Standup* on")
    assert "*OUT-1* More trials become paying customers – *8% → 9%*, target 12%" in summary["text"]
    assert "Attendee-hours: 0.3 (2 people, 10 minutes)" in summary["text"]
    assert newest(slack, "*Standup* was over")["ts"] == live["ts"]
    assert "*8% → 9%*" in type_(slack, "summary")

    # What is written down within the hour is added in place, and later it is not
    slack.jump("PT10M")
    slack.command("grace", "#growth", "/outcome block 1 Legal is silent")
    slack.jump("PT7M")
    later = newest(slack, "*Standup* on")
    assert later["ts"] == summary["ts"]
    assert "*OUT-1* Legal is silent (Grace Whitfield)" in later["text"]
    slack.jump("PT1H")
    slack.command("grace", "#growth", "/outcome block 1 The export is slow")
    slack.jump("PT5M")
    assert "export" not in newest(slack, "*Standup* on")["text"]


def test_it_is_rated_in_a_tap_and_a_line_and_is_in_the_history(slack: Slack) -> None:
    type_(slack, "start Planning")
    type_(slack, "end")
    summary = newest(slack, "*Planning* on")
    said = press(slack, summary, "meetings.rate.4", "lena")
    assert "You gave *Planning* 4 of 5." in said.text
    form = slack.click("lena", ("#growth", said.whispers[0]), "meetings.comment_button").form
    assert slack.submit("lena", form, comment="Half as long").views == []
    assert "Half as long" not in type_(slack, "history")
    for user in ("grace", "marcus"):
        press(slack, summary, "meetings.rate.5", user)
    assert "nothing on record" in type_(slack, "history")
    assert "rated 4.7" in type_(slack, "history")
    assert "“Half as long”" in type_(slack, "history")
    assert "Half as long" not in type_(slack, "history", "lena")
    slack.jump("PT2H")


def test_somebody_adds_a_line_talks_about_it_and_parks_it(slack: Slack, retro: Json) -> None:
    add(slack, retro, "Who covers <August>?", "lena")
    add(slack, retro, "The office move")
    live = newest(slack, "*Retro* is on")
    assert "Who covers &lt;August&gt;? (Lena" in live["text"]
    [[first, _], *_] = [[b["value"], b] for b in _buttons(live, "meetings.talk")][-1:]
    press(slack, live, "meetings.talk", value=first)
    live = newest(slack, "*Retro* is on")
    assert "*Now:* The office move (Grace Whitfield)" in live["text"]
    press(slack, live, "meetings.park", value=first)
    assert "*parked for the next time*" in newest(slack, "*Retro* is on")["text"]


def test_a_line_without_an_outcome_is_given_one_and_then_has_its_buttons(slack: Slack, retro: Json) -> None:
    add(slack, retro, "Pricing")
    live = newest(slack, "*Retro* is on")
    line = _line(live, "Pricing")
    press(slack, live, "meetings.talk", value=line) if _buttons(live, "meetings.talk", line) else None
    live = newest(slack, "*Retro* is on")
    form = press(slack, live, "meetings.name_outcome", value=line).form
    outcome = form["blocks"][1]["element"]["options"][0]["value"]
    assert slack.submit("grace", form, outcome=outcome).views == []
    live = newest(slack, "*Retro* is on")
    assert "*Now:* *OUT-1* Pricing" in live["text"]
    form = press(slack, live, "execution.add_button").form
    slack.submit("grace", form, text="Ask ten customers")
    assert "*OUT-1* Pricing (Grace Whitfield)\n*an action is agreed*" in newest(slack, "*Retro* is on")["text"]


def test_the_lead_puts_lines_in_order_and_drops_them_and_others_only_add(slack: Slack, retro: Json) -> None:
    add(slack, retro, "One", "lena")
    add(slack, retro, "Two")
    form = press(slack, retro, "meetings.change_agenda").form
    two = _menu(form, "Two", "up")
    slack.choose("grace", form, "meetings.line_menu", two)
    until(lambda: words(slack.views("grace")[-1]).index("Two") < words(slack.views("grace")[-1]).index("One"))
    form = slack.views("grace")[-1]
    slack.choose("grace", form, "meetings.line_menu", _menu(form, "One", "off"))
    until(lambda: "One" not in words(slack.views("grace")[-1]))
    slack.close_form("grace", slack.views("grace")[-1])
    live = newest(slack, "*Retro* is on")
    assert "One" not in live["text"]
    form = press(slack, live, "meetings.change_agenda", "lena").form
    assert "Move up" not in str(form)
    slack.close_form("lena", form)


def test_a_line_needs_words_and_keeps_what_was_typed(slack: Slack, retro: Json) -> None:
    form = press(slack, retro, "meetings.change_agenda").form
    refused = slack.submit("grace", form, text=" ")
    assert refused.errors == {"text": "Say what to talk about, in at most 200 characters."}
    slack.close_form("grace", refused.form)


def test_from_the_schedule_it_is_skipped_from_its_agenda(slack: Slack) -> None:
    [shown] = slack.command("grace", "#growth", "/rhythm meetings").whispers
    form = slack.click("grace", ("#growth", shown), "meetings.add_button").form
    slack.submit("grace", form, name="Weekly", often="weekly", weekday="4", time="10:00", zone="Europe/Berlin")
    slack.jump("2026-03-06T09:00:01+01:00")
    agenda = newest(slack, "*Weekly* begins at 10:00")
    assert "leads Growth and can change this" in press(slack, agenda, "meetings.skip", "lena").text
    press(slack, agenda, "meetings.skip")
    assert newest(slack, "*Weekly* is skipped, says Grace")["ts"] == agenda["ts"]
    assert "*Weekly* begins on Friday at 10:00" in type_(slack, "agenda")
    assert "*Weekly* on Friday 13 March is skipped" in type_(slack, "skip")
    assert "*Weekly* on Friday is skipped, says Grace" in newest(slack, "*Weekly* on Friday is skipped")["text"]


def test_of_two_that_are_on_it_asks_which_is_over(slack: Slack) -> None:
    [shown] = slack.command("grace", "#growth", "/rhythm meetings").whispers
    form = slack.click("grace", ("#growth", shown), "meetings.add_button").form
    slack.submit("grace", form, name="Other", often="weekly", weekday="4", time="10:00", zone="Europe/Berlin")
    slack.jump("2026-03-20T10:00:01+01:00")
    [asked] = slack.command("grace", "#growth", "/meeting end").whispers
    assert "Several meetings are on here." in words(asked)
    press(slack, asked, "meetings.end", value=_buttons(asked, "meetings.end")[0]["value"])
    assert "is over; its summary comes" in type_(slack, "end")
    assert "No meeting is on here." in type_(slack, "end")


def _buttons(post: Json, action_id: str, value: str = "") -> list[Json]:
    inside = [one for block in post["blocks"] for one in [*block.get("elements", []), block.get("accessory")] if one]
    return [one for one in inside if one.get("action_id") == action_id and value in ("", one.get("value"))]


def _line(post: Json, text: str) -> str:
    """The id that the buttons of a line carry."""
    for block, after in zip(post["blocks"], [*post["blocks"][1:], {}], strict=True):
        if text in words(block):
            found = [block.get("accessory") or {}, *after.get("elements", [])]
            return next(str(one["value"]) for one in found if str(one.get("action_id", "")).startswith("meetings."))
    raise AssertionError(f"there is no line about {text}")


def _menu(form: Json, text: str, choice: str) -> str:
    """What is chosen for a line in the form of an agenda."""
    [block] = [one for one in form["blocks"] if text in words(one) and "accessory" in one]
    return next(str(o["value"]) for o in block["accessory"]["options"] if str(o["value"]).startswith(choice))
