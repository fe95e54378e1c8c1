"""A channel's canvas is kept where its lead asked for it, whatever Slack makes of that."""

import pytest

from bot.canvases.actions import rewrite_canvas
from tests.living import Json, Slack, words


def meetings(slack: Slack, user: str = "grace") -> Json:
    """The list of the team's meetings, as it answers the command."""
    [whisper] = slack.command(user, "#growth", "/rhythm meetings").whispers
    return whisper


def keep(slack: Slack) -> str:
    """Grace asks for the canvas; answers what the list says then."""
    shown = meetings(slack)
    slack.click("grace", ("#growth", shown), "meetings.keep_canvas")
    slack.jump("PT10S")
    return instead_of(slack, shown)


def instead_of(slack: Slack, shown: Json) -> str:
    """What stands where the list was shown."""
    return next(words(one) for one in slack.messages("grace", "#growth") if one["ts"] == shown["ts"])


def hold(slack: Slack, name: str = "Sync") -> None:
    """A meeting of twenty minutes in which a result is logged."""
    slack.command("grace", "#growth", f"/meeting start {name}")
    slack.command("grace", "#growth", "/outcome result 1 10%")
    slack.jump("PT20M")
    slack.command("grace", "#growth", "/meeting end")
    slack.jump("PT10S")


def told(slack: Slack, beginning: str = "Rhythm cannot keep the canvas of") -> list[str]:
    """What Grace was told by DM about the canvas."""
    texts = [str(post["text"]) for post in slack.posts("grace", "bot")]
    return [text for text in texts if text.startswith(beginning)]


def canvas(slack: Slack) -> str:
    text = slack.canvas("grace", "#growth")
    assert text is not None
    return text


def test_it_has_what_each_meeting_did_and_what_is_added_later(slack: Slack) -> None:
    assert "Their summaries are kept in the channel's canvas as well." in keep(slack)
    assert "No meeting has been held with Rhythm yet." in canvas(slack)
    hold(slack)
    assert "## Sync on Tue, Mar 3, 09:00 to 09:20 New York time" in canvas(slack)
    assert "- **OUT-1** More trials become paying customers – **8% → 10%**, target 12% (Grace Whitfield)" in canvas(
        slack
    )
    slack.jump("PT10M")
    slack.command("grace", "#growth", "/outcome action 1 Call ten users")
    slack.jump("PT1M")
    assert "### Actions agreed\n\n- **OUT-1** Call ten users (Grace Whitfield)" in canvas(slack)
    assert "| Tue, Mar 3: Sync | 0 | 0 | 1 | 0.3 | not known yet |" in canvas(slack)


def test_the_next_meeting_fills_in_how_many_outcomes_moved(slack: Slack) -> None:
    keep(slack)
    hold(slack)
    slack.jump("P7D")
    slack.command("grace", "#growth", "/meeting start Sync")
    slack.jump("PT10S")
    assert "| Tue, Mar 3: Sync | 0 | 0 | 0 | 0.3 | 1 outcome |" in canvas(slack)


def test_nothing_is_written_while_nothing_changed(slack: Slack) -> None:
    keep(slack)
    hold(slack)
    slack.jump("P1D")
    before = slack.calls("canvases.edit")
    slack.jump("P3D")
    assert slack.calls("canvases.edit") == before


def test_what_a_meeting_did_before_it_was_asked_for_is_in_it_too(slack: Slack) -> None:
    hold(slack)
    assert slack.canvas("grace", "#growth") is None
    keep(slack)
    assert "## Sync on" in canvas(slack)


def test_only_the_lead_and_the_admins_find_the_button(slack: Slack) -> None:
    assert "meetings.keep_canvas" in str(meetings(slack))
    assert "meetings.keep_canvas" not in str(meetings(slack, "marcus"))


def test_a_forged_press_is_refused(slack: Slack) -> None:
    shown = meetings(slack)
    number = next(one["value"] for block in shown["blocks"] for one in block.get("elements", []) if "value" in one)
    slack.hear(slack.press("marcus", "meetings.keep_canvas", number))
    slack.jump("PT10S")
    assert slack.canvas("grace", "#growth") is None


def test_once_it_is_left_nobody_writes_in_it_and_it_can_be_gone_on_with(slack: Slack) -> None:
    keep(slack)
    shown = meetings(slack)
    slack.click("grace", ("#growth", shown), "meetings.leave_canvas")
    assert "Their summaries" not in instead_of(slack, shown)
    hold(slack)
    assert "No meeting has been held" in canvas(slack)
    keep(slack)
    assert "## Sync on" in canvas(slack)


def test_what_people_wrote_is_never_written_over_and_that_is_said_once(slack: Slack) -> None:
    slack.write_canvas("marcus", "#growth", "Our own notes")
    keep(slack)
    hold(slack)
    assert canvas(slack) == "Our own notes"
    said = "The channel already has a canvas, and Rhythm does not write over what others wrote."
    assert [said in text for text in told(slack)] == [True]
    assert f"Their summaries are not kept in the channel's canvas. {said}" in words(meetings(slack))
    slack.write_canvas("marcus", "#growth", None)
    keep(slack)
    assert "## Sync on" in canvas(slack)


def test_an_empty_canvas_is_used(slack: Slack) -> None:
    slack.write_canvas("marcus", "#growth", " ")
    keep(slack)
    assert "Rhythm writes this page" in canvas(slack)


def test_of_a_canvas_that_somebody_deleted_whoever_asked_is_told_and_may_ask_again(slack: Slack) -> None:
    keep(slack)
    slack.write_canvas("marcus", "#growth", None)
    hold(slack)
    assert ["Somebody deleted it." in text for text in told(slack)] == [True]
    assert slack.canvas("grace", "#growth") is None
    keep(slack)
    assert "## Sync on" in canvas(slack)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("missing_scope", "Whoever manages the app can add canvases:write and install it again."),
        ("team_tier_cannot_create_channel_canvases", "The workspace's Slack plan does not have them."),
        ("unknown_method", "Slack does not let Rhythm write there."),
    ],
)
def test_a_refusal_is_said_once_and_the_channel_gets_its_summary_all_the_same(
    slack: Slack, error: str, said: str
) -> None:
    with slack.faults({"kind": "error", "method": "conversations.canvases.create", "error": error, "times": None}):
        keep(slack)
        slack.jump("PT2H")
        hold(slack)
    assert [said in text for text in told(slack)] == [True]
    assert slack.calls("conversations.canvases.create") == 1
    assert [post for post in slack.posts("grace", "#growth") if "Sync" in str(post["text"])]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "status_500", "status_429"])
def test_without_an_answer_it_is_asked_for_again_and_there_is_one(slack: Slack, kind: str) -> None:
    with slack.faults({"kind": kind, "method": "conversations.canvases.create"}):
        keep(slack)
        slack.jump("PT5M")
    assert "Rhythm writes this page" in canvas(slack)
    assert told(slack) == []
    hold(slack)
    assert "## Sync on" in canvas(slack)


def test_what_is_too_much_for_one_change_is_written_in_pieces(slack: Slack) -> None:
    keep(slack)
    long = "\n\n".join(f"{number} " + "word " * 100 for number in range(20)).strip()
    with slack.bot.db.begin() as tx:
        rewrite_canvas(tx, slack.workspace, slack.channel("growth"), long, now=slack.bot.db.now(tx))
    with slack.faults({"kind": "error", "method": "canvases.edit", "error": "canvas_editing_failed"}):
        slack.jump("PT10S")
    assert [line.strip() for line in canvas(slack).splitlines()] == [line.strip() for line in long.splitlines()]


def test_an_edit_without_an_answer_is_made_again(slack: Slack) -> None:
    keep(slack)
    with slack.faults({"kind": "drop_before", "method": "canvases.edit"}):
        hold(slack)
        slack.jump("PT5M")
    assert "## Sync on" in canvas(slack)
