"""The journey that Rhythm exists for: an outcome is written down, its owner is asked, the team sees what moved."""

from tests.living import STATEMENT, Json, Slack, buttons, until, words, write_down


def check_in_of(slack: Slack, user: str) -> Json:
    """The one check-in in somebody's DM."""
    asked = [post for post in slack.posts(user, "bot") if words(post).startswith("Check-in\n")]
    assert len(asked) == 1, [words(post) for post in slack.posts(user, "bot")]
    return asked[0]


def test_an_outcome_lives_through_its_first_week(company: Slack) -> None:
    slack = company
    # The team
    form = slack.command("grace", "#growth", "/rhythm setup").form
    assert form["submit"]["text"] == "Set up"
    until(lambda: slack.knows("#growth"))
    saved = slack.submit("grace", form, name="Growth", weekday="Monday", time="09:00")
    assert "*Growth* is set up, led by Grace Whitfield" in saved.text
    slack.settle()
    again = slack.command("grace", "#growth", "/rhythm setup").form
    assert again["submit"]["text"] == "Save"
    slack.submit("grace", again, name="Growth team")
    slack.settle()
    introductions = slack.posts("amara", "#growth")
    assert len(introductions) == 1
    assert "set up Rhythm for *Growth*" in introductions[0]["text"]

    # Its outcomes, with owners in three time zones
    written = write_down(slack, "grace", "#growth")
    assert written.views == []
    assert "OUT-1" in written.text
    assert len(slack.posts("marcus", "#growth")) == 1
    write_down(slack, "grace", "#growth", statement="Support answers stay correct", owner="@priya")
    write_down(slack, "grace", "#growth", statement="The trial loads at once", owner="@lena", team="Growth team")

    # Monday morning comes to each where they are: 09:00 in Kolkata, then Berlin, then New York
    for person, morning in (
        ("priya", "2026-03-02T09:00:00+05:30"),
        ("lena", "2026-03-02T09:00:00+01:00"),
        ("grace", "2026-03-02T09:00:00-05:00"),
    ):
        assert slack.posts(person, "bot") == []
        slack.jump(morning)
        check_in_of(slack, person)
    asked = check_in_of(slack, "grace")
    assert STATEMENT in words(asked)
    assert "Support answers" not in words(asked)

    # The answer
    update = slack.click("grace", ("bot", asked), "checkins.update").form
    assert slack.submit("grace", update, value="9.5%", note="The email shipped", confidence="7").views == []
    slack.settle()
    answered = check_in_of(slack, "grace")
    assert answered["ts"] == asked["ts"]
    assert "All answered" in words(answered)
    assert "9.5%" in words(answered)
    assert [one["text"]["text"] for _, one in buttons(answered["blocks"])] == ["Edit"]
    [line] = slack.answers("amara", "#growth")
    assert "8% → *9.5%*" in line
    assert "The email shipped" in line

    # It can be edited, and what was posted changes with it
    edit = slack.click("grace", ("bot", answered), "checkins.update").form
    assert "9.5%" in words(edit) or "9.5%" in str(edit["state"])
    slack.submit("grace", edit, value="9.7%")
    slack.settle()
    [line] = slack.answers("amara", "#growth")
    assert "8% → *9.7%*" in line

    # Priya says that nothing changed
    slack.click("priya", ("bot", check_in_of(slack, "priya")), "checkins.no_change")
    slack.settle()
    assert "no change, still" in slack.answers("amara", "#growth")[1]

    # Lena answers by command instead, and her check-in knows
    said = slack.command("lena", "#platform", "/outcome result out-3 10% because the cache is warm")
    assert "*10 %*" in said.text
    slack.settle()
    assert "All answered" in words(check_in_of(slack, "lena"))
    assert "The trial loads at once" in slack.answers("amara", "#growth")[2]
    assert len(slack.answers("amara", "#growth")) == 3

    # And everybody can look it up
    assert "9.7%" in slack.command("marcus", "#growth", "/outcome show OUT-1").text
    assert "OUT-1" in slack.command("grace", "#general", "/outcome list").text
    assert "OUT-2" in slack.command("marcus", "#growth", "/outcome list team").text
    doubled = slack.get("state")["posts"]["doubled"]
    assert doubled == []
