"""Writing an outcome down and editing one, in a form that advises while it is filled."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import FormRefused, NotFound, Refused
from bot.outcomes.actions.closing import link_rescoped
from bot.outcomes.actions.writing import Dismissed, dismiss_findings, edit_outcome, log_outcome
from bot.outcomes.messages import form as messages
from bot.outcomes.messages.form import Choices, Disputed, Filled
from bot.outcomes.queries import (
    View,
    changes_since,
    check_is_live,
    check_may_change,
    find_outcome,
    find_outcome_by_id,
)
from bot.outcomes.queries.advice import Advice, Written, advise, findings_of
from bot.outcomes.rules import STATEMENT_LIMIT, read_key
from bot.outcomes.rules.drafts import FIELDS, Draft, read_draft
from bot.outcomes.rules.merging import Merged, merge
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.priorities.queries import live_priorities
from bot.slack.app import (
    Ephemeral,
    acked,
    carried_ids,
    hear_changes,
    open_form,
    submission_of,
    submitted,
    update_form,
)
from bot.slack.commands import Word, answer
from bot.slack.message import Form
from bot.slack.typed import Answers, field_name, made_anew, unescaped
from bot.teams.actions import confirm
from bot.teams.model import Team
from bot.teams.queries import team_in_channel, visible_teams
from bot.workspaces.actions import is_first_time

_CHOSEN = ("owner", "team", "priority", "parent")


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
        [number] = carried_ids((args.action or {}).get("value"), 1)
        _draw_again(args, db, focus_limit=focus_limit, keeping=f"L{number}")

    @acked
    def rewrite_pressed(args: Args) -> None:
        [number] = carried_ids((args.action or {}).get("value"), 1)
        _draw_again(args, db, focus_limit=focus_limit, taking=f"L{number}")

    def new_saved(args: Args) -> Ephemeral | None:
        return _save_new(args, db)

    def edit_saved(args: Args) -> Ephemeral | Form | None:
        return _save_edit(args, db)

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


def open_new(
    args: Args, db: Database, values: Mapping[str, str], *, channel_id: str, focus_limit: int, rescopes: int = 0
) -> None:
    """Opens the form for a new outcome, with these values in it. `rescopes` is the outcome whose place it takes."""
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
        new = new_form(tx, viewer, person, values, db, channel_id=channel_id, focus_limit=focus_limit, rescopes=rescopes)
    open_form(args, new)
    return None


def new_form(
    tx: Tx,
    viewer: Viewer,
    person: Person,
    values: Mapping[str, str],
    db: Database,
    *,
    channel_id: str,
    focus_limit: int,
    rescopes: int = 0,
) -> Form:
    """The form for a new outcome, with the team of the channel and the person as owner unless said otherwise."""
    reader, choices = Reader.of(person, db.now(tx)), _choices(tx, viewer)
    here = team_in_channel(tx, viewer, channel_id)
    team_id = here.id if here else next(iter(choices.teams)) if len(choices.teams) == 1 else ""
    filled = {"owner": viewer.person_id, "team": str(team_id), **values}
    advice = _advice(tx, viewer, filled, reader, None, focus_limit)
    return messages.outcome_form(
        Filled(filled), choices, advice, reader=reader, carries=f"{rescopes} 0 {channel_id}".strip()
    )


def _open_edit(args: Args, db: Database, outcome_id: int, *, channel_id: str, focus_limit: int) -> None:
    person, viewer = introduced(args, db), viewer_of(args)
    with db.read() as tx:
        view = find_outcome_by_id(tx, viewer, outcome_id)
        check_may_change(tx, viewer, view, "edit it")
        check_is_live(view)
        reader = Reader.of(person, db.now(tx))
        values = form_values(tx, viewer, view, reader)
        advice = _advice(tx, viewer, {**values, "owner": view.owner.id}, reader, view, focus_limit)
        edit = messages.outcome_form(
            Filled(values),
            _choices(tx, viewer),
            advice,
            reader=reader,
            carries=f"{outcome_id} {view.outcome.version} {channel_id}".strip(),
            edited=view,
        )
    open_form(args, edit)


def form_values(tx: Tx, viewer: Viewer, view: View, reader: Reader) -> dict[str, str]:
    """What the form says of an outcome: the parent by its key, as long as the viewer may see it."""
    values = messages.filled_with(view, reader)
    if view.outcome.parent_id:
        try:
            values["parent"] = find_outcome_by_id(tx, viewer, view.outcome.parent_id).outcome.key
        except NotFound:
            values["parent"] = ""
    return values
