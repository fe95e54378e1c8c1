"""What people do with a calendar that says when a team meets: give its address, and choose what is read of it."""

from functools import partial

from slack_bolt import App, Args

from bot.calendars.addresses import Reach
from bot.db.database import Database, Tx
from bot.language.words import one_line
from bot.meetings.actions.linking import Link, add_from_calendar, set_calendar
from bot.meetings.listeners.filling import (
    Filled,
    bring_up_to_date,
    saved,
    show_form,
    suggested_for,
    team_by_id,
)
from bot.meetings.messages import ADD_CALENDAR_BUTTON
from bot.meetings.messages.calendar import CALENDAR, add_calendar_form, calendar_saved
from bot.people.listeners import introduced, viewer_of
from bot.slack.app import acked, pressed_id, submitted
from bot.slack.message import Message
from bot.teams.actions import check_may_change_team
from bot.teams.model import Team


def register(bolt: App, db: Database, reach: Reach, *, focus_limit: int) -> None:
    """Listens for the button and the form. `reach` says where calendars may be read from."""
    bolt.action(ADD_CALENDAR_BUTTON)(acked(partial(_show_add_form, db=db)))
    save = partial(saved, db=db, save=partial(_save, reach=reach, focus_limit=focus_limit))
    bolt.view(CALENDAR)(submitted(save, then=partial(bring_up_to_date, db=db)))


def _show_add_form(args: Args, db: Database) -> None:
    viewer, person = viewer_of(args), introduced(args, db)
    with db.read() as tx:
        team = team_by_id(tx, viewer, pressed_id(args))
        check_may_change_team(tx, viewer, team)
        form = add_calendar_form(team, suggested_for(team, person))
    show_form(args, form)


def _save(tx: Tx, filled: Filled, *, reach: Reach, focus_limit: int) -> tuple[Team, Message]:
    answers, by, now = filled.answers, filled.person.name, filled.now
    link = Link(one_line(answers["name"]), answers["address"].strip(), one_line(answers["words"]), int(answers["lead"]))
    if filled.meeting_id:
        view = set_calendar(
            tx, filled.viewer, filled.meeting_id, link, reach=reach, focus_limit=focus_limit, by=by, now=now
        )
    else:
        team = team_by_id(tx, filled.viewer, filled.team_id)
        suggested = suggested_for(team, filled.person)
        view = add_from_calendar(
            tx, filled.viewer, team, link, suggested, reach=reach, focus_limit=focus_limit, by=by, now=now
        )
    return view.team, calendar_saved(view)
