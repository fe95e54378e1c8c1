"""Whoever is away, does not want to be disturbed, or has left is not asked; whoever leads them is told of the last."""

from slack_sdk import WebClient
from sqlalchemy import select

from bot.people.lookups import look_up_quiet
from bot.people.model import Person
from bot.people.rules import Viewer
from tests.living import Json, Slack, set_up, until, words, write_down

ON_VACATION = {"status": "Vacationing", "status_emoji": ":palm_tree:"}
NOTHING = {"status": "", "status_emoji": ""}


def team_of_grace(slack: Slack) -> None:
    """Grace leads Growth; she and Priya own an outcome each, and are asked on Mondays at nine."""
    set_up(slack, "grace", "#growth", name="Growth")
    write_down(slack, "grace", "#growth")
    write_down(slack, "grace", "#growth", statement="Support answers stay correct", owner="@priya")


def check_ins(slack: Slack, user: str) -> list[Json]:
    return [post for post in slack.posts(user, "bot") if words(post).startswith("Check-in\n")]


def known(slack: Slack, user: str) -> Person:
    """Somebody as the bot knows them."""
    with slack.bot.db.read() as tx:
        return tx.scalars(select(Person).where(Person.id == slack.person(user))).one()


def test_a_status_set_keeps_the_question_away_until_it_is_cleared(company: Slack) -> None:
    team_of_grace(company)
    company.change("grace", **ON_VACATION)
    until(lambda: known(company, "grace").says_away)
    company.jump("2026-03-03T12:00:00-05:00")
    assert check_ins(company, "grace") == []
    assert "Your Slack status says that you are away" in company.command("grace", "#growth", "/rhythm").text
    shown = company.command("priya", "#growth", "/outcome show 1").text
    assert "away, says their Slack status" in shown
    company.change("grace", **NOTHING)
    until(lambda: not known(company, "grace").says_away)
    company.settle()
    assert len(check_ins(company, "grace")) == 1


def test_a_status_that_expires_lets_them_be_asked_without_an_event(alone: Slack) -> None:
    team_of_grace(alone)
    alone.change("grace", **ON_VACATION, status_until="2026-03-04T00:00:00-05:00")
    until(lambda: known(alone, "grace").says_away)
    shown = alone.command("priya", "#growth", "/outcome show 1").text
    assert "away until Tue 3 Mar, says their Slack status" in shown.replace("\xa0", " ")
    assert "until Tue, Mar 3" in alone.command("grace", "#growth", "/rhythm").text.replace("\xa0", " ")
    alone.jump("2026-03-04T08:00:00-05:00")
    until(lambda: not known(alone, "grace").says_away)
    assert check_ins(alone, "grace") == []
    alone.jump("2026-03-04T09:00:00-05:00")
    assert len(check_ins(alone, "grace")) == 1


def test_back_overrules_a_status_until_it_changes(alone: Slack) -> None:
    team_of_grace(alone)
    alone.change("grace", **ON_VACATION)
    until(lambda: known(alone, "grace").says_away)
    alone.jump("2026-03-03T12:00:00-05:00")
    said = alone.command("grace", "#growth", "/rhythm back").text
    assert "Your Slack status still says that you are away; Rhythm does not go by it until you change it." in said
    alone.settle()
    assert len(check_ins(alone, "grace")) == 1
    assert "You are not away now" in alone.command("grace", "#growth", "/rhythm back").text


def test_do_not_disturb_puts_the_question_off_until_it_ends(company: Slack) -> None:
    team_of_grace(company)
    company.change("grace", dnd_until="2026-03-02T10:30:00-05:00")
    company.jump("2026-03-02T10:29:00-05:00")
    assert check_ins(company, "grace") == []
    assert "at 10:30, your time, when your Do Not Disturb ends." in company.command("grace", "#growth", "/rhythm").text
    company.jump("2026-03-02T10:30:00-05:00")
    assert len(check_ins(company, "grace")) == 1
    why = company.command("grace", "#growth", "/rhythm why").text
    assert "Sent Mon, Mar 2 at 10:30. It waited until Do Not Disturb ended." in why


def test_a_look_that_fails_holds_nobody_up(alone: Slack) -> None:
    team_of_grace(alone)
    alone.change("grace", dnd_until="2026-03-02T10:30:00-05:00")
    with alone.faults({"kind": "status_429", "method": "dnd.teamInfo", "seconds": 600, "times": None}):
        alone.jump("2026-03-02T09:00:00-05:00")
    assert len(check_ins(alone, "grace")) == 1
    assert "ratelimited" in [line["error"] for line in alone.lines if line["event"] == "not looked up"]


def test_after_slack_said_to_slow_down_nothing_is_looked_up_for_as_long_as_it_said(alone: Slack) -> None:
    client = WebClient(alone.rehearsal.sandbox.bot_token, alone.rehearsal.sandbox.api_url)
    grace = [Viewer(alone.workspace, alone.person("grace"))]
    with alone.faults({"kind": "status_429", "method": "dnd.teamInfo", "seconds": 600}):
        look_up_quiet(client, alone.bot.db, grace)
    for minutes, calls in ((9, 1), (1, 2)):
        alone.jump(f"PT{minutes}M")
        look_up_quiet(client, alone.bot.db, grace)
        assert alone.calls("dnd.teamInfo") == calls


def test_a_whole_company_is_looked_up_in_calls_of_fifty(alone: Slack) -> None:
    people = [Viewer(alone.workspace, user["id"]) for user in alone.get("state")["users"]]
    for number in range(60 - len(people)):
        alone.post("user", user=f"@new{number}", joins=True)
    everybody = [Viewer(alone.workspace, user["id"]) for user in alone.get("state")["users"]]
    until(lambda: _met(alone) >= 60 - len(people))
    alone.change("new1", dnd_until="2026-03-02T10:30:00Z")
    client = WebClient(token=alone.rehearsal.sandbox.bot_token, base_url=alone.rehearsal.sandbox.api_url)
    look_up_quiet(client, alone.bot.db, [*everybody, *everybody])
    assert alone.calls("dnd.teamInfo") == 2
    with alone.bot.db.read() as tx:
        [quiet] = tx.scalars(select(Person).where(Person.quiet_until.is_not(None)))
    assert quiet.name == "New1"


def _met(slack: Slack) -> int:
    with slack.bot.db.read() as tx:
        return len(tx.scalars(select(Person.id)).all())


def test_somebody_who_left_unheard_is_noticed_when_they_are_written_to(company: Slack) -> None:
    team_of_grace(company)
    company.change("priya", deleted=True, told=False)
    company.jump("2026-03-02T12:00:00Z")
    gone = "Priya Raghavan's account was deactivated. They own OUT-2."
    assert [gone in words(post) for post in company.posts("grace", "bot")] == [True]
    assert not known(company, "priya").is_active
    opened = company.calls("conversations.open")
    company.jump("P7D")
    assert company.calls("conversations.open") == opened


def test_somebody_who_left_unheard_is_noticed_within_a_day(alone: Slack) -> None:
    team_of_grace(alone)
    alone.jump("2026-03-02T12:00:00Z")
    alone.change("priya", deleted=True, told=False)
    alone.change("priya", **ON_VACATION, told=False)
    alone.jump("2026-03-03T12:00:00Z")
    assert not known(alone, "priya").is_active


def test_owners_are_looked_up_once_a_day_at_a_gentle_pace(alone: Slack) -> None:
    team_of_grace(alone)
    before = alone.calls("users.info")
    alone.jump("P2D")
    assert 2 <= alone.calls("users.info") - before <= 4


def test_somebody_slack_does_not_know_any_more_has_left(alone: Slack) -> None:
    team_of_grace(alone)
    with alone.faults({"kind": "error", "method": "users.info", "error": "user_not_found", "times": 1}):
        alone.jump("P1D")
        alone.jump("PT1M")
    with alone.bot.db.read() as tx:
        assert len(tx.scalars(select(Person).where(Person.is_active.is_(False))).all()) == 1


def test_a_lead_hears_of_an_owner_who_was_made_a_guest(alone: Slack) -> None:
    team_of_grace(alone)
    alone.change("priya", is_restricted=True)
    until(lambda: known(alone, "priya").is_guest)
    alone.settle()
    assert "is a guest in this workspace now. They own OUT-2." in words(alone.posts("grace", "bot"))
