"""Listing decisions, finding them, and showing one."""

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.decisions.messages import HISTORY_BUTTON, SHOW, TURN_BACK, TURN_ON
from bot.decisions.messages import lists as messages
from bot.decisions.messages.card import May, decision_card, may_object
from bot.decisions.messages.history import MOST_LINES, decision_history
from bot.decisions.queries import DecisionView, decisions_by_id, find_decision, find_decision_by_id
from bot.decisions.queries.allowed import may_change, may_decide
from bot.decisions.queries.beside import with_answers
from bot.decisions.queries.history import history_of
from bot.decisions.queries.lists import DecisionPage, list_decisions, search_decisions
from bot.decisions.rules import read_key
from bot.decisions.rules.lists import Asked, Scope, narrowed_or_usual, read_list, read_scope
from bot.errors import NotFound, Refused
from bot.obstacles.messages import ANSWER_BUTTON
from bot.obstacles.queries import find_obstacle
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.search.rules import terms
from bot.slack.app import acked, pressed_id
from bot.slack.commands import Word, answer, reply
from bot.slack.message import Message
from bot.slack.mrkdwn import channel_link
from bot.slack.typed import channel_in, person_in, unescaped
from bot.teams.queries import find_team, team_in_channel, visible_teams


def words(db: Database) -> list[Word]:
    """What can be typed after `/decision` to see one or several."""

    def listed(args: Args, rest: str) -> None:
        _list(args, db, rest)

    def search(args: Args, rest: str) -> None:
        reply(args, _found(args, db, unescaped(rest)))

    def show(args: Args, rest: str) -> None:
        number, person, viewer = read_key(rest), introduced(args, db), viewer_of(args)
        with db.read() as tx:
            view = find_decision(tx, viewer, number)
            message = _card(tx, viewer, view, Reader.of(person, db.now(tx)), db)
        reply(args, message)

    return [
        Word(
            "/decision",
            "list",
            "list [mine|team|@person|#channel] [open|overdue|review|all]",
            "lists decisions; without more, the open ones, the soonest needed first",
            listed,
        ),
        Word("/decision", "show", "show DEC-3", "shows everything about one", show),
        Word(
            "/decision",
            "search",
            "search WORDS",
            "finds decisions by words, in any order, whatever became of them",
            search,
        ),
    ]


def register(bolt: App, db: Database) -> None:
    """Listens for the button that shows one, and for those that turn a list's pages."""

    @acked
    def show_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            view = find_decision_by_id(tx, viewer, pressed_id(args))
            message = _card(tx, viewer, view, Reader.of(person, db.now(tx)), db)
        answer(args, view.decision.key, message)

    @acked
    def turned(args: Args) -> None:
        asked = Asked.parse((args.action or {}).get("value"))
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            message = _page(tx, viewer, asked, Reader.of(person, db.now(tx)))
        reply(args, message, instead=True)

    @acked
    def answer_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            [asked] = with_answers(tx, viewer, [find_obstacle(tx, viewer, pressed_id(args))])
            if asked.answer is None:
                raise NotFound("That decision is not there any more, or you cannot see it.")
            view = find_decision_by_id(tx, viewer, asked.answer.decision_id)
            message = _card(tx, viewer, view, Reader.of(person, db.now(tx)), db)
        answer(args, view.decision.key, message)

    @acked
    def history_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            view = find_decision_by_id(tx, viewer, pressed_id(args))
            history = history_of(tx, viewer, view.decision.id, limit=MOST_LINES + 1)
            teams = frozenset(team.name for team in visible_teams(tx, viewer))
            message = decision_history(view, history, teams=teams, reader=Reader.of(person, db.now(tx)))
        answer(args, f"History of {view.decision.key}", message)

    bolt.action(HISTORY_BUTTON)(history_pressed)
    bolt.action(ANSWER_BUTTON)(answer_pressed)
    bolt.action(SHOW)(show_pressed)
    bolt.action(TURN_BACK)(turned)
    bolt.action(TURN_ON)(turned)


def _card(tx: Tx, viewer: Viewer, view: DecisionView, reader: Reader, db: Database) -> Message:
    may = May(
        decide=may_decide(viewer, view),
        change=may_change(tx, viewer, view),
        object=may_object(view, viewer.person_id, now=db.now(tx)),
    )
    return decision_card(view, may, reader=reader)


def _list(args: Args, db: Database, text: str) -> None:
    person, viewer, typed = introduced(args, db), viewer_of(args), read_list(text)
    named = person_in(typed.whose)
    other = introduce(args.client, db, viewer, named) if named else None
    with db.read() as tx:
        reader = Reader.of(person, db.now(tx))
        if other is not None:
            asked = _asked(Scope.PERSON, other.id, text)
        elif channel_in(typed.whose) or typed.whose.lower() == "team":
            channel_id = channel_in(typed.whose) or args.body["channel_id"]
            team = team_in_channel(tx, viewer, channel_id)
            if team is None:
                return reply(args, messages.not_a_team_channel(channel_link(channel_id)))
            asked = _asked(Scope.TEAM, str(team.id), text)
        else:
            asked = _asked(read_scope(typed.whose), "", text)
        message = _page(tx, viewer, asked, reader)
    return reply(args, message)


def _asked(scope: Scope, whose_id: str, text: str) -> Asked:
    return Asked(scope, whose_id, narrowed_or_usual(read_list(text).narrowed, scope))


def _page(tx: Tx, viewer: Viewer, asked: Asked, reader: Reader) -> Message:
    title, none = _titled(tx, viewer, asked)
    such = messages.SUCH[asked.narrowed]
    page = list_decisions(
        tx,
        viewer,
        today=reader.today,
        decider_id={Scope.MINE: viewer.person_id, Scope.PERSON: asked.whose_id}.get(asked.scope),
        team_ids=[int(asked.whose_id)] if asked.scope == Scope.TEAM else None,
        narrowed=asked.narrowed,
        offset=asked.offset,
    )
    empty = f"{none} that is {such}." if such else f"{none} yet. /decision need opens one, /decision logs one."
    heading = f"{title}, {such}" if such else title
    return messages.decision_list(page, title=heading, empty=empty, reader=reader, asked=asked)


def _titled(tx: Tx, viewer: Viewer, asked: Asked) -> tuple[str, str]:
    """The title of a list, and the beginning of what is said when nothing is on it."""
    if asked.scope == Scope.MINE:
        return "Yours to decide", "You decide nothing"
    if asked.scope == Scope.EVERY:
        return "Decisions you can see", "There is no decision you can see"
    if asked.scope == Scope.TEAM:
        team = find_team(tx, viewer, int(asked.whose_id)) if asked.whose_id.isdigit() else None
        if team is None:
            raise NotFound("That team is not there any more, or you cannot see it.")
        return f"Decisions of {team.name}", f"{team.name} has no decision"
    person = find_person(tx, viewer, asked.whose_id)
    name = person.name if person else "Somebody"
    return f"Decided by {name}", f"{name} decides nothing you can see"


def _found(args: Args, db: Database, query: str) -> Message:
    person, viewer, asked = introduced(args, db), viewer_of(args), terms(query)
    if not asked:
        raise Refused("Search for what? Type some words, as in `/decision search annual prices`.")
    with db.read() as tx:
        reader = Reader.of(person, db.now(tx))
        page = _by_key(tx, viewer, query) or search_decisions(tx, viewer, asked)
    return messages.search_result(page, query, reader=reader) if page.decisions else messages.nothing_found(query)


def _by_key(tx: Tx, viewer: Viewer, query: str) -> DecisionPage | None:
    """The one decision, where the query is a key such as DEC-3."""
    try:
        found = find_decision(tx, viewer, read_key(query))
    except (Refused, NotFound):
        return None
    return DecisionPage(decisions_by_id(tx, viewer, [found.decision.id]), 1)
