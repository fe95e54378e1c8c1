"""The commands, buttons, menus and forms of an execution path, pressed and sent as Slack does."""

import re
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select

from bot.execution import messages
from bot.execution.actions import change_action, end_action
from bot.execution.model import Action, NotDoing
from bot.execution.queries import due_actions, find_action, path_of_outcome, proposals_for
from bot.execution.rules import ActionDraft, ActionState, Ending
from bot.outbox.queue import enqueue
from bot.outcomes.queries import find_outcome
from bot.outcomes.queries.allowed import may_change
from bot.outcomes.queries.history import history_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.blocks import section
from bot.slack.message import Message
from tests.living import Json, Seen, Slack, set_up, until, words, write_down

GROWTH = "#growth"
_numbers = count(1)


@pytest.fixture
def number(slack: Slack) -> int:
    """The number of an outcome of Grace's that has no path yet."""
    write_down(slack, "grace", GROWTH)
    return len(slack.statements())


def action(slack: Slack, number: int, rest: str = "", *, by: str = "grace", channel: str = GROWTH) -> Seen:
    return slack.command(by, channel, f"/outcome action OUT-{number} {rest}")


def viewer(slack: Slack, user: str) -> Viewer:
    return Viewer(slack.workspace, slack.person(user))


def actions(slack: Slack, number: int) -> dict[str, ActionState]:
    """The state of every action of an outcome, by its text."""
    with slack.bot.db.read() as tx:
        outcome = find_outcome(tx, viewer(slack, "grace"), number).outcome
        rows = tx.scalars(select(Action).where(Action.outcome_id == outcome.id).order_by(Action.id))
        return {row.text: ActionState(row.state) for row in rows}


def lines_left(slack: Slack, number: int) -> dict[str, str]:
    """What is not done for an outcome, and why."""
    with slack.bot.db.read() as tx:
        outcome = find_outcome(tx, viewer(slack, "grace"), number).outcome
        rows = tx.scalars(select(NotDoing).where(NotDoing.outcome_id == outcome.id).order_by(NotDoing.id))
        return {row.text: row.reason for row in rows}


def id_of(slack: Slack, text: str) -> int:
    """The id of the newest action with that text."""
    with slack.bot.db.read() as tx:
        return tx.scalars(select(Action.id).where(Action.text == text).order_by(Action.id.desc())).first() or 0


def history(slack: Slack, number: int) -> list[str]:
    """What happened to an outcome, the newest first."""
    with slack.bot.db.read() as tx:
        outcome = find_outcome(tx, viewer(slack, "grace"), number).outcome
        return [change.what for change, _ in history_of(tx, viewer(slack, "grace"), outcome.id, limit=20)]


def show(slack: Slack, user: str, message: Message) -> tuple[str, Json]:
    """Puts a message into somebody's DM with Rhythm, for its buttons to be pressed."""
    now = slack.bot.clock.now()
    with slack.bot.db.begin() as tx:
        enqueue(
            tx,
            workspace_id=slack.workspace,
            key=f"test:{next(_numbers)}",
            place=slack.person(user),
            message=message,
            due_at=now,
            expires_at=now + timedelta(days=1),
            now=now,
        )
    slack.settle()
    return "bot", slack.posts(user, "bot")[-1]


def card(slack: Slack, user: str, number: int) -> tuple[str, Json]:
    """The path of an outcome as its card shows it to somebody."""
    with slack.bot.db.read() as tx:
        who = viewer(slack, user)
        view = find_outcome(tx, who, number)
        path = path_of_outcome(tx, who, view.outcome.id)
        reader = Reader.of(tx.get_one(Person, (who.workspace_id, who.person_id)), slack.bot.clock.now())
        message = messages.on_card(path, reader=reader, may_change=may_change(tx, who, view))
    return show(slack, user, message)


def week(slack: Slack, user: str) -> tuple[str, Json]:
    """What My week shows somebody of their actions."""
    with slack.bot.db.read() as tx:
        who = viewer(slack, user)
        reader = Reader.of(tx.get_one(Person, (who.workspace_id, who.person_id)), slack.bot.clock.now())
        due = due_actions(tx, who, today=reader.today)
        message = messages.my_actions(due, proposals_for(tx, who), reader=reader)
    return show(slack, user, message)


def fill(slack: Slack, number: int, *texts: str) -> None:
    for text in texts or ("Call ten trials", "Shorten the form", "Send case studies"):
        assert "Added to the path" in action(slack, number, text).text


# Adding


def test_a_line_adds_an_action_and_says_what_was_understood(slack: Slack, number: int) -> None:
    seen = action(slack, number, "Move the pricing page & its table above the fold by friday")
    assert f"Added to the path of *OUT-{number}*" in seen.text
    assert "*Move the pricing page &amp; its table above the fold*" in seen.text
    assert "Grace Whitfield · due Fri, Mar 6" in seen.text


def test_a_line_without_a_date_says_that_there_is_none(slack: Slack, number: int) -> None:
    assert "no due date" in action(slack, number, "Sort the list by name").text


def test_change_opens_the_form_with_what_was_understood(slack: Slack, number: int) -> None:
    seen = action(slack, number, "Call ten trials by friday")
    form = slack.click("grace", (GROWTH, seen.whispers[-1]), messages.CHANGE_BUTTON).form
    assert form["title"]["text"] == "Change an action"
    assert form["state"]["values"]["due"]["value"]["value"] == "Fri, Mar 6"
    saved = slack.submit("grace", form, text="Call twenty trials", due="", owner="@tyler", effect="more replies")
    assert "Tyler Nguyen · no due date · expected: more replies" in saved.text
    assert list(actions(slack, number)) == ["Call twenty trials"]
    assert history(slack, number)[0] == "action changed"


def test_of_two_who_change_it_at_once_the_second_is_asked(slack: Slack, number: int) -> None:
    whisper = action(slack, number, "Call ten trials").whispers[-1]
    mine = slack.click("grace", (GROWTH, whisper), messages.CHANGE_BUTTON).form
    with slack.bot.db.begin() as tx:
        lead, id = viewer(slack, "grace"), id_of(slack, "Call ten trials")
        owner = find_action(tx, lead, id).owner
        change_action(tx, lead, id, ActionDraft("Call thirty trials", owner.id), owner, now=slack.bot.db.now(tx))
    asked = slack.submit("grace", mine, text="Call twenty trials").form
    assert "somebody else changed this" in words(asked)
    assert "Call thirty trials" in words(asked)
    assert list(actions(slack, number)) == ["Call thirty trials"]
    slack.submit("grace", asked)
    assert list(actions(slack, number)) == ["Call twenty trials"]


def test_without_a_text_a_form_asks_for_everything(slack: Slack, number: int) -> None:
    form = action(slack, number).form
    assert form["state"]["values"]["owner"]["value"]["selected_user"] == slack.person("grace")
    saved = slack.submit("grace", form, text="Call ten trials", due="13 March", effect="more replies")
    assert saved.views == []
    assert "due Fri, Mar 13 · expected: more replies" in saved.text


def test_a_form_that_is_wrong_keeps_what_was_typed(slack: Slack, number: int) -> None:
    form = action(slack, number).form
    refused = slack.submit("grace", form, text="Call ten trials", due="2026-02-20")
    assert "has passed" in refused.errors["due"]
    assert slack.submit("grace", refused.form, due="").views == []
    assert list(actions(slack, number)) == ["Call ten trials"]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("Call ten trials by 2026-02-20", "Fri, Feb 20 has passed"),
        ("x" * 201, "an action has 200 at most"),
    ],
)
def test_a_line_that_is_refused_is_there_to_be_copied(slack: Slack, number: int, rest: str, said: str) -> None:
    seen = action(slack, number, rest)
    assert said in seen.text
    assert rest in seen.text
    assert actions(slack, number) == {}


def test_the_same_form_sent_again_adds_nothing(slack: Slack, number: int) -> None:
    form = action(slack, number).form
    payload = slack.submission("grace", form, text="Call ten trials")
    assert [slack.hear(payload).status for _ in range(2)] == [200, 200]
    assert list(actions(slack, number)) == ["Call ten trials"]
    assert history(slack, number).count("action added") == 1


def test_the_button_opens_the_form(slack: Slack, number: int) -> None:
    outcome_id = _outcome_id(slack, number)
    place = show(slack, "grace", _with_button(outcome_id))
    form = slack.click("grace", place, messages.ADD_BUTTON).form
    assert form["title"]["text"] == "Add an action"
    slack.submit("grace", form, text="From the button")
    assert list(actions(slack, number)) == ["From the button"]
    slack.settle()
    assert "From the button" in words(slack.posts("grace", "bot")[-1])


def test_an_outcome_that_is_not_there_is_said_so(slack: Slack) -> None:
    assert "There is no OUT-777" in action(slack, 777, "x").text
    assert "Name the outcome by its key" in slack.command("grace", GROWTH, "/outcome action").text
    assert "There is no OUT-777" in slack.command("grace", GROWTH, "/outcome notdoing OUT-777 x because y").text


# Proposing


def test_somebody_else_proposes_and_the_owner_decides(slack: Slack, number: int) -> None:
    seen = action(slack, number, "Sponsor a podcast by friday", by="tyler")
    assert f"Proposed for *OUT-{number}*" in seen.text
    assert "Grace Whitfield sees it in their week" in seen.text
    assert actions(slack, number) == {"Sponsor a podcast": ActionState.PROPOSED}
    place = week(slack, "grace")
    assert "Proposed by Tyler Nguyen today" in words(place[1])
    accepted = slack.click("grace", place, messages.ACCEPT_BUTTON, str(id_of(slack, "Sponsor a podcast")))
    assert "Accepted" in accepted.text
    assert actions(slack, number) == {"Sponsor a podcast": ActionState.OPEN}


def test_accepted_twice_is_accepted_once(slack: Slack, number: int) -> None:
    action(slack, number, "Sponsor a podcast", by="tyler")
    place = card(slack, "grace", number)
    for _ in range(2):
        assert "Accepted" in slack.click("grace", place, messages.ACCEPT_BUTTON).text
    assert history(slack, number).count("proposal accepted") == 1


def test_a_proposal_is_declined_with_a_reason(slack: Slack, number: int) -> None:
    action(slack, number, "Sponsor a podcast", by="tyler")
    form = slack.click("grace", card(slack, "grace", number), messages.DECLINE_BUTTON).form
    assert form["title"]["text"] == "Decline a proposal"
    slack.submit("grace", form, reason="no budget")
    assert actions(slack, number) == {"Sponsor a podcast": ActionState.DROPPED}
    assert lines_left(slack, number) == {}


def test_a_declined_proposal_may_become_a_not_doing_line(slack: Slack, number: int) -> None:
    action(slack, number, "Sponsor a podcast", by="tyler")
    form = slack.click("grace", card(slack, "grace", number), messages.DECLINE_BUTTON).form
    refused = slack.submit("grace", form, way="not doing")
    assert "Say why" in refused.errors["reason"]
    slack.submit("grace", refused.form, reason="no budget")
    assert lines_left(slack, number) == {"Sponsor a podcast": "no budget"}


def test_accept_and_decline_are_not_offered_to_the_one_who_proposed(slack: Slack, number: int) -> None:
    action(slack, number, "Sponsor a podcast", by="tyler")
    _, message = card(slack, "tyler", number)
    assert "Accept" not in words(message)


def test_a_proposal_for_a_full_path_asks_which_one_gives_way(slack: Slack, number: int) -> None:
    fill(slack, number)
    action(slack, number, "Sponsor a podcast", by="tyler")
    form = slack.click("grace", card(slack, "grace", number), messages.ACCEPT_BUTTON).form
    assert "3 open actions" in words(form)
    refused = slack.submit("grace", form, gives_way=str(id_of(slack, "Shorten the form")))
    assert "what becomes of it" in refused.errors["way"]
    saved = slack.submit("grace", refused.form, way="dropped")
    assert saved.views == []
    assert actions(slack, number) == {
        "Call ten trials": ActionState.OPEN,
        "Shorten the form": ActionState.DROPPED,
        "Send case studies": ActionState.OPEN,
        "Sponsor a podcast": ActionState.OPEN,
    }


def test_a_proposal_may_give_way_itself(slack: Slack, number: int) -> None:
    fill(slack, number)
    action(slack, number, "Sponsor a podcast", by="tyler")
    form = slack.click("grace", card(slack, "grace", number), messages.ACCEPT_BUTTON).form
    slack.submit("grace", form, gives_way="new", reason="no budget")
    assert actions(slack, number)["Sponsor a podcast"] == ActionState.DROPPED
    assert lines_left(slack, number) == {"Sponsor a podcast": "no budget"}


def test_when_the_chosen_one_ended_meanwhile_the_path_has_room(slack: Slack, number: int) -> None:
    fill(slack, number)
    form = action(slack, number, "The fourth").form
    chosen = id_of(slack, "Shorten the form")
    with slack.bot.db.begin() as tx:
        end_action(tx, viewer(slack, "grace"), chosen, Ending(), now=slack.bot.clock.now())
    saved = slack.submit("grace", form, gives_way=str(chosen), way="yes")
    assert saved.views == []
    assert actions(slack, number)["The fourth"] == ActionState.OPEN
    assert history(slack, number).count("action done") == 0


# Finishing, changing, dropping


def test_done_asks_whether_the_effect_was_seen(slack: Slack, number: int) -> None:
    form = action(slack, number).form
    slack.submit("grace", form, text="Call ten trials", effect="more replies")
    asked = slack.choose("grace", card(slack, "grace", number), messages.MENU, _menu(slack, "done", "Call ten trials"))
    assert "Expected: more replies" in words(asked.form)
    slack.submit("grace", asked.form, seen="not yet")
    slack.settle()
    assert "Effect seen: not yet" in words(slack.posts("grace", "bot")[-1])
    assert actions(slack, number) == {"Call ten trials": ActionState.DONE}


def test_two_presses_of_done_are_one(slack: Slack, number: int) -> None:
    fill(slack, number, "Call ten trials")
    place, chosen = card(slack, "grace", number), _menu(slack, "done", "Call ten trials")
    first = slack.choose("grace", place, messages.MENU, chosen).form
    second = slack.choose("grace", place, messages.MENU, chosen).form
    for form in (second, first):
        assert slack.hear(slack.submission("grace", form, seen="yes")).body == ""
    assert history(slack, number).count("action done") == 1
    slack.close_form("grace", second)
    assert "done already" in slack.choose("grace", place, messages.MENU, chosen).text


def test_the_one_who_does_it_finishes_it_from_their_week(slack: Slack, number: int) -> None:
    slack.submit("grace", action(slack, number).form, text="Count drop-offs", owner="@tyler", due="friday")
    _, message = place = week(slack, "tyler")
    assert "Count drop-offs" in words(message)
    form = slack.click("tyler", place, messages.DONE_BUTTON, str(id_of(slack, "Count drop-offs"))).form
    slack.submit("tyler", form, seen="yes")
    assert actions(slack, number) == {"Count drop-offs": ActionState.DONE}


def test_an_action_is_dropped_from_its_menu(slack: Slack, number: int) -> None:
    fill(slack, number, "Call ten trials")
    chosen = _menu(slack, "drop", "Call ten trials")
    form = slack.choose("grace", card(slack, "grace", number), messages.MENU, chosen).form
    slack.submit("grace", form, reason="nobody answers")
    assert actions(slack, number) == {"Call ten trials": ActionState.DROPPED}


def test_an_action_is_changed_from_its_menu(slack: Slack, number: int) -> None:
    fill(slack, number, "Call ten trials")
    chosen = _menu(slack, "change", "Call ten trials")
    form = slack.choose("grace", card(slack, "grace", number), messages.MENU, chosen).form
    slack.submit("grace", form, text="Call five trials")
    assert list(actions(slack, number)) == ["Call five trials"]


@pytest.mark.parametrize(
    ("action_id", "value", "said"),
    [
        (messages.DONE_BUTTON, "999999", "not there any more"),
        (messages.DONE_BUTTON, "1; DROP TABLE action", "older message"),
        (messages.DONE_BUTTON, "", "older message"),
        (messages.CHANGE_BUTTON, "7 7", "older message"),
        (messages.ACCEPT_BUTTON, "999999", "not there any more"),
        (messages.ADD_BUTTON, "x", "older message"),
        (messages.DECLINE_BUTTON, "9" * 30, "older message"),
    ],
)
def test_a_button_that_was_tampered_with_is_answered_with_a_sentence(
    slack: Slack, action_id: str, value: str, said: str
) -> None:
    assert slack.hear(slack.press("grace", action_id, value)).status == 200
    until(lambda: said in words([slack.messages("grace", "bot"), slack.views("grace")]))


def test_a_form_with_the_id_of_somebody_elses_action_is_refused(slack: Slack, number: int) -> None:
    fill(slack, number, "Call ten trials")
    mine = slack.submit("grace", action(slack, number).form, text="Of Tyler", owner="@tyler", due="friday")
    assert mine.views == []
    form = slack.click("tyler", week(slack, "tyler"), messages.DONE_BUTTON, str(id_of(slack, "Of Tyler"))).form
    tampered = {**form, "private_metadata": f"{id_of(slack, 'Call ten trials')} "}
    answered = slack.hear(slack.submission("tyler", tampered, seen="yes"))
    slack.close_form("tyler", form)
    assert "can mark it done" in answered.body
    assert actions(slack, number)["Call ten trials"] == ActionState.OPEN


# Not doing


def test_a_line_says_what_is_not_done_and_why(slack: Slack, number: int) -> None:
    line = f"/outcome notdoing OUT-{number} A mobile app because trials sit at a desk"
    assert "A mobile app – trials sit at a desk" in slack.command("grace", GROWTH, line).text
    assert lines_left(slack, number) == {"A mobile app": "trials sit at a desk"}
    assert "A mobile app – trials sit at a desk" in words(card(slack, "tyler", number)[1])


def test_without_a_reason_a_form_asks_for_it(slack: Slack, number: int) -> None:
    form = slack.command("grace", GROWTH, f"/outcome notdoing OUT-{number} A mobile app").form
    assert form["state"]["values"]["text"]["value"]["value"] == "A mobile app"
    assert "A mobile app – too dear" in slack.submit("grace", form, reason="too dear").text
    assert lines_left(slack, number) == {"A mobile app": "too dear"}


@pytest.mark.parametrize("rest", ["A mobile app because we say so", "A mobile app", ""])
def test_somebody_else_is_told_who_says_what_is_not_done(slack: Slack, number: int, rest: str) -> None:
    seen = slack.command("tyler", GROWTH, f"/outcome notdoing OUT-{number} {rest}")
    assert seen.views == []
    assert "Grace Whitfield's" in seen.text


def test_what_was_decided_against_answers_a_proposal_which_can_be_made_anyway(slack: Slack, number: int) -> None:
    slack.command("grace", GROWTH, f"/outcome notdoing OUT-{number} A mobile app for trials because of cost")
    form = action(slack, number, "Mobile app for the trials by friday", by="tyler").form
    assert "A mobile app for trials – of cost" in words(form)
    assert "Propose it anyway" in words(form["submit"])
    assert actions(slack, number) == {}
    assert form["state"]["values"]["text"]["value"]["value"] == "Mobile app for the trials"
    slack.submit("tyler", form)
    assert actions(slack, number) == {"Mobile app for the trials": ActionState.PROPOSED}


def test_a_form_whose_text_was_decided_against_asks_once(slack: Slack, number: int) -> None:
    slack.command("grace", GROWTH, f"/outcome notdoing OUT-{number} A mobile app for trials because of cost")
    asked = slack.submit("grace", action(slack, number).form, text="A mobile app for trials", due="friday").form
    assert "It was decided not to do this" in words(asked)
    assert asked["state"]["values"]["due"]["value"]["value"] == "friday"
    assert slack.submit("grace", asked).views == []
    assert actions(slack, number) == {"A mobile app for trials": ActionState.OPEN}


# Closed, hidden, and the journey


def test_nobody_outside_a_private_team_learns_of_its_path(slack: Slack) -> None:
    set_up(slack, "henrik", "#people-ops", name="Quiet team")
    write_down(slack, "henrik", "#people-ops", statement="Hiring in confidence", team="Quiet team")
    number = len(slack.statements())
    hidden = action(slack, number, "Call the candidates", by="henrik", channel="#people-ops")
    assert "Added to the path" in hidden.text
    for line in (f"action OUT-{number} x", f"action OUT-{number}", f"notdoing OUT-{number} x because y"):
        seen = slack.command("grace", GROWTH, f"/outcome {line}")
        assert seen.views == []
        assert re.sub(r"\d+", "N", seen.text) == re.sub(r"\d+", "N", action(slack, 777, "x").text)
    slack.hear(slack.press("grace", messages.DONE_BUTTON, str(id_of(slack, "Call the candidates"))))
    until(lambda: "you cannot see it" in words([slack.messages("grace", "bot"), slack.views("grace")]))
    assert "candidates" not in words([slack.messages("grace", "bot"), slack.views("grace")])


def test_a_fourth_action_asks_and_what_was_not_done_answers_when_it_is_proposed_again(
    slack: Slack, number: int
) -> None:
    fill(slack, number, "Call ten trials", "Shorten the form", "Send case studies")
    asked = action(slack, number, "Sponsor a data podcast by friday").form
    assert "Which one gives way?" in words(asked)
    assert asked["state"]["values"]["text"]["value"]["value"] == "Sponsor a data podcast"
    assert asked["state"]["values"]["due"]["value"]["value"] == "Fri, Mar 6"
    refused = slack.submit("grace", asked, gives_way="new")
    assert "Say why" in refused.errors["reason"]
    saved = slack.submit("grace", refused.form, reason="no budget before summer")
    assert saved.views == []
    assert "Sponsor a data podcast – no budget before summer" in saved.text
    assert lines_left(slack, number) == {"Sponsor a data podcast": "no budget before summer"}
    assert len(actions(slack, number)) == 3
    again = action(slack, number, "Sponsor podcasts about data", by="tyler").form
    assert "It was decided not to do this" in words(again)
    assert "no budget before summer" in words(again)


@pytest.mark.parametrize(
    ("way", "state"), [("no", ActionState.DONE), ("dropped", ActionState.DROPPED), ("not doing", ActionState.DROPPED)]
)
def test_a_fourth_action_takes_the_place_of_the_one_that_gives_way(
    slack: Slack, number: int, way: str, state: ActionState
) -> None:
    fill(slack, number)
    asked = action(slack, number).form
    chosen = str(id_of(slack, "Shorten the form"))
    saved = slack.submit("grace", asked, text="The fourth", gives_way=chosen, way=way, reason="it takes too long")
    assert "“Shorten the form” gave way" in saved.text
    assert actions(slack, number) == {
        "Call ten trials": ActionState.OPEN,
        "Shorten the form": state,
        "Send case studies": ActionState.OPEN,
        "The fourth": ActionState.OPEN,
    }
    assert lines_left(slack, number) == ({"Shorten the form": "it takes too long"} if way == "not doing" else {})


def _outcome_id(slack: Slack, number: int) -> int:
    with slack.bot.db.read() as tx:
        return find_outcome(tx, viewer(slack, "grace"), number).outcome.id


def _with_button(outcome_id: int) -> Message:
    return Message("A card", [section("A card", button=messages.add_button(outcome_id, may_change=True))])


def _menu(slack: Slack, choice: str, text: str) -> str:
    return f"{choice} {id_of(slack, text)}"
