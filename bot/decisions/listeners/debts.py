"""Seeing decision debt, and one's own calibration."""

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.decisions.messages import debt as messages
from bot.decisions.messages.calibration import my_calibration
from bot.decisions.messages.lists import not_a_team_channel
from bot.decisions.queries.allowed import may_change, may_decide
from bot.decisions.queries.debt import InDebt, debt_page
from bot.decisions.queries.reviewing import calibration_of
from bot.decisions.rules.debt import Debt
from bot.decisions.rules.lists import Asked, Scope
from bot.errors import NotFound, Refused
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.slack.app import acked
from bot.slack.commands import Word, answer, reply
from bot.slack.message import Message
from bot.slack.mrkdwn import channel_link
from bot.slack.typed import channel_in, person_in
from bot.teams.queries import find_team, team_in_channel


def words(db: Database) -> list[Word]:
    """What can be typed after `/decision` about what is missing, and about oneself."""

    def debt(args: Args, rest: str) -> None:
        person, viewer, typed = introduced(args, db), viewer_of(args), rest.strip()
        named = person_in(typed)
        other = introduce(args.client, db, viewer, named) if named else None
        with db.read() as tx:
            reader, channel_id = Reader.of(person, db.now(tx)), channel_in(typed)
            if other is not None:
                asked = Asked(Scope.PERSON, other.id)
            elif typed.lower() in ("mine", "me"):
                asked = Asked(Scope.MINE)
            elif channel_id or typed.lower() == "team":
                team = team_in_channel(tx, viewer, channel_id or args.body["channel_id"])
                if team is None:
                    return reply(args, not_a_team_channel(channel_link(channel_id or args.body["channel_id"])))
                asked = Asked(Scope.TEAM, str(team.id))
            elif not typed or typed.lower() == "all":
                asked = Asked(Scope.EVERY)
            else:
                raise Refused("Whose? Type team, mine, a @person or a #channel after `/decision debt`, or nothing.")
            message = _page(tx, viewer, asked, reader)
        return reply(args, message)

    def calibration(args: Args, _rest: str) -> None:
        introduced(args, db)
        with db.read() as tx:
            message = my_calibration(*calibration_of(tx, viewer_of(args)))
        reply(args, message)

    usage, says = "debt [team|mine|@person|#channel]", "shows which decisions are missing, since when, what they block"
    own = "tells you alone how well your confidence foretold what came"
    return [
        Word("/decision", "debt", usage, says, debt),
        Word("/decision", "calibration", "calibration", own, calibration),
    ]


def register(bolt: App, db: Database) -> None:
    """Listens for the buttons that show the debt and turn its pages."""

    @acked
    def turned(args: Args) -> None:
        reply(args, _asked_for(args, db), instead=True)

    @acked
    def shown(args: Args) -> None:
        answer(args, "Decision debt", _asked_for(args, db))

    bolt.action(messages.DEBT_SHOW)(shown)
    bolt.action(messages.DEBT_BACK)(turned)
    bolt.action(messages.DEBT_ON)(turned)


def _asked_for(args: Args, db: Database) -> Message:
    """The page that a button carries."""
    asked = Asked.parse((args.action or {}).get("value"))
    person, viewer = introduced(args, db), viewer_of(args)
    with db.read() as tx:
        return _page(tx, viewer, asked, Reader.of(person, db.now(tx)))


def _page(tx: Tx, viewer: Viewer, asked: Asked, reader: Reader) -> Message:
    page = debt_page(
        tx,
        viewer,
        today=reader.today,
        team_ids=[int(asked.whose_id)] if asked.scope == Scope.TEAM and asked.whose_id.isdigit() else None,
        decider_id={Scope.MINE: viewer.person_id, Scope.PERSON: asked.whose_id}.get(asked.scope),
        offset=asked.offset,
    )
    may = [_may_act(tx, viewer, one) for one in page.debts]
    return messages.debt_list(page, title=_title(tx, viewer, asked), may=may, asked=asked, reader=reader)


def _may_act(tx: Tx, viewer: Viewer, one: InDebt) -> bool:
    """Whether the viewer may do what ends it: name a decider, decide, or review."""
    if Debt.NO_DECIDER in one.kinds:
        return may_change(tx, viewer, one.brief)
    return may_decide(viewer, one.brief)


def _title(tx: Tx, viewer: Viewer, asked: Asked) -> str:
    if asked.scope == Scope.MINE:
        return "Your decision debt"
    if asked.scope == Scope.TEAM:
        team = find_team(tx, viewer, int(asked.whose_id)) if asked.whose_id.isdigit() else None
        if team is None:
            raise NotFound("That team is not there any more, or you cannot see it.")
        return f"Decision debt of {team.name}"
    if asked.scope == Scope.PERSON:
        person = find_person(tx, viewer, asked.whose_id)
        return f"Decision debt of {person.name if person else 'somebody'}"
    return "Decision debt of all teams you can see"
