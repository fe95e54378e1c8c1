"""Deciding, changing what was decided, and logging what was decided elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

from slack_bolt import App, Args

from bot.db.database import Database
from bot.decisions.actions.deciding import decide, log_decision
from bot.decisions.actions.ending import supersede_decision
from bot.decisions.actions.opening import Source
from bot.decisions.actions.telling import announced_in
from bot.decisions.listeners.desk import (
    Desk,
    carried_by,
    carried_by_new,
    choice_in,
    drawn_decide_form,
    drawn_log_form,
    new_log_form,
    people_named,
    typed_in,
)
from bot.decisions.listeners.drawing import draw_again, hear_press, open_new, opened_by_key
from bot.decisions.listeners.saving import Saved, save_once, with_recall
from bot.decisions.messages import (
    DECIDE,
    DECIDE_BUTTON,
    LOG,
    LOG_FROM_MESSAGE,
    LOG_SHORTCUT,
    MORE_FIELDS,
    deciding,
    news,
)
from bot.decisions.messages.deciding import CHOSEN
from bot.decisions.messages.expected import EXPECTED
from bot.decisions.messages.logging import LOGGED
from bot.decisions.queries import DecisionView, find_decision_by_id
from bot.decisions.queries.allowed import check_can_choose, check_may_decide
from bot.decisions.queries.history import changes_since
from bot.decisions.rules import CHOICE_LIMIT
from bot.decisions.rules.drafts import offered_review, read_made_on
from bot.errors import Refused
from bot.language.words import shorten
from bot.people.listeners import introduced, viewer_of
from bot.people.queries import said_in
from bot.slack.app import Ephemeral, acked, hear_changes, permalink, submitted
from bot.slack.commands import Word
from bot.slack.message import Form
from bot.slack.mrkdwn import Markup, channel_link
from bot.slack.typed import Answers, Filled, initial_answers, made_anew, unescaped
from bot.teams.rules import instant_of


def words(db: Database) -> list[Word]:
    """What can be typed after `/decision` to make one, or to log one: any title does that."""

    def log(args: Args, rest: str) -> None:
        _open_log(args, db, unescaped(rest), channel_id=args.body["channel_id"])

    says = "logs a decision that was made: what was decided, why, and what it should do"
    chooses = "makes the choice, or changes the one that stands"
    return [
        Word("/decision", "", "[what was decided]", says, log, takes_anything=True),
        Word("/decision", "decide", "decide DEC-3", chooses, opened_by_key(db, _deciding)),
    ]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the forms of a choice, for what is typed in them, and for the ways that open them."""

    @acked
    def log_chosen(args: Args) -> None:
        _open_log(args, db, "", channel_id="")

    @acked
    def log_chosen_on_message(args: Args) -> None:
        introduced(args, db)
        message, channel_id = args.body["message"], args.body["channel"]["id"]
        with db.read() as tx:
            said = said_in(tx, viewer_of(args), message.get("text", ""))
        _open_log(args, db, shorten(said, CHOICE_LIMIT), channel_id=channel_id, ts=message["ts"])

    def typed(args: Args) -> None:
        _draw_again(args, db)

    @acked
    def more_pressed(args: Args) -> None:
        _draw_again(args, db, shows_more=True)

    def decided(args: Args) -> Ephemeral | Form | None:
        return _save_choice(args, db)

    def logged(args: Args) -> Ephemeral | Form | None:
        return _save_log(args, db)

    hear_press(bolt, DECIDE_BUTTON, db, _deciding)
    bolt.action(MORE_FIELDS)(more_pressed)
    bolt.shortcut(LOG_SHORTCUT)(log_chosen)
    bolt.shortcut(LOG_FROM_MESSAGE)(log_chosen_on_message)
    hear_changes(bolt, DECIDE, typed)
    hear_changes(bolt, LOG, typed)
    bolt.view(DECIDE)(submitted(decided, then=show_home))
    bolt.view(LOG)(submitted(logged, then=show_home))


def _open_log(args: Args, db: Database, choice: str, *, channel_id: str, ts: str = "") -> None:
    if len(choice) > CHOICE_LIMIT:
        raise Refused(
            f"That is {len(choice):,} characters; what was decided has {CHOICE_LIMIT:,} at most. "
            f"Type `/decision` with fewer; the reasons have a field of their own. You typed:\n{choice}"
        )
    values = {"choice": choice}
    open_new(args, db, "Log a decision", lambda desk: new_log_form(desk, values, channel_id=channel_id, ts=ts))


def _deciding(desk: Desk, view: DecisionView, channel_id: str) -> Form:
    check_may_decide(desk.viewer, view, "decide it" if view.is_open else "change it")
    check_can_choose(view)
    filled = Filled(deciding.filled_with_choice(view, desk.reader))
    return drawn_decide_form(desk, view, filled, channel_id=channel_id)


def _draw_again(args: Args, db: Database, *, shows_more: bool = False) -> None:
    """Draws the form anew with where the chosen measure stands, and the day of the effect offered for the review.

    A review that somebody typed stays.
    """
    form, changed = args.body["view"], args.body["actions"][0].get("block_id")

    def drawn(desk: Desk, answers: Answers) -> Form | None:
        typed, shown, block_ids = typed_in(answers, answers.names), initial_answers(form), answers.block_ids
        offer = offered_review(typed, today=desk.reader.today, locale=desk.reader.locale)
        if changed == block_ids["effect_on"] and _is_offered(form, typed) and offer:
            shown["review"], block_ids["review"] = offer, made_anew(block_ids["review"])
        filled = Filled({**typed, **shown}, block_ids)
        if form["callback_id"] == LOG:
            has_more = shows_more or "made_on" in answers.names
            carries = form["private_metadata"]
            return drawn_log_form(desk, filled, carries=carries, typed=typed, shows_more=has_more)
        decision_id, version, channel_id = carried_by(form)
        view = find_decision_by_id(desk.tx, desk.viewer, decision_id)
        if view.decision.version != version:
            return None  # What changed meanwhile is told when the form is sent.
        return drawn_decide_form(desk, view, filled, channel_id=channel_id, typed=typed)

    draw_again(args, db, drawn)


def _is_offered(form: dict[str, object], typed: dict[str, str]) -> bool:
    """Whether the field of the review holds nothing that somebody typed: it is empty, or as it was offered."""
    blocks = form["blocks"]
    assert isinstance(blocks, list)
    field = next(one for one in blocks if str(one.get("block_id", "")).startswith("review"))
    return typed["review"] in ("", field["element"].get("initial_value") or "")


def _save_choice(args: Args, db: Database) -> Ephemeral | Form | None:
    form, viewer = args.view or {}, viewer_of(args)
    decision_id, version, channel_id = carried_by(form)

    def save(desk: Desk) -> Saved | Form:
        view = find_decision_by_id(desk.tx, viewer, decision_id, hold=True)
        check_may_decide(viewer, view, "decide it" if view.is_open else "change it")
        check_can_choose(view)
        if view.decision.version != version:
            return _ask_again(desk, args, view, channel_id=channel_id, since=version)
        after = decide(desk.tx, viewer, view, choice_in(desk, Answers(form), view), now=desk.now)
        made = news.decision_made(after, reader=desk.reader, place=_place(desk, after))
        return Saved(after, with_recall(desk, after, made))

    return save_once(args, db, channel_id, save)


def _ask_again(desk: Desk, args: Args, view: DecisionView, *, channel_id: str, since: int) -> Form:
    """The form again, with what was typed and what became of the decision meanwhile; nothing is saved.

    Where the options are others now, the one that was chosen is chosen anew.
    """
    answers = Answers(args.view or {})
    typed = typed_in(answers, {*CHOSEN, *EXPECTED})
    block_ids = answers.block_ids
    changes = changes_since(desk.tx, desk.viewer, view.decision.id, version=since)
    if any(event.what == "options" for event, _ in changes):
        typed["option"], block_ids["option"] = "", made_anew(block_ids.get("option", "option"))
    by = changes[-1][1].name if changes else "somebody"
    return drawn_decide_form(
        desk,
        view,
        Filled(typed, block_ids),
        channel_id=channel_id,
        notice=deciding.decided_meanwhile(view, by),
    )


def _save_log(args: Args, db: Database) -> Ephemeral | Form | None:
    form, viewer = args.view or {}, viewer_of(args)
    supersedes, channel_id, ts = carried_by_new(form.get("private_metadata", ""))
    answers = Answers(form)
    typed = typed_in(answers, LOGGED)
    people = people_named(args, db, viewer, {typed["decider"] or viewer.person_id, *typed["heard"].split()})
    link = permalink(args, channel_id, ts) if ts else ""

    def save(desk: Desk) -> Saved:
        choice, team = choice_in(desk, answers), desk.team_chosen(typed["team"])
        heard = [people[one] for one in typed["heard"].split() if one != typed["decider"]]
        made_on = read_made_on(typed["made_on"], today=desk.reader.today, locale=desk.reader.locale)
        old = find_decision_by_id(desk.tx, viewer, supersedes, hold=True) if supersedes else None
        after = log_decision(
            desk.tx,
            viewer,
            team=team,
            question=typed["question"],
            choice=choice if heard else replace(choice, objection_days=0),
            decider=people[typed["decider"] or viewer.person_id],
            heard=heard,
            made_at=instant_of(made_on, time(12), desk.reader.zone) if made_on else None,
            source=Source(link=link),
            now=desk.now,
        )
        if old is not None:
            supersede_decision(desk.tx, viewer, old, after, now=desk.now)
        made = news.decision_made(after, reader=desk.reader, place=_place(desk, after))
        return Saved(after, with_recall(desk, after, made))

    return save_once(args, db, channel_id, save)


def _place(desk: Desk, view: DecisionView) -> Markup:
    """Where a decision is announced, as a link; empty for nowhere."""
    channel_id = announced_in(desk.tx, view.team)
    return channel_link(channel_id) if channel_id else Markup("")
