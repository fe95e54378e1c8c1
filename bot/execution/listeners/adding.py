"""Adding to a path. What was decided against is shown first, and a full path asks what gives way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.execution import messages
from bot.execution.actions import add_action, add_not_doing, held_path
from bot.execution.listeners.carrying import carried_by, channel_of, confirmed, is_new
from bot.execution.listeners.choosing import Choice, gone, open_when_full, read_choice
from bot.execution.messages import answers as said
from bot.execution.messages import forms
from bot.execution.queries import ExecutionPath, Step
from bot.execution.rules import ActionDraft, ActionState, read_draft, read_line, read_not_doing
from bot.language.words import one_line
from bot.outcomes.queries import Brief, find_outcome, find_outcome_by_id
from bot.outcomes.queries.allowed import check_is_live, check_may_change, may_change
from bot.outcomes.rules import read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.people.rules import Viewer
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submitted
from bot.slack.commands import Word, reply
from bot.slack.message import Form, Message
from bot.slack.typed import Answers, unescaped


def words(db: Database, *, limit: int) -> list[Word]:
    """What can be typed after `/outcome` about its path."""

    def action(args: Args, rest: str) -> None:
        _show(args, _action_typed(args, db, rest, limit=limit))

    def not_doing(args: Args, rest: str) -> None:
        _show(args, _not_doing_typed(args, db, rest))

    return [
        Word(
            "/outcome",
            "action",
            "action OUT-12 [text] [by DATE]",
            "adds a step to its path: in a form, or at once as in `action OUT-12 Call ten users by friday`",
            action,
        ),
        Word(
            "/outcome",
            "notdoing",
            "notdoing OUT-12 text [because …]",
            "writes down what is left undone, and why; it answers whoever proposes it again",
            not_doing,
        ),
    ]


def register(bolt: App, db: Database, *, limit: int, show_home: Callable[[Args], None]) -> None:
    """Listens for the forms that add to a path."""

    @acked
    def add_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        [outcome_id] = carried_ids((args.action or {}).get("value"), 1)
        with db.begin() as tx:
            view, reader = find_outcome_by_id(tx, viewer, outcome_id), Reader.of(person, db.now(tx))
            place = _Place.of(tx, viewer, view, limit=limit, reader=reader, channel_id=channel_of(args))
        open_form(args, place.form(ActionDraft("", person.id)))

    def added(args: Args) -> Ephemeral | Form | None:
        answers, person, viewer = Answers(args.view or {}), introduced(args, db), viewer_of(args)
        [outcome_id, shown_line], channel_id = carried_by(args, 2)
        owner = introduce(args.client, db, viewer, answers["owner"] or person.id)
        with db.begin() as tx:
            now = db.now(tx)
            reader = Reader.of(person, now)
            view = find_outcome_by_id(tx, viewer, outcome_id)
            place = _Place.of(tx, viewer, view, limit=limit, reader=reader, channel_id=channel_id)
            draft = read_draft(answers, owner_id=owner.id, today=reader.today, locale=person.locale)
            choice = read_choice(answers, place.full)
            if place.asks_first(draft, shown_line=shown_line, choice=choice):
                return place.form(draft)
            if not is_new(tx, args, now=now):
                return None
            if choice is not None and choice.is_new_one:
                line = add_not_doing(tx, viewer, view, draft.text, one_line(answers["reason"]), now=now)
                what, message = "notdoing", said.not_doing_kept(view, line)
            else:
                gives_way = choice.gives_way if choice else None
                step = add_action(tx, viewer, view, draft, owner, limit=limit, now=now, gives_way=gives_way)
                what, message = f"action:{step.action.id}:added", _added(step, reader, gone(tx, viewer, gives_way))
            return confirmed(tx, args, channel_id, what, message, now=now)

    def not_doing_saved(args: Args) -> Ephemeral | None:
        answers, viewer = Answers(args.view or {}), viewer_of(args)
        introduced(args, db)
        [outcome_id], channel_id = carried_by(args, 1)
        with db.begin() as tx:
            now, view = db.now(tx), find_outcome_by_id(tx, viewer, outcome_id)
            if not is_new(tx, args, now=now):
                return None
            texts = one_line(answers["text"]), one_line(answers["reason"])
            line = add_not_doing(tx, viewer, view, *texts, now=now)
            return confirmed(tx, args, channel_id, "notdoing", said.not_doing_kept(view, line), now=now)

    bolt.action(messages.ADD_BUTTON)(add_pressed)
    bolt.view(forms.ADD)(submitted(added, then=show_home))
    bolt.view(forms.NOT_DOING)(submitted(not_doing_saved))


@dataclass(frozen=True)
class _Place:
    """Where somebody is about to add an action."""

    view: Brief
    path: ExecutionPath
    full: Sequence[Step]
    may_change: bool
    reader: Reader
    channel_id: str

    @classmethod
    def of(cls, tx: Tx, viewer: Viewer, view: Brief, *, limit: int, reader: Reader, channel_id: str) -> "_Place":
        """The path of a live outcome, held for this transaction. Raises Refused for a closed one."""
        path = held_path(tx, viewer, view)
        check_is_live(view)
        changes = may_change(tx, viewer, view)
        full = open_when_full(path, limit) if changes else ()
        return cls(view, path, full, changes, reader, channel_id)

    def asks_first(self, draft: ActionDraft, *, shown_line: int = 0, choice: Choice | None = None) -> bool:
        """Whether something has to be asked before the action is added.

        Args:
            shown_line: the not-doing line that the person has seen and goes against.
        """
        if choice is not None and choice.is_new_one:
            return False
        line = self.path.left_undone(draft.text)
        return (line is not None and line.id != shown_line) or (bool(self.full) and choice is None)

    def form(self, draft: ActionDraft) -> Form:
        """The form with that draft in it, and with everything that has to be asked."""
        return forms.add_form(
            self.view,
            draft,
            reader=self.reader,
            channel_id=self.channel_id,
            may_change=self.may_change,
            line=self.path.left_undone(draft.text),
            full=self.full,
        )


def _action_typed(args: Args, db: Database, rest: str, *, limit: int) -> Form | Message | None:
    key, _, typed = rest.partition(" ")
    number, person, viewer = read_key(key), introduced(args, db), viewer_of(args)
    with db.begin() as tx:
        now = db.now(tx)
        reader = Reader.of(person, now)
        view, channel_id = find_outcome(tx, viewer, number), args.body["channel_id"]
        place = _Place.of(tx, viewer, view, limit=limit, reader=reader, channel_id=channel_id)
        draft = read_line(unescaped(typed), owner_id=person.id, today=reader.today, locale=person.locale)
        if not draft.text or place.asks_first(draft):
            return place.form(draft)
        if not is_new(tx, args, now=now):
            return None
        return _added(add_action(tx, viewer, view, draft, person, limit=limit, now=now), reader, None)


def _not_doing_typed(args: Args, db: Database, rest: str) -> Form | Message | None:
    key, _, typed = rest.partition(" ")
    number, viewer = read_key(key), viewer_of(args)
    introduced(args, db)
    text, reason = read_not_doing(unescaped(typed))
    with db.begin() as tx:
        now, view = db.now(tx), find_outcome(tx, viewer, number)
        if not (text and reason):
            check_may_change(tx, viewer, view, "say what is not done for it")
            check_is_live(view)
            return forms.not_doing_form(view, text, channel_id=args.body["channel_id"])
        if not is_new(tx, args, now=now):
            return None
        return said.not_doing_kept(view, add_not_doing(tx, viewer, view, text, reason, now=now))


def _added(step: Step, reader: Reader, gave_way: Step | None) -> Message:
    if step.action.state == ActionState.PROPOSED:
        return said.action_proposed(step, reader=reader)
    return said.action_added(step, reader=reader, gave_way=gave_way)


def _show(args: Args, shown: Form | Message | None) -> None:
    if isinstance(shown, Form):
        open_form(args, shown)
    elif shown is not None:
        reply(args, shown)
