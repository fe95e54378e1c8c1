"""What changes on an execution path, who may change it, and what the outcome's history says of it."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.errors import FormRefused, NotAllowed, NotFound, Refused, RhythmError
from bot.execution.actions import (
    GivesWay,
    accept_action,
    add_action,
    add_not_doing,
    change_action,
    end_action,
)
from bot.execution.model import NotDoing
from bot.execution.queries import ExecutionPath, Step, find_action, path_of_outcome
from bot.execution.rules import ActionDraft, ActionState, EffectSeen, Ending
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.queries import View, find_outcome_by_id
from bot.outcomes.queries.history import history_of
from bot.outcomes.rules import Ending as OutcomeEnding
from tests.workspaces.firm import Firm, profile

FRIDAY = date(2026, 3, 6)
DONE, DROPPED = Ending(EffectSeen.YES), Ending()


def add(
    firm: Firm,
    view: View,
    text: str = "Call ten customers",
    *,
    by: str = "UOLGA",
    owner: str = "",
    due_on: date | None = FRIDAY,
    limit: int = 3,
    gives_way: GivesWay | None = None,
) -> Step:
    draft = ActionDraft(text, owner or by, due_on, "More replies")
    with firm.db.begin() as tx:
        found = find_outcome_by_id(tx, firm.viewer(by), view.outcome.id)
        person = firm.people[owner or by]
        return add_action(tx, firm.viewer(by), found, draft, person, limit=limit, now=firm.now, gives_way=gives_way)


def accept(firm: Firm, step: Step, *, by: str = "UOLGA", limit: int = 3, gives_way: GivesWay | None = None) -> Step:
    with firm.db.begin() as tx:
        return accept_action(tx, firm.viewer(by), step.action.id, limit=limit, now=firm.now, gives_way=gives_way)


def end(firm: Firm, step: Step, ending: Ending = DONE, *, by: str = "UOLGA") -> Step:
    with firm.db.begin() as tx:
        return end_action(tx, firm.viewer(by), step.action.id, ending, now=firm.now)


def change(firm: Firm, step: Step, draft: ActionDraft, *, by: str = "UOLGA") -> Step:
    with firm.db.begin() as tx:
        return change_action(tx, firm.viewer(by), step.action.id, draft, firm.people[draft.owner_id], now=firm.now)


def leave(
    firm: Firm, view: View, text: str = "A mobile app", reason: str = "too dear", *, by: str = "UOLGA"
) -> NotDoing:
    with firm.db.begin() as tx:
        found = find_outcome_by_id(tx, firm.viewer(by), view.outcome.id)
        return add_not_doing(tx, firm.viewer(by), found, text, reason, now=firm.now)


def close(firm: Firm, view: View) -> None:
    with firm.db.begin() as tx:
        found = find_outcome_by_id(tx, firm.viewer("UOLGA"), view.outcome.id)
        close_outcome(tx, firm.viewer("UOLGA"), found, Closing(OutcomeEnding.MISSED), now=firm.now)


def path(firm: Firm, view: View, person_id: str = "UOLGA") -> ExecutionPath:
    with firm.db.read() as tx:
        return path_of_outcome(tx, firm.viewer(person_id), view.outcome.id)


def history(firm: Firm, view: View) -> list[tuple[str, str, str]]:
    """Who did what, and what it says then; the oldest first, without its creation."""
    with firm.db.read() as tx:
        newest = history_of(tx, firm.viewer("UOLGA"), view.outcome.id, limit=50)
    return [(person.name, change.what, change.after) for change, person in reversed(newest)][1:]


def texts(steps: object) -> list[str]:
    return [step.action.text for step in steps]  # type: ignore[attr-defined]  # a sequence of steps


def test_an_action_of_the_owner_is_open_with_all_that_was_said(firm: Firm, view: View) -> None:
    add(firm, view, owner="UMAX")
    [step] = path(firm, view).open
    action = step.action
    assert (action.text, step.owner.name, step.author.name) == ("Call ten customers", "Max", "Olga")
    assert (action.due_on, action.expected_effect, action.state) == (FRIDAY, "More replies", ActionState.OPEN)
    assert history(firm, view) == [("Olga", "action added", "Call ten customers")]


@pytest.mark.parametrize(
    ("by", "state"),
    [
        ("UOLGA", ActionState.OPEN),
        ("ULEAD", ActionState.OPEN),
        ("UANN", ActionState.OPEN),
        ("UMAX", ActionState.PROPOSED),
    ],
)
def test_the_owner_the_lead_and_admins_add_and_everybody_else_proposes(
    firm: Firm, view: View, by: str, state: ActionState
) -> None:
    assert add(firm, view, by=by).action.state == state


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (profile("UMAX", name="Max", is_bot=True), "Max is a bot"),
        (profile("UMAX", name="Max", is_active=False), "Max is deactivated"),
        (profile("UMAX", name="Max", is_guest=True), "Max is not in the channel"),
    ],
)
def test_somebody_who_cannot_do_it_cannot_own_it(firm: Firm, view: View, told: object, why: str) -> None:
    firm.meet(told)  # type: ignore[arg-type]  # a profile
    with pytest.raises(FormRefused, match=why):
        add(firm, view, owner="UMAX")
    assert path(firm, view).open == []


def test_a_fourth_open_action_needs_one_that_gives_way(firm: Firm, view: View) -> None:
    for text in ("One", "Two", "Three"):
        add(firm, view, text)
    with pytest.raises(Refused, match=r"OUT-1 has 3 open actions"):
        add(firm, view, "Four")
    assert texts(path(firm, view).open) == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("ending", "lines"),
    [
        (Ending(EffectSeen.NOT_YET), [("action done", "One – effect seen: not yet")]),
        (Ending(), [("action dropped", "One")]),
        (Ending(reason="no time"), [("action dropped", "One – no time")]),
        (
            Ending(reason="too dear", is_not_doing=True),
            [("action dropped", "One – too dear"), ("not doing", "One – too dear")],
        ),
    ],
)
def test_the_one_that_gives_way_ends_as_was_chosen(
    firm: Firm, view: View, ending: Ending, lines: list[tuple[str, str]]
) -> None:
    one = add(firm, view, "One", limit=2)
    add(firm, view, "Two", limit=2)
    add(firm, view, "Three", limit=2, gives_way=GivesWay(one.action.id, ending))
    after = path(firm, view)
    assert texts(after.open) == ["Two", "Three"]
    assert [line.text for line in after.not_doing] == (["One"] if ending.is_not_doing else [])
    assert [line[1:] for line in history(firm, view)][2:-1] == lines


def test_an_action_of_another_outcome_cannot_give_way(firm: Firm, view: View) -> None:
    other = firm.outcome(view.team, "UOLGA")
    elsewhere = add(firm, other, "Elsewhere")
    add(firm, view, "One", limit=1)
    with pytest.raises(Refused, match="give way first"):
        add(firm, view, "Two", limit=1, gives_way=GivesWay(elsewhere.action.id, DROPPED))
    assert texts(path(firm, other).open) == ["Elsewhere"]


def test_proposals_are_not_counted(firm: Firm, view: View) -> None:
    for n in range(5):
        add(firm, view, f"Idea {n}", by="UMAX", limit=1)
    assert len(path(firm, view).proposed) == 5
    add(firm, view, "Mine", limit=1)


def test_of_several_added_at_once_only_as_many_as_may_are_open(firm: Firm, view: View) -> None:
    add(firm, view, limit=2)
    start, refused = threading.Barrier(3), []

    def try_to_add(n: int) -> None:
        start.wait(10)
        try:
            add(firm, view, f"Action {n}", limit=2)
        except Refused as error:
            refused.append(error)

    threads = [threading.Thread(target=try_to_add, args=[n]) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(path(firm, view).open), len(refused)) == (2, 2)


def test_a_proposal_becomes_open_once_it_is_accepted(firm: Firm, view: View) -> None:
    proposed = add(firm, view, by="UMAX")
    for _ in range(2):
        assert accept(firm, proposed, by="ULEAD").action.state == ActionState.OPEN
    assert texts(path(firm, view).open) == ["Call ten customers"]
    assert history(firm, view) == [
        ("Max", "action proposed", "Call ten customers"),
        ("Lea", "proposal accepted", "Call ten customers"),
    ]


def test_a_proposal_for_a_full_path_needs_one_that_gives_way(firm: Firm, view: View) -> None:
    mine, proposed = add(firm, view, "Mine", limit=1), add(firm, view, "Theirs", by="UMAX", limit=1)
    with pytest.raises(Refused, match="give way first"):
        accept(firm, proposed, limit=1)
    accept(firm, proposed, limit=1, gives_way=GivesWay(mine.action.id, DROPPED))
    assert texts(path(firm, view).open) == ["Theirs"]


def test_while_there_is_room_nothing_gives_way(firm: Firm, view: View) -> None:
    mine = add(firm, view, "Mine")
    add(firm, view, "Another", gives_way=GivesWay(mine.action.id, DROPPED))
    assert texts(path(firm, view).open) == ["Mine", "Another"]


def test_only_those_who_may_change_the_outcome_accept_and_decline(firm: Firm, view: View) -> None:
    proposed = add(firm, view, by="UMAX")
    with pytest.raises(NotAllowed, match=r"OUT-1 is Olga's.* accept what was proposed"):
        accept(firm, proposed, by="UMAX")
    with pytest.raises(NotAllowed, match=r"OUT-1 is Olga's.* decline what was proposed"):
        end(firm, proposed, DROPPED, by="UMAX")


@pytest.mark.parametrize("is_not_doing", [False, True])
def test_a_declined_proposal_is_gone_or_stays_as_not_doing(firm: Firm, view: View, is_not_doing: bool) -> None:
    proposed = add(firm, view, by="UMAX")
    end(firm, proposed, Ending(reason="too dear", is_not_doing=is_not_doing))
    after = path(firm, view)
    assert after.proposed == []
    assert [(line.text, line.reason) for line in after.not_doing] == (
        [("Call ten customers", "too dear")] if is_not_doing else []
    )
    assert ("Olga", "proposal declined", "Call ten customers – too dear") in history(firm, view)
    with pytest.raises(Refused, match="declined in the meantime"):
        accept(firm, proposed)


def test_a_proposal_cannot_be_done_before_it_is_accepted(firm: Firm, view: View) -> None:
    proposed = add(firm, view, by="UMAX")
    with pytest.raises(Refused, match="only proposed"):
        end(firm, proposed, DONE)


@pytest.mark.parametrize("by", ["UMAX", "UOLGA", "ULEAD", "UANN"])
def test_its_own_owner_and_those_who_may_change_the_outcome_finish_it(firm: Firm, view: View, by: str) -> None:
    step = add(firm, view, owner="UMAX")
    firm.clock.move_to(firm.now + timedelta(days=1))
    end(firm, step, Ending(EffectSeen.NO), by=by)
    after = path(firm, view)
    [done] = after.done
    assert (after.open, after.done_count) == ([], 1)
    assert (done.action.effect_seen, done.action.ended_at, done.action.ended_by) == (EffectSeen.NO, firm.now, by)
    assert history(firm, view)[-1][1:] == ("action done", "Call ten customers – effect seen: no")


def test_somebody_else_does_not_finish_it_and_is_told_who_can(firm: Firm, view: View) -> None:
    firm.meet(profile("UELSE"))
    with pytest.raises(NotAllowed, match=r"This action is Max's. They, Olga, the lead of Team C1 or an admin"):
        end(firm, add(firm, view, owner="UMAX"), by="UELSE")


def test_its_own_owner_does_not_drop_or_change_it(firm: Firm, view: View) -> None:
    step = add(firm, view, owner="UMAX")
    with pytest.raises(NotAllowed, match="drop its actions"):
        end(firm, step, DROPPED, by="UMAX")
    with pytest.raises(NotAllowed, match="change its actions"):
        change(firm, step, ActionDraft("Other", "UMAX"), by="UMAX")


def test_done_twice_is_done_once(firm: Firm, view: View) -> None:
    step = add(firm, view)
    end(firm, step, Ending(EffectSeen.YES))
    assert end(firm, step, Ending(EffectSeen.NO)).action.effect_seen == EffectSeen.YES
    assert [what for _, what, _ in history(firm, view)] == ["action added", "action done"]


def test_dropped_twice_is_dropped_once(firm: Firm, view: View) -> None:
    step = add(firm, view)
    for _ in range(2):
        end(firm, step, DROPPED)
    assert [what for _, what, _ in history(firm, view)] == ["action added", "action dropped"]


@pytest.mark.parametrize(
    ("first", "then"),
    [(DONE, DROPPED), (DROPPED, DONE), (DROPPED, Ending(reason="too dear", is_not_doing=True))],
)
def test_what_ended_does_not_end_in_another_way(firm: Firm, view: View, first: Ending, then: Ending) -> None:
    step = end(firm, add(firm, view), first)
    with pytest.raises(Refused, match=f"{step.action.state} already"):
        end(firm, step, then)
    assert path(firm, view).not_doing == []


def test_two_at_once_finish_it_once(firm: Firm, view: View) -> None:
    step, start = add(firm, view), threading.Barrier(3)

    def finish() -> None:
        start.wait(10)
        end(firm, step)

    threads = [threading.Thread(target=finish) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [what for _, what, _ in history(firm, view)] == ["action added", "action done"]


def test_a_change_says_in_the_history_what_it_was(firm: Firm, view: View) -> None:
    step = add(firm, view)
    changed = change(firm, step, ActionDraft("Call twenty", "UMAX", None, ""))
    assert (changed.action.text, changed.owner.name, changed.action.due_on) == ("Call twenty", "Max", None)
    with firm.db.read() as tx:
        line, _ = history_of(tx, firm.viewer("UOLGA"), view.outcome.id, limit=1)[0]
    assert (line.what, line.before, line.after) == (
        "action changed",
        "Call ten customers; Olga; due 2026-03-06; More replies",
        "Call twenty; Max; no due date",
    )


def test_a_change_that_changes_nothing_leaves_no_line(firm: Firm, view: View) -> None:
    step = add(firm, view)
    change(firm, step, ActionDraft(step.action.text, "UOLGA", FRIDAY, "More replies"))
    assert len(history(firm, view)) == 1


def test_what_has_ended_stays_as_it_was(firm: Firm, view: View) -> None:
    step = end(firm, add(firm, view))
    with pytest.raises(Refused, match="done already"):
        change(firm, step, ActionDraft("Other", "UOLGA"))


def test_an_owner_who_left_may_keep_it_while_something_else_changes(firm: Firm, view: View) -> None:
    step = add(firm, view, owner="UMAX")
    firm.meet(profile("UMAX", name="Max", is_active=False))
    assert change(firm, step, ActionDraft("Call twenty", "UMAX")).action.text == "Call twenty"


def test_a_closed_outcome_takes_no_action_but_lets_those_it_has_end(firm: Firm, view: View) -> None:
    one, two = add(firm, view, "One"), add(firm, view, "Two")
    proposed = add(firm, view, by="UMAX")
    close(firm, view)
    attempts: list[Callable[[], object]] = [
        lambda: add(firm, view),
        lambda: accept(firm, proposed),
        lambda: leave(firm, view),
        lambda: change(firm, one, ActionDraft("Other", "UOLGA")),
    ]
    for attempt in attempts:
        with pytest.raises(Refused, match=r"OUT-1 is closed\. /outcome reopen OUT-1 makes it live again"):
            attempt()
    end(firm, one), end(firm, two, DROPPED), end(firm, proposed, DROPPED)
    assert (path(firm, view).open, path(firm, view).proposed, path(firm, view).done_count) == ([], [], 1)


def test_a_not_doing_line_is_kept_with_its_reason(firm: Firm, view: View) -> None:
    leave(firm, view)
    [line] = path(firm, view, "UMAX").not_doing
    assert (line.text, line.reason, line.created_by) == ("A mobile app", "too dear", "UOLGA")
    assert history(firm, view) == [("Olga", "not doing", "A mobile app – too dear")]


def test_a_not_doing_line_needs_its_text_and_its_reason(firm: Firm, view: View) -> None:
    with pytest.raises(FormRefused) as refused:
        leave(firm, view, "", "")
    assert set(refused.value.errors) == {"text", "reason"}


def test_what_is_not_done_is_said_by_those_who_may_change_the_outcome(firm: Firm, view: View) -> None:
    with pytest.raises(NotAllowed, match="say what is not done for it"):
        leave(firm, view, by="UMAX")


def test_what_somebody_cannot_see_is_not_there_for_them(firm: Firm) -> None:
    firm.channel("CP", ["UOLGA", "UMAX"], is_private=True)
    hidden = firm.outcome(firm.team("CP", lead="UOLGA"), "UOLGA")
    step = add(firm, hidden)
    attempts: list[Callable[[], object]] = [
        lambda: end(firm, step, by="UANN"),
        lambda: accept(firm, step, by="UANN"),
        lambda: change(firm, step, ActionDraft("x", "UANN"), by="UANN"),
        lambda: add(firm, hidden, by="UANN"),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()


def test_an_owner_who_left_the_private_channel_does_not_finish_it_any_more(firm: Firm) -> None:
    firm.channel("CP", ["UOLGA", "UMAX"], is_private=True)
    hidden = firm.outcome(firm.team("CP", lead="UOLGA"), "UOLGA")
    step = add(firm, hidden, owner="UMAX")
    firm.channel("CP", ["UOLGA"], is_private=True)
    with pytest.raises(RhythmError):
        end(firm, step, by="UMAX")
    with firm.db.read() as tx:
        assert find_action(tx, firm.viewer("UOLGA"), step.action.id).action.state == ActionState.OPEN
