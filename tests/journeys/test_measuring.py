"""Results come in every way that people have: a reply, a message, a line; slips are caught, and mended in sight."""

from tests.living import Json, Slack, set_up, until, words, write_down


def checkin_of(slack: Slack, user: str) -> Json:
    return next(post for post in slack.posts(user, "bot") if words(post).startswith("Check-in\n"))


def answered(slack: Slack, user: str, text: str) -> str:
    """What Rhythm answers in the thread of the check-in, once somebody has replied there."""
    thread = checkin_of(slack, user)["ts"]

    def said() -> list[Json]:
        slack.settle()
        return slack.thread(user, "bot", thread)[1:]

    slack.reply(user, "bot", thread, text)
    until(lambda: len(said()) >= 2)
    return words(said()[-1])


def test_a_measure_is_followed_from_wherever_its_value_is_said(company: Slack) -> None:
    slack = company
    set_up(slack, "grace", "#growth", name="Growth")
    write_down(slack, "grace", "#growth")
    write_down(slack, "grace", "#growth", statement="Support answers stay correct", owner="@marcus")
    slack.jump("2026-03-02T09:00:00-05:00")

    # Monday: a reply in the check-in's thread is all it takes
    assert "or reply here" in words(checkin_of(slack, "grace")).lower()
    assert "*OUT-1* now stands at *8.5%* (before: 8%)." in answered(slack, "grace", "8.5% because the email shipped")
    slack.settle()
    [line] = slack.answers("amara", "#growth")
    assert "8% → *8.5%*" in line
    assert "the email shipped" in line

    # Wednesday: somebody says it in the channel, and the lead takes it from there
    slack.jump("2026-03-04T12:00:00-05:00")
    slack.post("message", user="@tyler", channel="#growth", text="Conversion is at 9% since last night")
    told = next(one for one in slack.messages("grace", "#growth") if "since last night" in one["text"])
    form = slack.message_shortcut("grace", "#growth", told["ts"], "results.log_shortcut").form
    assert "*OUT-1* now stands at *9%*" in slack.submit("grace", form, outcome="1", value="9%").text

    # Friday: a slip of the decimal mark is asked about, and not saved
    slack.jump("2026-03-06T12:00:00-05:00")
    before = slack.results()
    asked = slack.command("grace", "#growth", "/outcome result 1 95% on Thursday because of the new form").form
    assert "*9% → 95%* is over ten times the usual change" in words(asked)
    assert slack.results() == before
    saved = slack.submit("grace", asked, value="9.5%")
    assert "stands at *9.5%* as of Thu, Mar 5" in saved.text

    # And what was wrong is corrected on its own day
    form = slack.command("grace", "#growth", "/outcome result 1").form
    choices = next(block for block in form["blocks"] if block["block_id"] == "corrects")["element"]["options"]
    corrected = slack.submit("grace", form, value="9.4%", corrects=choices[0]["value"])
    assert "on Thu, Mar 5, corrected: 9.5% → *9.4%*" in corrected.text
    assert "9.4%" in slack.command("marcus", "#growth", "/outcome show 1").text
    assert slack.results() == ["8.5", "9", "9.5", "9.4"]
    assert slack.get("state")["posts"]["doubled"] == []
