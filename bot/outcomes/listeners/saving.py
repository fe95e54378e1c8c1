"""Saving the form of an outcome: a new one, or an edit that may meet somebody else's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt import Args

from bot.db.database import Database
from bot.errors import FormRefused, NotFound, Refused
from bot.outcomes.actions.closing import link_rescoped
from bot.outcomes.actions.writing import Dismissed, dismiss_findings, edit_outcome, log_outcome
from bot.outcomes.listeners.desk import (
    Desk,
    carried_by,
    choices_of,
    complete,
    drawn,
    kept_findings,
    shown_values,
    typed_answers,
    values_of,
)
from bot.outcomes.messages import form as messages
from bot.outcomes.messages.disputes import Disputed
from bot.outcomes.messages.form import FilledOutcome
from bot.outcomes.queries import View, find_outcome, find_outcome_by_id, is_part_of
from bot.outcomes.queries.advice import Written, advise, findings_of
from bot.outcomes.queries.history import changes_since
from bot.outcomes.rules import read_key
from bot.outcomes.rules.drafts import Draft, read_draft
from bot.outcomes.rules.merging import Merged, merge
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.slack.app import Ephemeral, submission_of
from bot.slack.message import Form
from bot.slack.typed import Answers, initial_answers, made_anew
from bot.teams.actions import confirm
from bot.teams.model import Team
from bot.teams.queries import visible_teams
from bot.workspaces.actions import is_first_time


def save_new(args: Args, db: Database, *, focus_limit: int) -> Ephemeral | None:
    form, viewer = args.view or {}, viewer_of(args)
    answers, person = Answers(form), introduced(args, db)
    rescopes, _, channel_id = carried_by(form)
    owner = introduce(args.client, db, viewer, answers["owner"] or viewer.person_id)
    with db.begin() as tx:
        now = db.now(tx)
        desk = Desk(tx, viewer, Reader.of(person, now), focus_limit)
        typed = typed_answers(answers)
        draft, team = _read(desk, typed, None)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
            return None
        old = find_outcome_by_id(tx, viewer, rescopes) if rescopes else None
        logged = log_outcome(tx, viewer, draft=draft, team=team, owner=owner, now=now)
        if old is not None:
            link_rescoped(tx, viewer, old, logged)
        _dismiss(desk, logged, typed, answers, now)
        findings = findings_of(tx, viewer, [logged])[logged.outcome.id]
        return confirm(
            tx,
            viewer,
            channel_id=channel_id,
            key=f"outcome:{logged.outcome.id}:logged",
            message=messages.outcome_logged(logged, findings, reader=desk.reader),
            now=now,
        )


def save_edit(args: Args, db: Database, *, focus_limit: int) -> Ephemeral | Form | None:
    form, viewer = args.view or {}, viewer_of(args)
    answers, person = Answers(form), introduced(args, db)
    outcome_id, version, channel_id = carried_by(form)
    with db.begin() as tx:
        now = db.now(tx)
        before = find_outcome_by_id(tx, viewer, outcome_id, hold=True)
        desk = Desk(tx, viewer, Reader.of(person, now), focus_limit)
        merged = _merged(desk, before, form, version)
        if merged.disputed:
            return _ask_to_choose(desk, before, answers, merged, channel_id=channel_id, since=version)
        draft, team = _read(desk, merged.values, before)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
            return None
        stood_at = before.outcome.version
        after = edit_outcome(tx, viewer, before, draft=draft, team=team, now=now)
        _dismiss(desk, after, merged.values, answers, now)
        changed = [change.what for change, _ in changes_since(tx, viewer, outcome_id, version=stood_at)]
        return confirm(
            tx,
            viewer,
            channel_id=channel_id,
            key=f"outcome:{outcome_id}:edited:v{after.outcome.version}",
            message=messages.outcome_edited(after, changed, merged.taken, reader=desk.reader),
            now=now,
        )


def _merged(desk: Desk, before: View, form: Mapping[str, Any], version: int) -> Merged:
    """What was sent, brought together with what somebody else saved since the form was opened."""
    since = changes_since(desk.tx, desk.viewer, before.outcome.id, version=version)
    shown = initial_answers(form)
    theirs = values_of(desk, before)
    sent = typed_answers(Answers(form))
    absent = {name: theirs[name] for name in theirs if name not in Answers(form).names}
    return merge({**absent, **shown}, {**sent, **absent}, theirs, {change.what for change, _ in since})


def _ask_to_choose(desk: Desk, before: View, answers: Answers, merged: Merged, *, channel_id: str, since: int) -> Form:
    """The form again, with what was typed, what somebody else made of it meanwhile, and nothing saved."""
    theirs = values_of(desk, before)
    by = {
        change.what: person.name
        for change, person in changes_since(desk.tx, desk.viewer, before.outcome.id, version=since)
    }
    shown = shown_values(desk, theirs)
    disputes = [Disputed(name, shown[name], by.get(name, "Somebody")) for name in merged.disputed]
    block_ids = answers.block_ids
    block_ids |= {name: made_anew(block_ids.get(name, name)) for name in merged.taken}
    return drawn(
        desk,
        FilledOutcome(theirs, block_ids, kept=kept_findings(answers), shows_more=True),
        merged.values,
        carries=f"{before.outcome.id} {before.outcome.version} {channel_id}".strip(),
        edited=before,
        disputes=disputes,
    )


def _read(desk: Desk, typed: Mapping[str, str], before: View | None) -> tuple[Draft, Team]:
    """Reads what was typed and chosen. Raises FormRefused at the fields that need another look."""
    was_due_on = before.outcome.due_on if before else None
    draft = read_draft(typed, today=desk.reader.today, locale=desk.reader.locale, was_due_on=was_due_on)
    teams = visible_teams(desk.tx, desk.viewer)
    team = next((team for team in teams if str(team.id) == typed["team"]), None)
    if team is None:
        raise FormRefused({"team": "Choose one of the teams in the list."})
    priorities = choices_of(desk.tx, desk.viewer, before).priorities
    priority_id = int(typed["priority"]) if typed["priority"].isdigit() else None
    if priority_id not in priorities:
        priority_id = before.outcome.priority_id if before and not priorities else None
    return replace(draft, priority_id=priority_id, parent_id=_read_parent(desk, typed["parent"], before)), team


def _read_parent(desk: Desk, typed: str, before: View | None) -> int | None:
    """The outcome this one is part of. An empty field leaves one that this person cannot see as it is."""
    if not typed:
        has_hidden = before is not None and before.outcome.parent_id and not values_of(desk, before)["parent"]
        return before.outcome.parent_id if before and has_hidden else None
    try:
        parent = find_outcome(desk.tx, desk.viewer, read_key(typed))
    except (Refused, NotFound) as error:
        raise FormRefused({"parent": error.sentence}) from None
    if before is not None and is_part_of(desk.tx, parent.outcome, before.outcome.id):
        raise FormRefused({"parent": f"{parent.outcome.key} is itself part of {before.outcome.key}. Choose another."})
    return parent.outcome.id


def _dismiss(desk: Desk, view: View, typed: Mapping[str, str], answers: Answers, now: datetime) -> None:
    """Keeps the findings that were dismissed with a reason."""
    reasons = {finding: answers[f"keep_{finding}"] for finding in kept_findings(answers)}
    written = Written(complete(typed, view), desk.reader.today, desk.reader.locale)
    advice = advise(desk.tx, desk.viewer, written, besides=view, focus_limit=desk.focus_limit)
    dismissed = [Dismissed(one.id, one.words, reasons[one.id]) for one in advice.findings if reasons.get(one.id)]
    dismiss_findings(desk.tx, desk.viewer, view.outcome, dismissed, now=now)
