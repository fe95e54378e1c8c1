"""What can be typed and pressed about signals, and what comes back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from bot.outcomes.actions.writing import log_outcome
from bot.outcomes.model import Outcome
from bot.outcomes.queries import find_outcome
from bot.people.rules import Viewer
from bot.results.actions import Measured, log_result
from tests.living import Slack, buttons, until, words, write_down
from tests.workspaces.firm import draft


@pytest.fixture(autouse=True)
def _behind(slack: Slack) -> None:
    """Grace's outcome should have been half-way by now, and has not moved."""
    viewer = Viewer(slack.workspace, slack.person("grace"))
    with slack.bot.db.begin() as tx:
        now = slack.bot.db.now(tx)
        began = now.date() - timedelta(weeks=10)
        tx.execute(update(Outcome).where(Outcome.number == 1).values(starts_on=began))
        view = find_outcome(tx, viewer, 1)
        log_result(tx, viewer, view, Measured(view.outcome.baseline or view.outcome.target), now=now)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/rhythm signals", "Your outcomes: 1 outcome stalled"),
        ("/rhythm signals mine", "Your outcomes: 1 outcome stalled"),
        ("/rhythm signals team", "Growth: 1 outcome stalled"),
        ("/rhythm signals #growth", "Off track: 0% of the way"),
        ("/rhythm signals all", "All outcomes you can see: 1 outcome stalled"),
        ("/rhythm signals @grace", "Outcomes of Grace Whitfield: 1 outcome stalled"),
        ("/rhythm signals @lena", "Outcomes of Lena Brandt: nothing has stalled."),
        ("/rhythm signals #platform", "is no team's home that you can see"),
        ("/rhythm signals everything", "List whose?"),
        ("/rhythm help signals", "while the measure moved by less than 5% of the path"),
        ("/rhythm help signal", "Did you mean `/rhythm help signals`?"),
        ("/rhythm help away", "`/rhythm away"),
        ("/rhythm help", "`help signals` explains each rule"),
    ],
)
def test_a_line_is_answered_to_its_author_alone(slack: Slack, line: str, answer: str) -> None:
    before = len(slack.messages("marcus", "#growth"))
    assert answer in slack.command("grace", "#growth", line).text.replace("*", "")
    assert len(slack.messages("marcus", "#growth")) == before


def test_a_list_of_somebody_elses_offers_what_everybody_may(slack: Slack) -> None:
    mine = slack.command("grace", "#growth", "/rhythm signals team").whispers[-1]
    others = slack.command("tyler", "#growth", "/rhythm signals team").whispers[-1]
    labels = [{one["text"]["text"] for _, one in buttons(shown["blocks"])} for shown in (mine, others)]
    assert labels == [{"Show"}, {"Show"}]
    assert "Off track" in words(others)


def test_the_card_says_why_it_has_stalled(slack: Slack) -> None:
    for number in range(3):
        write_down(slack, "grace", "#growth", statement=f"Partners in region {number} sign within a week")
    card = slack.command("tyler", "#growth", "/outcome show 1").text
    assert "*Fragmented priorities:* Grace Whitfield owns 4 live outcomes, and the limit is 3." in card
    assert "Fragmented priorities" in slack.command("tyler", "#growth", "/rhythm signals team").text


def test_next_turns_the_page_in_its_place(slack: Slack) -> None:
    viewer = Viewer(slack.workspace, slack.person("grace"))
    with slack.bot.db.begin() as tx:
        now = slack.bot.db.now(tx)
        first = find_outcome(tx, viewer, 1)
        for number in range(8):
            late = draft(f"Harbour {number} clears ships in a day", starts_on=now.date() - timedelta(weeks=10))
            view = log_outcome(tx, viewer, draft=late, team=first.team, owner=first.owner, now=now)
            log_result(tx, viewer, view, Measured(Decimal(1)), now=now)
    shown = slack.command("grace", "#growth", "/rhythm signals team").whispers[-1]
    assert "1–7 of 9." in words(shown)
    slack.click("grace", ("#growth", shown), "signals.turn_on")
    turned = next(one for one in slack.messages("grace", "#growth") if one["ts"] == shown["ts"])
    assert "8–9 of 9." in words(turned)


def test_a_button_from_elsewhere_shows_only_what_its_presser_may_see(slack: Slack) -> None:
    slack.hear(slack.press("grace", "signals.turn_on", "team 999 - 7"))
    until(lambda: "That team is not there any more" in words(slack.messages("grace", "bot")))
    slack.hear(slack.press("grace", "signals.turn_on", "nonsense"))
    until(lambda: "from an older message" in words(slack.messages("grace", "bot")))
