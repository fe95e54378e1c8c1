"""Every button, form and line of handovers, as people use them; and the journey of an outcome that nobody wants."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.living import Json, Slack, living, set_up, until, words, write_down

Place = tuple[str, Json]


@pytest.fixture
def outcome(slack: Slack) -> Iterator[str]:
    """The key of a new outcome of Grace's, who leads Growth."""
    write_down(slack, "grace", "#growth", statement="Refunds are paid in a day")
    yield f"OUT-{len(slack.statements())}"
    for user in ("grace", "marcus", "amara"):
        for form in slack.views(user):
            slack.close_form(user, form)


@pytest.fixture
def alone(_migrated_sqlite: Path, tmp_path: Path) -> Iterator[Slack]:
    """A company of this test's own, with a team in #growth that Grace leads."""
    shutil.copyfile(_migrated_sqlite, tmp_path / "rhythm.db")
    with living(f"sqlite:///{tmp_path / 'rhythm.db'}") as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        yield slack


def newest(slack: Slack, user: str) -> Json:
    """The last message in somebody's DM."""
    slack.settle()
    return slack.posts(user, "bot")[-1]


def channel_line(slack: Slack) -> str:
    slack.settle()
    return str(slack.posts("amara", "#growth")[-1]["text"])


def hand(slack: Slack, outcome: str, to: str = "@marcus", *, by: str = "grace") -> Json:
    """Offers an outcome in one line. Answers the message that the person got."""
    said = slack.command(by, "#growth", f"/outcome handover {outcome} {to} You know it & them")
    assert "is asked whether they take over" in said.text
    return newest(slack, to.removeprefix("@"))


def opens(slack: Slack, user: str, place: Place, action_id: str) -> Json:
    """Presses a button that opens a form."""
    slack.click(user, place, action_id)
    until(lambda: slack.views(user))
    return slack.views(user)[-1]


def hears(slack: Slack, user: str, place: Place, action_id: str, sentence: str) -> Json:
    """Presses a button that is answered with this sentence. Answers the whisper."""

    def heard() -> list[Json]:
        messages = slack.messages(user, place[0])
        return [one for one in messages if one.get("is_ephemeral") and sentence in words(one)]

    before = len(heard())
    slack.click(user, place, action_id)
    until(lambda: len(heard()) > before)
    return heard()[-1]


def test_a_line_offers_and_accept_hands_it_over(slack: Slack, outcome: str) -> None:
    asked = hand(slack, outcome)
    assert "Grace Whitfield asks you to take over this outcome" in words(asked)
    assert "You know it &amp; them" in words(asked)
    hears(slack, "marcus", ("bot", asked), "handovers.accept", f"You own *{outcome}* now")
    assert channel_line(slack).startswith(f"Grace Whitfield hands *{outcome}* to Marcus Bell")
    answered = newest(slack, "marcus")
    assert answered["ts"] == asked["ts"]
    assert f"You own *{outcome}* now" in words(answered)
    assert "You are not asked about it any more" in words(newest(slack, "grace"))
    assert "Marcus Bell" in slack.command("grace", "#growth", f"/outcome show {outcome}").text


def test_accept_pressed_again_is_answered_with_a_sentence(slack: Slack, outcome: str) -> None:
    asked = hand(slack, outcome)
    slack.click("marcus", ("bot", asked), "handovers.accept")
    hears(slack, "marcus", ("bot", asked), "handovers.accept", f"Marcus Bell accepted {outcome} already")


def test_decline_asks_why_and_the_lead_hears(slack: Slack, outcome: str) -> None:
    asked = hand(slack, outcome)
    form = opens(slack, "marcus", ("bot", asked), "handovers.decline")
    assert form["title"]["text"] == f"Decline {outcome}"
    assert slack.submit("marcus", form, reason="I am full until May").views == []
    assert "I am full until May" in words(newest(slack, "grace"))
    assert f"You declined *{outcome}*" in words(newest(slack, "marcus"))


def test_a_decline_needs_no_reason(slack: Slack, outcome: str) -> None:
    form = opens(slack, "marcus", ("bot", hand(slack, outcome)), "handovers.decline")
    assert slack.submit("marcus", form).views == []
    assert f"declined to take over *{outcome}*" in words(newest(slack, "grace"))


def test_a_decline_that_comes_too_late_stays_open_and_says_so(slack: Slack, outcome: str) -> None:
    asked = hand(slack, outcome)
    form = opens(slack, "marcus", ("bot", asked), "handovers.decline")
    slack.click("marcus", ("bot", asked), "handovers.accept")
    assert slack.submit("marcus", form).errors == {"reason": f"Marcus Bell accepted {outcome} already."}


def test_withdraw_takes_it_back_and_the_form_offers_it_again(slack: Slack, outcome: str) -> None:
    said = slack.command("grace", "#growth", f"/outcome handover {outcome} @marcus").whispers[-1]
    asked = newest(slack, "marcus")
    sentence = f"The offer of *{outcome}* to Marcus Bell is withdrawn"
    taken_back = hears(slack, "grace", ("#growth", said), "handovers.withdraw", sentence)
    hears(slack, "marcus", ("bot", asked), "handovers.accept", "was withdrawn meanwhile")
    assert "was withdrawn" in words(newest(slack, "marcus"))
    form = opens(slack, "grace", ("#growth", taken_back), "handovers.offer")
    assert slack.submit("grace", form, person="@sofia", note="Would you?").views == []
    assert "Would you?" in words(newest(slack, "sofia"))


def test_without_a_person_the_form_opens_and_says_what_is_open(slack: Slack, outcome: str) -> None:
    hand(slack, outcome)
    form = slack.command("grace", "#growth", f"/outcome handover {outcome}").form
    assert form["title"]["text"] == f"Hand over {outcome}"
    assert "Offered to *Marcus Bell* today" in words(form)


def test_the_form_says_beside_the_field_who_cannot_own_it(slack: Slack, outcome: str) -> None:
    form = slack.command("grace", "#growth", f"/outcome handover {outcome}").form
    for person, why in (("@oliver", "is deactivated"), ("@grace", "owns"), ("@buildbot", "is a bot")):
        assert why in slack.submit("grace", form, person=person).errors["person"]


def test_the_same_form_sent_twice_asks_once(slack: Slack, outcome: str) -> None:
    form = slack.command("grace", "#growth", f"/outcome handover {outcome}").form
    before = len(slack.posts("marcus", "bot"))
    payload = slack.submission("grace", form, person=slack.person("marcus"))
    assert [slack.hear(payload).status, slack.hear(payload).status] == [200, 200]
    slack.settle()
    assert len(slack.posts("marcus", "bot")) == before + 1


def test_an_admin_takes_it_themselves_at_once(slack: Slack, outcome: str) -> None:
    said = slack.command("amara", "#growth", f"/outcome handover {outcome} @amara")
    assert f"You own *{outcome}* now" in said.text
    assert channel_line(slack).startswith(f"Amara Okafor takes over *{outcome}* from Grace Whitfield")


@pytest.mark.parametrize(
    ("user", "line", "answer"),
    [
        ("grace", "/outcome handover", "Name the outcome by its key"),
        ("grace", "/outcome handover OUT-1 marcus", "Name the new owner with an @"),
        ("grace", "/outcome handover OUT-99 @marcus", "There is no OUT-99"),
        ("grace", "/outcome handover OUT-1 @grace", "Grace Whitfield owns OUT-1 already"),
        ("grace", "/outcome handover OUT-1 @oliver", "is deactivated"),
        ("tyler", "/outcome handover OUT-1 @marcus", "the lead of Growth or an admin can hand it over"),
        ("tyler", "/outcome handover OUT-1", "the lead of Growth or an admin can hand it over"),
        ("grace", "/outcome help", "`/outcome handover OUT-12 [@person] [note]`"),
    ],
)
def test_a_line_that_does_not_do_is_answered_with_a_sentence(slack: Slack, user: str, line: str, answer: str) -> None:
    seen = slack.command(user, "#growth", line)
    assert answer in seen.text
    assert seen.views == []


@pytest.mark.parametrize(
    "action_id", ["handovers.offer", "handovers.accept", "handovers.decline", "handovers.withdraw"]
)
@pytest.mark.parametrize("value", ["", "x", "1 2", "999999"])
def test_a_button_that_carries_nonsense_does_nothing(slack: Slack, action_id: str, value: str) -> None:
    before = len(slack.posts("marcus", "bot"))
    assert slack.hear(slack.press("marcus", action_id, value)).status == 200
    slack.settle()
    assert len(slack.posts("marcus", "bot")) == before
    assert slack.views("marcus") == []


def test_what_nobody_answers_goes_back_to_the_lead_after_a_week(alone: Slack) -> None:
    write_down(alone, "grace", "#growth", owner="@sofia")
    alone.command("grace", "#growth", "/outcome handover 1 @marcus")
    alone.jump("P6DT23H")
    told = [words(post) for post in alone.posts("grace", "bot")]
    assert not any("has not answered" in said for said in told)
    alone.jump("P7D")
    told = [words(post) for post in alone.posts("grace", "bot")]
    assert len([said for said in told if "Marcus Bell has not answered in a week" in said]) == 1


def test_the_lead_of_an_owner_who_left_hands_over_from_the_message(alone: Slack) -> None:
    write_down(alone, "grace", "#growth", owner="@marcus")
    alone.post("user", user="@marcus", deleted=True)
    alone.jump("P1D")
    left = next(post for post in alone.posts("grace", "bot") if "was deactivated" in words(post))
    form = opens(alone, "grace", ("bot", left), "handovers.offer")
    assert alone.submit("grace", form, person="@sofia").views == []
    alone.click("sofia", ("bot", newest(alone, "sofia")), "handovers.accept")
    assert "Sofia" in alone.command("grace", "#growth", "/outcome show 1").text


def test_an_outcome_that_is_declined_finds_its_owner_who_is_asked_from_then_on(alone: Slack) -> None:
    slack = alone
    write_down(slack, "grace", "#growth", owner="@sofia")
    slack.jump("2026-03-02T09:00:00-05:00")
    [check_in] = slack.posts("sofia", "bot")

    # Offered and declined: it goes back to the lead
    form = opens(slack, "marcus", ("bot", hand(slack, "OUT-1", by="sofia")), "handovers.decline")
    slack.submit("marcus", form, reason="Not my field")
    back = newest(slack, "grace")
    assert "Not my field" in words(back)

    # The lead offers it to somebody else, who accepts
    form = opens(slack, "grace", ("bot", back), "handovers.offer")
    slack.submit("grace", form, person="@tyler")
    slack.click("tyler", ("bot", newest(slack, "tyler")), "handovers.accept")
    assert "from Sofia" in channel_line(slack)
    assert "is asked whether they take over" in words(slack.posts("grace", "bot"))

    # The old owner's check-in does not ask about it any more, and says so
    slack.settle()
    [rewritten] = [one for one in slack.posts("sofia", "bot") if one["ts"] == check_in["ts"]]
    assert "Nothing of this is open any more." in words(rewritten)
    assert slack.results() == []

    # The next check-in asks the new owner alone
    slack.jump("P7D")
    asked = [user for user in ("sofia", "marcus", "grace", "tyler") if _asked_on(slack, user)]
    assert asked == ["tyler"]
    assert len([post for post in slack.posts("sofia", "bot") if words(post).startswith("Check-in\n")]) == 1
    assert slack.get("state")["posts"]["doubled"] == []


def _asked_on(slack: Slack, user: str) -> bool:
    """Whether somebody's newest message is a check-in."""
    posts = slack.posts(user, "bot")
    return bool(posts) and words(posts[-1]).startswith("Check-in\n")
