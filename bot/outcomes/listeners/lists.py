"""Listing and finding outcomes."""

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import NotFound, Refused
from bot.outcomes.messages import lists as messages
from bot.outcomes.queries import Page, find_outcome, list_outcomes, search_outcomes
from bot.outcomes.queries.advice import findings_of, outcomes_alike
from bot.outcomes.rules import read_key
from bot.outcomes.rules.lists import Asked, Scope, Typed, read_list, read_scope
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.search.rules import terms
from bot.slack.app import acked
from bot.slack.commands import Word, reply
from bot.slack.message import Message
from bot.slack.mrkdwn import channel_link
from bot.slack.typed import channel_in, person_in, unescaped
from bot.teams.model import Team
from bot.teams.queries import find_team, team_in_channel


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome` to see several."""

    def mine(args: Args, _rest: str) -> None:
        _list(args, db, "")

    def listed(args: Args, rest: str) -> None:
        _list(args, db, rest)

    def search(args: Args, rest: str) -> None:
        reply(args, _found(args, db, unescaped(rest)))

    return [
        Word("/outcome", "", "", "lists your outcomes", mine),
        Word(
            "/outcome",
            "list",
            "list [mine|team|all|@person|#channel] [at-risk|off-track|stale|busy|done]",
            "lists outcomes, the soonest due first",
            listed,
        ),
        Word("/outcome", "search", "search WORDS", "finds outcomes by words, in any order, live or closed", search),
    ]


def register(bolt: App, db: Database) -> None:
    """Listens for the buttons that turn a list's pages."""

    @acked
    def turned(args: Args) -> None:
        asked = Asked.parse((args.action or {}).get("value"))
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            message = _page(tx, viewer, asked, Reader.of(person, db.now(tx)))
        reply(args, message, instead=True)

    bolt.action(messages.TURN_BACK)(turned)
    bolt.action(messages.TURN_ON)(turned)


def asked_by(args: Args, db: Database, typed: Typed) -> Asked | Message:
    """Whose outcomes a line asks for, or the answer to one that names a channel without a team. Raises Refused."""
    viewer, named = viewer_of(args), person_in(typed.whose)
    if named:
        return Asked(Scope.PERSON, introduce(args.client, db, viewer, named).id, typed.narrowed)
    if channel_in(typed.whose) or typed.whose.lower() == "team":
        channel_id = channel_in(typed.whose) or args.body["channel_id"]
        with db.read() as tx:
            team = team_in_channel(tx, viewer, channel_id)
        if team is None:
            return messages.not_a_team_channel(channel_link(channel_id))
        return Asked(Scope.TEAM, str(team.id), typed.narrowed)
    return Asked(read_scope(typed.whose), "", typed.narrowed)


def whose(tx: Tx, viewer: Viewer, asked: Asked) -> str:
    """The title of a list: whose outcomes are on it. Raises NotFound for a team that the viewer may not see."""
    if asked.scope == Scope.MINE:
        return "Your outcomes"
    if asked.scope == Scope.ALL:
        return "All outcomes you can see"
    if asked.scope == Scope.TEAM:
        return _team(tx, viewer, asked).name
    return f"Outcomes of {_name(tx, viewer, asked)}"


def _list(args: Args, db: Database, text: str) -> None:
    person, viewer = introduced(args, db), viewer_of(args)
    asked = asked_by(args, db, read_list(text))
    if isinstance(asked, Message):
        return reply(args, asked)
    with db.read() as tx:
        message = _page(tx, viewer, asked, Reader.of(person, db.now(tx)))
    return reply(args, message)


def _page(tx: Tx, viewer: Viewer, asked: Asked, reader: Reader) -> Message:
    title, empty = whose(tx, viewer, asked), _when_empty(tx, viewer, asked)
    page = list_outcomes(
        tx,
        viewer,
        today=reader.today,
        owner_id={Scope.MINE: viewer.person_id, Scope.PERSON: asked.whose_id}.get(asked.scope),
        team_ids=[int(asked.whose_id)] if asked.scope == Scope.TEAM else None,
        narrowed=asked.narrowed,
        offset=asked.offset,
    )
    return messages.outcome_list(
        page, title=title, empty=empty, reader=reader, asked=asked, findings=findings_of(tx, viewer, page.views)
    )


def _when_empty(tx: Tx, viewer: Viewer, asked: Asked) -> str:
    """What is said when nothing is on a list."""
    such = messages.narrowed_words(asked.narrowed).removeprefix(", ")
    if asked.scope == Scope.MINE:
        return (
            f"You own no outcome that is {such}." if such else ("You own no outcome yet. /outcome new writes one down.")
        )
    if asked.scope == Scope.ALL:
        return (
            f"No outcome that you can see is {such}."
            if such
            else ("There is no outcome that you can see yet. /outcome new writes one down.")
        )
    if asked.scope == Scope.TEAM:
        return f"{_team(tx, viewer, asked).name} has no outcome {f'that is {such}' if such else 'yet'}."
    return f"{_name(tx, viewer, asked)} owns no outcome that you can see{f' and that is {such}' if such else ''}."


def _team(tx: Tx, viewer: Viewer, asked: Asked) -> Team:
    team = find_team(tx, viewer, int(asked.whose_id)) if asked.whose_id.isdigit() else None
    if team is None:
        raise NotFound("That team is not there any more, or you cannot see it.")
    return team


def _name(tx: Tx, viewer: Viewer, asked: Asked) -> str:
    person = find_person(tx, viewer, asked.whose_id)
    return person.name if person else "Somebody"


def _found(args: Args, db: Database, query: str) -> Message:
    person, viewer, asked = introduced(args, db), viewer_of(args), terms(query)
    if not asked:
        raise Refused("Search for what? Type some words, as in `/outcome search trial conversion`.")
    with db.read() as tx:
        reader = Reader.of(person, db.now(tx))
        page = _by_key(tx, viewer, query) or search_outcomes(tx, viewer, asked)
        if not page.views:
            return messages.nothing_found(query, outcomes_alike(tx, viewer, query), reader=reader)
    return messages.search_result(page, query, reader=reader)


def _by_key(tx: Tx, viewer: Viewer, query: str) -> Page | None:
    """The one outcome, where the query is a key such as OUT-12."""
    try:
        return Page([find_outcome(tx, viewer, read_key(query))], 1)
    except (Refused, NotFound):
        return None
