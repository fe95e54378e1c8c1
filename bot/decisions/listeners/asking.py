"""Opening a decision that is to be made."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.decisions.actions.opening import Source, open_decision
from bot.decisions.listeners.desk import (
    ASKED,
    Desk,
    around_in,
    carried_by_new,
    drawn_need_form,
    need_form_instead,
    need_form_of,
    new_need_form,
    people_named,
    typed_in,
)
from bot.decisions.listeners.drawing import draw_again, open_drawn, open_new
from bot.decisions.listeners.saving import Saved, save_once, with_recall
from bot.decisions.messages import NEED, NOT_DECIDED, news
from bot.decisions.queries.beside import check_can_ask_for
from bot.decisions.rules import QUESTION_LIMIT
from bot.decisions.rules.drafts import read_question
from bot.errors import Refused
from bot.obstacles.messages import ASK_BUTTON
from bot.obstacles.queries import find_obstacle
from bot.people.listeners import viewer_of
from bot.slack.app import Ephemeral, acked, hear_changes, permalink, pressed_id, pressed_in, submitted
from bot.slack.commands import Word
from bot.slack.message import Form
from bot.slack.typed import Answers, Filled, unescaped


def words(db: Database) -> list[Word]:
    """What can be typed after `/decision` to ask for one."""

    def need(args: Args, rest: str) -> None:
        _open_need(args, db, unescaped(rest), channel_id=args.body["channel_id"])

    return [Word("/decision", "need", "need QUESTION", "opens a decision that is to be made", need)]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the form of a decision that is to be made, and for the buttons that open it."""

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

    bolt.action(ASK_BUTTON)(asked_for_obstacle)
    bolt.action(NOT_DECIDED)(not_decided)
    hear_changes(bolt, NEED, typed)
    bolt.view(NEED)(submitted(needed, then=show_home))


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
