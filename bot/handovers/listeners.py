"""What people do with handovers: offer an outcome, accept, decline, withdraw."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.errors import Refused
from bot.handovers import messages
from bot.handovers.actions.answering import accept_offer, decline_offer
from bot.handovers.actions.holding import check_is_answerable
from bot.handovers.actions.offering import offer_outcome, withdraw_offer
from bot.handovers.messages import forms, news
from bot.handovers.queries import Offer, find_offer, open_offer
from bot.handovers.rules import HandoverState
from bot.outcomes.queries import find_outcome, find_outcome_by_id
from bot.outcomes.queries.allowed import check_is_live, check_may_change
from bot.outcomes.rules import read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word, answer, reply
from bot.slack.message import Message
from bot.slack.typed import Answers, person_in, unescaped
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome` to hand one over."""

    def handover(args: Args, rest: str) -> None:
        key, named, note = [*rest.split(maxsplit=2), "", "", ""][:3]
        number, person_id, viewer = read_key(key), person_in(named), viewer_of(args)
        introduced(args, db)
        with db.read() as tx:
            outcome_id = find_outcome(tx, viewer, number).outcome.id
        if person_id:
            _offer_in_one_line(args, db, outcome_id, person_id, unescaped(note))
        elif named:
            raise Refused(f"Name the new owner with an @, as in /outcome handover OUT-{number} @person")
        else:
            _open_offer_form(args, db, outcome_id, channel_id=args.body["channel_id"])

    usage = "handover OUT-12 [@person] [note]"
    return [Word("/outcome", "handover", usage, "offers an outcome to a new owner, who accepts or declines", handover)]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the buttons and forms of handovers. `show_home` brings a person's App Home up to date."""

    @acked
    def offer_pressed(args: Args) -> None:
        introduced(args, db)
        channel_id = (args.body.get("channel") or {}).get("id", "")
        _open_offer_form(args, db, _pressed(args), channel_id=channel_id)

    def offered(args: Args) -> Ephemeral | None:
        view, viewer, answers = args.view or {}, viewer_of(args), Answers(args.view or {})
        carried, _, channel_id = view["private_metadata"].partition(" ")
        [outcome_id] = carried_ids(carried, 1)
        introduced(args, db)
        to = introduce(args.client, db, viewer, answers["person"] or viewer.person_id)
        with db.begin() as tx:
            now = db.now(tx)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            offer = offer_outcome(tx, viewer, outcome_id, to=to, note=answers["note"], now=now)
            key, said = f"handover:{offer.handover.id}:confirmed", _made(offer)
            return confirm(tx, viewer, channel_id=channel_id, key=key, message=said, now=now)

    @acked
    def accept(args: Args) -> None:
        introduced(args, db)
        with db.begin() as tx:
            offer = accept_offer(tx, viewer_of(args), _pressed(args), now=db.now(tx))
        _say(args, offer, news.offer_accepted(offer), show_home)

    @acked
    def decline(args: Args) -> None:
        introduced(args, db)
        with db.read() as tx:
            offer = find_offer(tx, viewer_of(args), _pressed(args))
            check_is_answerable(viewer_of(args), offer)
        open_form(args, forms.decline_form(offer))

    def declined(args: Args) -> None:
        view, viewer = args.view or {}, viewer_of(args)
        [handover_id] = carried_ids(view["private_metadata"], 1)
        introduced(args, db)
        with db.begin() as tx:
            now = db.now(tx)
            if is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                decline_offer(tx, viewer, handover_id, reason=Answers(view)["reason"], now=now)

    @acked
    def withdraw(args: Args) -> None:
        introduced(args, db)
        with db.begin() as tx:
            offer = withdraw_offer(tx, viewer_of(args), _pressed(args), now=db.now(tx))
        _say(args, offer, news.offer_taken_back(offer), show_home)

    bolt.action(messages.OFFER)(offer_pressed)
    bolt.view(messages.OFFERED)(submitted(offered, then=show_home))
    bolt.action(messages.ACCEPT)(accept)
    bolt.action(messages.DECLINE)(decline)
    bolt.view(messages.DECLINED)(submitted(declined, then=show_home))
    bolt.action(messages.WITHDRAW)(withdraw)


def _pressed(args: Args) -> int:
    """The one id that the pressed button carries."""
    [carried] = carried_ids((args.action or {}).get("value"), 1)
    return carried


def _say(args: Args, offer: Offer, message: Message, show_home: Callable[[Args], None]) -> None:
    """Says what came of a press; at home, by what is shown there then."""
    if (args.body.get("view") or {}).get("type") == "home":
        show_home(args)
    else:
        answer(args, offer.view.outcome.key, message)


def _open_offer_form(args: Args, db: Database, outcome_id: int, *, channel_id: str) -> None:
    viewer, person = viewer_of(args), introduced(args, db)
    with db.read() as tx:
        view = find_outcome_by_id(tx, viewer, outcome_id)
        check_may_change(tx, viewer, view, "hand it over")
        check_is_live(view)
        earlier, reader = open_offer(tx, viewer, outcome_id), Reader.of(person, db.now(tx))
    open_form(args, forms.offer_form(view, earlier, reader=reader, channel_id=channel_id))


def _offer_in_one_line(args: Args, db: Database, outcome_id: int, person_id: str, note: str) -> None:
    """Offers what was typed in one line; a command that was heard before is not acted upon again."""
    viewer, trigger = viewer_of(args), args.body.get("trigger_id")
    to = introduce(args.client, db, viewer, person_id)
    with db.begin() as tx:
        now, gesture = db.now(tx), f"command:{trigger}"
        if trigger and not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=gesture, now=now):
            return
        offer = offer_outcome(tx, viewer, outcome_id, to=to, note=note, now=now)
    reply(args, _made(offer))


def _made(offer: Offer) -> Message:
    is_theirs = offer.handover.state == HandoverState.ACCEPTED
    return news.offer_accepted(offer) if is_theirs else news.offer_made(offer)
