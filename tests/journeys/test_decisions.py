"""The journey of a decision: asked for, made, its effect foretold, measured, reviewed, and learnt from."""

from tests.living import Slack, set_up, words, write_down


def test_a_question_becomes_a_lesson(company: Slack) -> None:
    slack = company
    set_up(slack, "grace", "#growth", name="Growth")
    write_down(slack, "grace", "#growth")  # trial conversion, from 8 % to 12 %, by the end of May

    # Tyler needs a decision; Grace is told by direct message, with the form a click away
    slack.jump("2026-03-02T10:00:00-05:00")
    asking = slack.command("tyler", "#growth", "/decision need Do we raise the price of the starter plan?").form
    options = "Raise it by 10%\n+ pays for support\n- small customers may leave\nKeep it"
    given = {"options": options, "decider": "@grace", "heard": ["@marcus"], "needed_by": "2026-03-10"}
    assert "Grace Whitfield" in slack.submit("tyler", asking, **given).text
    slack.settle()
    asked = slack.posts("grace", "bot")[-1]
    assert "Do we raise the price" in words(asked)

    # Nobody decides: she is reminded once before, in her own morning
    slack.jump("2026-03-09T12:00:00-04:00")
    assert sum("Yours to decide" in words(one) for one in slack.posts("grace", "bot")) == 1

    # She decides, and says what it should do to the measure, and by when
    deciding = slack.click("grace", ("bot", asked), "decisions.decide_button").form
    effect = {"outcome": "1", "effect_value": "10%", "effect_on": "2026-04-10", "confidence": "7"}
    decided = slack.submit("grace", deciding, option="1", why="Support costs rose by a third", **effect)
    assert decided.views == []
    slack.settle()
    assert "Raise it by 10%" in words(slack.posts("tyler", "#growth")[-1])
    assert "Raise it by 10%" in words(slack.posts("marcus", "bot")[-1])

    # Marcus objects in time, and that is kept with it
    told = slack.posts("marcus", "bot")[-1]
    objecting = slack.click("marcus", ("bot", told), "decisions.object_button").form
    slack.submit("marcus", objecting, objection="Schools will leave")
    assert "Schools will leave" in slack.command("tyler", "#growth", "/decision show DEC-1").text

    # Results come in; on the day after the effect was due she sees both beside each other
    slack.jump("2026-04-06T12:00:00-04:00")
    slack.command("grace", "#growth", "/outcome result 1 9% schools stayed away")
    slack.jump("2026-04-13T12:00:00-04:00")
    review = next(one for one in reversed(slack.posts("grace", "bot")) if "DEC-1" in words(one))
    assert "8% to 10%" in words(review).replace("*", "")
    assert "9%" in words(review)
    reviewing = slack.click("grace", ("bot", review), "decisions.review_button").form
    slack.submit("grace", reviewing, verdict="worse", learnt="Schools leave when prices rise in spring")

    # What was learnt is on it, is among the lessons, and nothing of it is debt
    assert "worse than expected" in slack.command("tyler", "#growth", "/decision show DEC-1").text.lower()
    assert "from DEC-1" in slack.command("tyler", "#growth", "/rhythm lessons schools").text
    assert "none" in slack.command("grace", "#growth", "/decision debt team").text.lower()

    # Whoever asks the next similar question is shown what was decided, how it came, and what was learnt
    asking = slack.command("marcus", "#growth", "/decision need Do we raise the price of the school plan?").form
    recalled = words(asking)
    assert "DEC-1" in recalled
    assert "worse than expected" in recalled.lower()
    assert "Schools leave when prices rise in spring" in recalled
