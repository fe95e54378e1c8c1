"""A decider who is found gone leaves debt at once, and takes their decisions up again when they come back."""

from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.db.database import Tx
from bot.decisions.actions.history import refresh_decided_by
from bot.people.jobs import people_due
from bot.people.lookups import introduce, look_up_again
from bot.people.model import Person
from tests.decisions.deciding import opened, seen
from tests.workspaces.firm import Firm, profile


class Directory:
    """What Slack says of people: who is in it, or that nobody is by that id."""

    def __init__(self, **people: dict[str, Any]) -> None:
        self.people = people

    def users_info(self, *, user: str, include_locale: bool) -> dict[str, Any]:
        """As the Web API's method of that name."""
        if user not in self.people:
            raise SlackApiError("", {"error": "user_not_found"})  # type: ignore[no-untyped-call]
        return {"user": {"id": user, "name": user, "tz": "Europe/Berlin", "locale": "en-US", **self.people[user]}}


def looked_up(firm: Firm, slack: Directory) -> None:
    firm.clock.advance(timedelta(seconds=9))
    client = cast(WebClient, slack)
    assert look_up_again(client, firm.db, firm.viewer("UOLGA"), changed=refresh_decided_by)


@pytest.mark.parametrize("slack", [Directory(), Directory(UOLGA={"deleted": True})])
def test_a_decider_found_gone_makes_a_decision_debt_at_once_and_back_it_is_theirs(firm: Firm, slack: Directory) -> None:
    firm.channel(members=["UOLGA"])
    opened(firm, firm.team())
    assert seen(firm, 1).decision.debt_from_on is None
    looked_up(firm, slack)
    assert seen(firm, 1, "UMAX").decision.debt_from_on == firm.now.date()
    looked_up(firm, Directory(UOLGA={}))
    assert seen(firm, 1).decision.debt_from_on is None


def named_in_a_form(firm: Firm, slack: Directory) -> Person:
    """Olga, as whoever names her in a form a week later meets her."""
    firm.clock.advance(timedelta(days=8))
    return introduce(cast(WebClient, slack), firm.db, firm.viewer("UMAX"), "UOLGA")


def is_debt(firm: Firm) -> bool:
    return seen(firm, 1, "UMAX").decision.debt_from_on is not None


def ticked(firm: Firm, slack: Directory) -> int:
    firm.clock.advance(timedelta(seconds=9))
    return people_due(firm.db, cast(WebClient, slack), changed=refresh_decided_by)


def test_a_decider_found_gone_in_passing_makes_a_decision_debt_with_the_next_tick(firm: Firm) -> None:
    firm.channel(members=["UOLGA"])
    opened(firm, firm.team())
    gone, back = Directory(UOLGA={"deleted": True}), Directory(UOLGA={})
    for slack, debt in ((gone, True), (back, False)):
        assert named_in_a_form(firm, slack).is_active is not debt
        assert ticked(firm, slack) == 1
        assert is_debt(firm) is debt
        assert ticked(firm, slack) == 0


def test_somebody_met_twice_in_passing_before_the_tick_is_still_followed_up(firm: Firm) -> None:
    firm.channel(members=["UOLGA"])
    opened(firm, firm.team())
    slack = Directory(UOLGA={"deleted": True})
    named_in_a_form(firm, slack)
    named_in_a_form(firm, slack)
    ticked(firm, slack)
    assert is_debt(firm)


def test_somebody_who_is_there_as_before_changes_nothing(firm: Firm) -> None:
    firm.meet(profile("UOLGA", zone="Europe/Berlin"))
    firm.channel(members=["UOLGA"])
    opened(firm, firm.team())
    changed: list[Person] = []

    def note(_tx: Tx, person: Person, *, now: datetime) -> None:
        changed.append(person)

    client = cast(WebClient, Directory(UOLGA={}))
    assert look_up_again(client, firm.db, firm.viewer("UOLGA"), changed=note)
    assert changed == []
