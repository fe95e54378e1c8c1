"""Editing what an open decision asks, and who decides it; two edits that meet are brought together."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, Args

from bot.db.database import Database
from bot.decisions.actions.opening import edit_decision
from bot.decisions.listeners.desk import (
    ASKED,
    Desk,
    around_in,
    carried,
    carried_by,
    people_named,
    typed_in,
    with_chosen,
)
from bot.decisions.listeners.drawing import draw_again, hear_press, opened_by_key
from bot.decisions.listeners.saving import Saved, save_once
from bot.decisions.messages import EDIT, EDIT_BUTTON, asking, news
from bot.decisions.messages.asking import NAMES, SEVERAL
from bot.decisions.queries import DecisionView, find_decision_by_id
from bot.decisions.queries.allowed import check_is_open, check_may_change
from bot.decisions.queries.history import changes_since
from bot.decisions.queries.recall import recall
from bot.decisions.queries.waiting import waits_to_choose
from bot.decisions.rules.drafts import read_question
from bot.outcomes.messages.disputes import Disputed
from bot.outcomes.rules.merging import Merged, merge
from bot.people.listeners import viewer_of
from bot.people.queries import people_by_id
from bot.slack.app import Ephemeral, hear_changes, submitted
from bot.slack.commands import Word
from bot.slack.message import Form
from bot.slack.typed import Answers, Filled, initial_answers, initial_choices, made_anew


def words(db: Database) -> list[Word]:
    """What can be typed after `/decision` to change an open one."""
    says = "changes what an open decision asks, and who decides it"
    return [Word("/decision", "edit", "edit DEC-3", says, opened_by_key(db, _editing))]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the form of an open decision, for what is typed in it, and for the button that opens it."""

    def typed(args: Args) -> None:
        form = args.body["view"]
        draw_again(args, db, lambda desk, answers: _form_again(desk, form, answers))

    def edited(args: Args) -> Ephemeral | Form | None:
        return _save(args, db)

    hear_press(bolt, EDIT_BUTTON, db, _editing)
    hear_changes(bolt, EDIT, typed)
    bolt.view(EDIT)(submitted(edited, then=show_home))


def _editing(desk: Desk, view: DecisionView, channel_id: str) -> Form:
    check_may_change(desk.tx, desk.viewer, view, "edit it")
    check_is_open(view)
    return _form(desk, view, Filled(asking.filled_with(view)), channel_id=channel_id)


def _form(
    desk: Desk,
    view: DecisionView,
    filled: Filled,
    *,
    channel_id: str,
    question: str = "",
    disputes: list[Disputed] | None = None,
) -> Form:
    """The form as far as it is filled; `question` is what stands in it now, where that is something else."""
    return asking.edit_form(
        view.decision,
        filled,
        desk.teams,
        with_chosen(desk, waits_to_choose(desk.tx, desk.viewer, channel_id=channel_id), filled),
        reader=desk.reader,
        carries=carried(view, channel_id),
        recall=recall(desk.tx, desk.viewer, question or filled["question"], besides=view.decision.id),
        disputes=disputes or (),
    )


def _form_again(desk: Desk, form: Mapping[str, Any], answers: Answers) -> Form | None:
    """The form with what is remembered about the question as it is typed now; what its fields began with stays.

    Where somebody else changed the decision meanwhile, it stays as it is: that is told when it is sent.
    """
    decision_id, version, channel_id = carried_by(form)
    view = find_decision_by_id(desk.tx, desk.viewer, decision_id)
    tells_of_others = form["blocks"][0]["type"] != "input"
    if tells_of_others or view.decision.version != version:
        return None
    filled = Filled(_begun_with(form), answers.block_ids)
    return _form(desk, view, filled, channel_id=channel_id, question=answers["question"])


def _begun_with(form: Mapping[str, Any]) -> dict[str, str]:
    """What the fields of a form held when it was opened."""
    several = initial_choices(form)
    return {**initial_answers(form), **{name: " ".join(sorted(several.get(name, ()))) for name in SEVERAL}}


def _save(args: Args, db: Database) -> Ephemeral | Form | None:
    form, viewer = args.view or {}, viewer_of(args)
    decision_id, version, channel_id = carried_by(form)
    sent = typed_in(Answers(form), ASKED)
    people = people_named(args, db, viewer, {sent["decider"], *sent["heard"].split()})

    def save(desk: Desk) -> Saved | Form:
        before = find_decision_by_id(desk.tx, viewer, decision_id, hold=True)
        check_may_change(desk.tx, viewer, before, "edit it")
        check_is_open(before)
        merged = _merged(desk, args, before, version)
        if merged.disputed:
            return _ask_to_choose(desk, args, before, merged, channel_id=channel_id, since=version)
        question = read_question(
            merged.values,
            today=desk.reader.today,
            locale=desk.reader.locale,
            was_needed_by_on=before.decision.needed_by_on,
        )
        named = {merged.values["decider"], *merged.values["heard"].split()} - set(people)
        everybody = {**people, **people_by_id(desk.tx, viewer, named)}
        stood_at = before.decision.version
        after = edit_decision(
            desk.tx,
            viewer,
            before,
            team=desk.team_chosen(merged.values["team"]),
            question=question,
            around=around_in(desk, merged.values, everybody),
            now=desk.now,
        )
        changed = [
            NAMES[event.what]
            for event, _ in changes_since(desk.tx, viewer, decision_id, version=stood_at)
            if event.what in NAMES
        ]
        return Saved(after, news.decision_edited(after, changed, [NAMES[name] for name in merged.taken]))

    return save_once(args, db, channel_id, save)


def _merged(desk: Desk, args: Args, before: DecisionView, version: int) -> Merged:
    """What was sent, brought together with what somebody else saved since the form was opened."""
    form = args.view or {}
    since = changes_since(desk.tx, desk.viewer, before.decision.id, version=version)
    theirs, sent = asking.filled_with(before), typed_in(Answers(form), ASKED)
    shown = _begun_with(form)
    if "waits" not in Answers(form).names:
        # A form without anything to wait for does not have the field.
        shown["waits"] = sent["waits"] = theirs["waits"]
    return merge(shown, sent, theirs, {event.what for event, _ in since})


def _ask_to_choose(
    desk: Desk, args: Args, before: DecisionView, merged: Merged, *, channel_id: str, since: int
) -> Form:
    """The form again, with what was typed, what somebody else made of it meanwhile, and nothing saved."""
    answers, theirs = Answers(args.view or {}), asking.filled_with(before)
    by = {
        event.what: person.name
        for event, person in changes_since(desk.tx, desk.viewer, before.decision.id, version=since)
    }
    read = asking.read_values(before)
    disputes = [Disputed(name, read[name], by.get(name, "Somebody")) for name in merged.disputed]
    block_ids = answers.block_ids
    block_ids |= {name: made_anew(block_ids.get(name, name)) for name in merged.taken}
    filled, question = Filled(theirs, block_ids), merged.values["question"]
    return _form(desk, before, filled, channel_id=channel_id, question=question, disputes=disputes)
