"""Opening a decision that is to be made, and editing what it asks."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.decisions.actions.opening import Source, edit_decision, open_decision
from bot.decisions.listeners.desk import (
    ASKED,
    Desk,
    around_in,
    carried,
    carried_by,
    carried_by_new,
    drawn_need_form,
    need_form_instead,
    need_form_of,
    new_need_form,
    people_named,
    typed_in,
    with_chosen,
)
from bot.decisions.listeners.drawing import draw_again, hear_press, open_drawn, open_new, opened_by_key
from bot.decisions.listeners.saving import Saved, save_once, with_recall
from bot.decisions.messages import EDIT, EDIT_BUTTON, NEED, NOT_DECIDED, asking, news
from bot.decisions.messages.asking import NAMES, SEVERAL
from bot.decisions.queries import (
    DecisionView,
    changes_since,
    check_is_open,
    check_may_change,
    find_decision_by_id,
)
from bot.decisions.queries.beside import check_can_ask_for
from bot.decisions.queries.waiting import waits_to_choose
from bot.decisions.rules import QUESTION_LIMIT
from bot.decisions.rules.drafts import read_question
from bot.errors import Refused
from bot.obstacles.messages import ASK_BUTTON
from bot.obstacles.queries import find_obstacle
from bot.outcomes.messages.disputes import Disputed
from bot.outcomes.rules.merging import Merged, merge
from bot.people.listeners import viewer_of
from bot.people.queries import people_by_id
from bot.slack.app import (
    Ephemeral,
    acked,
    hear_changes,
    permalink,
    pressed_id,
    pressed_in,
    submitted,
)
from bot.slack.commands import Word
from bot.slack.message import Form
from bot.slack.typed import Answers, Filled, initial_answers, initial_choices, made_anew, unescaped


def words(db: Database) -> list[Word]:
    """What can be typed after `/decision` to ask for one."""

    def need(args: Args, rest: str) -> None:
        _open_need(args, db, unescaped(rest), channel_id=args.body["channel_id"])

    says = "changes what an open decision asks, and who decides it"
    return [
        Word("/decision", "need", "need QUESTION", "opens a decision that is to be made", need),
        Word("/decision", "edit", "edit DEC-3", says, opened_by_key(db, _editing)),
    ]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the form of an open decision, and for the button that opens it."""

    @acked
    def asked_for_obstacle(args: Args) -> None:
        obstacle_id, channel_id = pressed_id(args), pressed_in(args)

        def drawn(desk: Desk) -> Form:
            view = find_obstacle(desk.tx, desk.viewer, obstacle_id)
            check_can_ask_for(desk.tx, desk.viewer, view)
            return need_form_of(desk, view, channel_id=channel_id)

        open_drawn(args, db, drawn)

    @acked
    def not_decided(args: Args) -> None:
        carries = args.body["view"]["private_metadata"]
        draw_again(args, db, lambda desk, answers: need_form_instead(desk, answers, carries=carries))

    def typed(args: Args) -> None:
        carries = args.body["view"]["private_metadata"]
        draw_again(args, db, lambda desk, answers: drawn_need_form(desk, _filled(answers), carries=carries))

    def needed(args: Args) -> Ephemeral | Form | None:
        return _save_need(args, db)

    def edited(args: Args) -> Ephemeral | Form | None:
        return _save_edit(args, db)

    hear_press(bolt, EDIT_BUTTON, db, _editing)
    bolt.action(ASK_BUTTON)(asked_for_obstacle)
    bolt.action(NOT_DECIDED)(not_decided)
    hear_changes(bolt, NEED, typed)
    bolt.view(NEED)(submitted(needed, then=show_home))
    bolt.view(EDIT)(submitted(edited, then=show_home))


def _open_need(args: Args, db: Database, question: str, *, channel_id: str) -> None:
    if len(question) > QUESTION_LIMIT:
        raise Refused(
            f"That is {len(question):,} characters; a question has {QUESTION_LIMIT:,} at most. "
            f"Type `/decision need` with a shorter one; the rest fits in its context. You typed:\n{question}"
        )
    values = {"question": question}
    open_new(args, db, "Decision needed", lambda desk: new_need_form(desk, values, channel_id=channel_id))


def _filled(answers: Answers) -> Filled:
    """The form as far as it is filled now."""
    return Filled(typed_in(answers, ASKED), answers.block_ids)


def _save_need(args: Args, db: Database) -> Ephemeral | Form | None:
    form, viewer = args.view or {}, viewer_of(args)
    typed = typed_in(Answers(form), ASKED)
    obstacle_id, channel_id, ts = carried_by_new(form.get("private_metadata", ""))
    link = permalink(args, channel_id, ts) if ts else ""
    people = people_named(args, db, viewer, {typed["decider"], *typed["heard"].split()})

    def save(desk: Desk) -> Saved:
        question = read_question(typed, today=desk.reader.today, locale=desk.reader.locale)
        if obstacle_id:
            check_can_ask_for(desk.tx, viewer, find_obstacle(desk.tx, viewer, obstacle_id))
        view = open_decision(
            desk.tx,
            viewer,
            team=desk.team_chosen(typed["team"]),
            question=question,
            around=around_in(desk, typed, people),
            source=Source(link=link, obstacle_id=obstacle_id or None),
            now=desk.now,
        )
        is_mine = view.decision.decider_id == viewer.person_id
        opened = news.decision_opened(view, reader=desk.reader, is_mine=is_mine)
        return Saved(view, with_recall(desk, view, opened))

    return save_once(args, db, channel_id, save)


def _editing(desk: Desk, view: DecisionView, channel_id: str) -> Form:
    check_may_change(desk.tx, desk.viewer, view, "edit it")
    check_is_open(view)
    return _edit_form(desk, view, Filled(asking.filled_with(view)), channel_id=channel_id)


def _edit_form(
    desk: Desk, view: DecisionView, filled: Filled, *, channel_id: str, disputes: list[Disputed] | None = None
) -> Form:
    return asking.edit_form(
        view.decision,
        filled,
        desk.teams,
        with_chosen(desk, waits_to_choose(desk.tx, desk.viewer, channel_id=channel_id), filled),
        carries=carried(view, channel_id),
        disputes=disputes or (),
    )


def _save_edit(args: Args, db: Database) -> Ephemeral | Form | None:
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
    several = initial_choices(form)
    shown = {**initial_answers(form), **{name: " ".join(sorted(several.get(name, ()))) for name in SEVERAL}}
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
    return _edit_form(desk, before, Filled(theirs, block_ids), channel_id=channel_id, disputes=disputes)
