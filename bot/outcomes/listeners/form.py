"""Writing an outcome down and editing one, in a form that advises while it is filled."""

from collections.abc import Callable, Mapping

from slack_bolt import App, Args

from bot.db.database import Database
from bot.errors import Refused
from bot.outcomes.listeners.desk import (
    Desk,
    carried_by,
    drawn,
    kept_findings,
    new_form,
    rewritten,
    typed_answers,
    values_of,
)
from bot.outcomes.listeners.saving import save_edit, save_new
from bot.outcomes.messages import form as messages
from bot.outcomes.messages.form import FilledOutcome
from bot.outcomes.queries import find_outcome, find_outcome_by_id
from bot.outcomes.queries.allowed import check_is_live, check_may_change
from bot.outcomes.rules import STATEMENT_LIMIT, read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.slack.app import Ephemeral, acked, carried_ids, hear_changes, open_form, submitted, update_form
from bot.slack.commands import Word, answer
from bot.slack.message import Form
from bot.slack.typed import Answers, initial_answers, made_anew, unescaped
from bot.teams.queries import visible_teams


def words(db: Database, *, focus_limit: int) -> list[Word]:
    """What can be typed after `/outcome` to write one down or change it."""

    def new(args: Args, rest: str) -> None:
        open_new(args, db, {"statement": unescaped(rest)}, channel_id=args.body["channel_id"], focus_limit=focus_limit)

    def edit(args: Args, rest: str) -> None:
        number = read_key(rest)
        introduced(args, db)
        with db.read() as tx:
            view = find_outcome(tx, viewer_of(args), number)
        _open_edit(args, db, view.outcome.id, channel_id=args.body["channel_id"], focus_limit=focus_limit)

    return [
        Word("/outcome", "new", "new [statement]", "writes down a new outcome", new),
        Word("/outcome", "edit", "edit OUT-12", "changes what an outcome says", edit),
    ]


def register(bolt: App, db: Database, *, focus_limit: int, show_home: Callable[[Args], None]) -> None:
    """Listens for the form, for what is typed in it, and for the buttons that open it."""

    @acked
    def new_pressed(args: Args) -> None:
        open_new(args, db, {}, channel_id="", focus_limit=focus_limit)

    @acked
    def edit_pressed(args: Args) -> None:
        [outcome_id] = carried_ids((args.action or {}).get("value"), 1)
        channel_id = (args.body.get("channel") or {}).get("id", "")
        introduced(args, db)
        _open_edit(args, db, outcome_id, channel_id=channel_id, focus_limit=focus_limit)

    def typed(args: Args) -> None:
        _draw_again(args, db, focus_limit=focus_limit)

    @acked
    def more_pressed(args: Args) -> None:
        _draw_again(args, db, focus_limit=focus_limit, shows_more=True)

    @acked
    def keep_pressed(args: Args) -> None:
        _draw_again(args, db, focus_limit=focus_limit, keeping=_finding_pressed(args))

    @acked
    def rewrite_pressed(args: Args) -> None:
        _draw_again(args, db, focus_limit=focus_limit, taking=_finding_pressed(args))

    def new_saved(args: Args) -> Ephemeral | None:
        return save_new(args, db, focus_limit=focus_limit)

    def edit_saved(args: Args) -> Ephemeral | Form | None:
        return save_edit(args, db, focus_limit=focus_limit)

    bolt.shortcut(messages.NEW_SHORTCUT)(new_pressed)
    bolt.action(messages.NEW_BUTTON)(new_pressed)
    bolt.action(messages.EDIT_BUTTON)(edit_pressed)
    bolt.action(messages.MORE_FIELDS)(more_pressed)
    bolt.action(messages.KEEP_MINE)(keep_pressed)
    bolt.action(messages.TAKE_REWRITE)(rewrite_pressed)
    hear_changes(bolt, messages.NEW, typed)
    hear_changes(bolt, messages.EDIT, typed)
    bolt.view(messages.NEW)(submitted(new_saved, then=show_home))
    bolt.view(messages.EDIT)(submitted(edit_saved, then=show_home))


def open_new(args: Args, db: Database, values: Mapping[str, str], *, channel_id: str, focus_limit: int) -> None:
    """Opens the form for a new outcome, with these values in it."""
    viewer, statement = viewer_of(args), values.get("statement", "")
    if len(statement) > STATEMENT_LIMIT:
        raise Refused(
            f"That is {len(statement):,} characters; a statement has {STATEMENT_LIMIT:,} at most. "
            f"Type `/outcome new` with a shorter one. You typed:\n{statement}"
        )
    person = introduced(args, db)
    with db.read() as tx:
        if not visible_teams(tx, viewer):
            return answer(args, "New outcome", messages.no_team_yet())
        desk = Desk(tx, viewer, Reader.of(person, db.now(tx)), focus_limit)
        new = new_form(desk, values, channel_id=channel_id)
    open_form(args, new)
    return None


def _open_edit(args: Args, db: Database, outcome_id: int, *, channel_id: str, focus_limit: int) -> None:
    person, viewer = introduced(args, db), viewer_of(args)
    with db.read() as tx:
        view = find_outcome_by_id(tx, viewer, outcome_id)
        check_may_change(tx, viewer, view, "edit it")
        check_is_live(view)
        desk = Desk(tx, viewer, Reader.of(person, db.now(tx)), focus_limit)
        values = values_of(desk, view)
        carries = f"{outcome_id} {view.outcome.version} {channel_id}".strip()
        edit = drawn(desk, FilledOutcome(values), values, carries=carries, edited=view)
    open_form(args, edit)


def _draw_again(
    args: Args, db: Database, *, focus_limit: int, shows_more: bool = False, keeping: str = "", taking: str = ""
) -> None:
    """Draws the form anew with advice on what is typed now; what is typed stays, except for a rewrite that is taken."""
    person, viewer, form = introduced(args, db), viewer_of(args), args.body["view"]
    answers, initials = Answers(form), initial_answers(form)
    outcome_id, _, _ = carried_by(form)
    with db.read() as tx:
        edited = find_outcome_by_id(tx, viewer, outcome_id) if form["callback_id"] == messages.EDIT else None
        desk = Desk(tx, viewer, Reader.of(person, db.now(tx)), focus_limit)
        typed, block_ids = typed_answers(answers), answers.block_ids
        if rewrite := rewritten(desk, typed, edited, taking):
            typed["statement"] = initials["statement"] = rewrite
            block_ids["statement"] = made_anew(block_ids["statement"])
        filled = FilledOutcome(
            initials,
            block_ids,
            kept=kept_findings(answers) | ({keeping} if keeping else frozenset()),
            shows_more=shows_more or "unit" in answers.names,
        )
        again = drawn(desk, filled, typed, carries=form["private_metadata"], edited=edited)
    update_form(args, again)


def _finding_pressed(args: Args) -> str:
    [number] = carried_ids((args.action or {}).get("value"), 1)
    return f"L{number}"
