"""An outcome is offered, accepted, declined, withdrawn or given back."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.checkins.model import CheckIn
from bot.db.database import Database
from bot.errors import FormRefused, NotAllowed, NotFound, Refused
from bot.handovers.actions.answering import accept_offer, decline_offer
from bot.handovers.actions.offering import offer_outcome, withdraw_offer
from bot.handovers.jobs import next_offer_due, offers_due
from bot.handovers.model import Handover
from bot.handovers.queries import Offer, times_handed_over
from bot.handovers.rules import ANSWERED_WITHIN, HandoverState
from bot.outbox.model import Delivery
from bot.outbox.rules import State
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.model import Change
from bot.outcomes.queries import View, find_outcome
from bot.outcomes.rules import Ending
from bot.people.rules import Viewer
from bot.teams.actions import Membership, note_left
from bot.teams.model import Team
from tests.workspaces.firm import Firm, profile


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA", "ULEAD", "UMAX"])
    return firm.team()


@pytest.fixture
def outcome(firm: Firm, team: Team) -> View:
    return firm.outcome(team, "UOLGA")


def offer(firm: Firm, outcome: View, *, by: str = "UOLGA", to: str = "UMAX", note: str = "") -> Offer:
    with firm.db.begin() as tx:
        return offer_outcome(tx, firm.viewer(by), outcome.outcome.id, to=firm.people[to], note=note, now=firm.now)


def accept(firm: Firm, offer: Offer, *, by: str = "UMAX") -> Offer:
    with firm.db.begin() as tx:
        return accept_offer(tx, firm.viewer(by), offer.handover.id, now=firm.now)


def decline(firm: Firm, offer: Offer, *, by: str = "UMAX", reason: str = "") -> Offer:
    with firm.db.begin() as tx:
        return decline_offer(tx, firm.viewer(by), offer.handover.id, reason=reason, now=firm.now)


def withdraw(firm: Firm, offer: Offer, *, by: str = "UOLGA") -> Offer:
    with firm.db.begin() as tx:
        return withdraw_offer(tx, firm.viewer(by), offer.handover.id, now=firm.now)


def close(firm: Firm, _offer: Offer | None = None) -> None:
    with firm.db.begin() as tx:
        olga = firm.viewer("UOLGA")
        close_outcome(tx, olga, find_outcome(tx, olga, 1), Closing(Ending.MISSED), now=firm.now)


def owner(firm: Firm) -> str:
    return firm.see("ULEAD", 1).owner.id


def deliveries(firm: Firm) -> list[Delivery]:
    with firm.db.read() as tx:
        return list(tx.scalars(select(Delivery).order_by(Delivery.id)))


def told(firm: Firm) -> list[tuple[str, str]]:
    """The keys and places of what is owed."""
    return [(one.key, one.place) for one in deliveries(firm) if one.state == State.OWED]


def words(firm: Firm, key: str) -> str:
    """The newest words under a key."""
    return next(one.text for one in reversed(deliveries(firm)) if one.key.partition("#")[0] == key)


def sent(firm: Firm) -> None:
    """Everything that is owed has gone out."""
    with firm.db.begin() as tx:
        for one in tx.scalars(select(Delivery).where(Delivery.state == State.OWED)):
            one.state, one.sent_at, one.channel, one.ts = State.SENT, firm.now, "D1", str(one.id)


def states(firm: Firm) -> list[str]:
    with firm.db.read() as tx:
        return [str(state) for state in tx.scalars(select(Handover.state).order_by(Handover.id))]


def history(firm: Firm) -> list[tuple[str, str, str, str]]:
    with firm.db.read() as tx:
        lines = tx.scalars(select(Change).where(Change.what != "created").order_by(Change.id))
        return [(line.what, line.actor_id, line.before, line.after) for line in lines]


def at_once(*doing: Callable[[], object]) -> list[Exception]:
    """Does all of these in the same moment, and answers what was refused."""
    start, refused = threading.Barrier(len(doing)), []

    def run(one: Callable[[], object]) -> None:
        start.wait(10)
        try:
            one()
        except Exception as error:
            refused.append(error)

    threads = [threading.Thread(target=run, args=[one]) for one in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return refused


# Offering


def test_the_new_owner_gets_one_message_and_the_outcome_stays_where_it_is(firm: Firm, outcome: View) -> None:
    offer(firm, outcome, note="You know the reports best")
    assert told(firm) == [("handover:1:offered", "UMAX")]
    said = words(firm, "handover:1:offered")
    for part in (
        "Olga",
        "OUT-1",
        "Trial users reach their first report",
        "Reports",
        "May 4",
        "You know the reports best",
    ):
        assert part in said
    assert owner(firm) == "UOLGA"
    assert history(firm) == [("handover offered", "UOLGA", "Olga", "Max")]


@pytest.mark.parametrize("by", ["UOLGA", "ULEAD", "UANN"])
def test_the_owner_the_lead_and_an_admin_may_offer(firm: Firm, outcome: View, by: str) -> None:
    assert offer(firm, outcome, by=by).by.id == by


def test_anybody_else_is_told_who_may(firm: Firm, outcome: View) -> None:
    with pytest.raises(NotAllowed, match="the lead of Team C1 or an admin can hand it over"):
        offer(firm, outcome, by="UMAX")
    assert states(firm) == []


def test_the_present_owner_owns_it_already(firm: Firm, outcome: View) -> None:
    with pytest.raises(FormRefused, match="Olga owns OUT-1 already"):
        offer(firm, outcome, to="UOLGA", by="ULEAD")


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (profile("UNEW", name="Nora", is_active=False), "Nora is deactivated"),
        (profile("UNEW", name="Nora", is_bot=True), "Nora is a bot"),
        (profile("UNEW", name="Nora", is_guest=True), "Nora is not in the channel"),
    ],
)
def test_somebody_who_cannot_own_it_is_not_asked(firm: Firm, outcome: View, who: object, why: str) -> None:
    firm.meet(who)  # type: ignore[arg-type]  # a profile, from a parameter
    with pytest.raises(FormRefused, match=why) as refused:
        offer(firm, outcome, to="UNEW")
    assert list(refused.value.errors) == ["person"]
    assert told(firm) == []


def test_nobody_outside_a_private_channel_is_asked(firm: Firm) -> None:
    firm.channel("C2", ["UOLGA", "ULEAD"], is_private=True)
    hidden = firm.outcome(firm.team("C2"), "UOLGA")
    with pytest.raises(FormRefused, match="Max is not in the channel of Team C2"):
        offer(firm, hidden)


def test_a_closed_outcome_is_not_offered(firm: Firm, outcome: View) -> None:
    close(firm)
    with pytest.raises(Refused, match="OUT-1 is closed"):
        offer(firm, outcome)


def test_a_note_has_a_limit(firm: Firm, outcome: View) -> None:
    with pytest.raises(Refused, match="1,001 characters"):
        offer(firm, outcome, note="x" * 1_001)


def test_a_new_offer_withdraws_the_one_before_and_says_so_in_its_message(firm: Firm, outcome: View) -> None:
    offer(firm, outcome)
    sent(firm)
    offer(firm, outcome, by="ULEAD", to="UANN")
    assert states(firm) == ["withdrawn", "offered"]
    assert told(firm) == [("handover:1:offered#r1", "UMAX"), ("handover:2:offered", "UANN")]
    assert "was withdrawn" in words(firm, "handover:1:offered")


def test_an_offer_withdrawn_before_it_went_out_is_never_said(firm: Firm, outcome: View) -> None:
    withdraw(firm, offer(firm, outcome))
    assert told(firm) == []
    assert states(firm) == ["withdrawn"]


def test_nobody_is_asked_twice(firm: Firm, outcome: View) -> None:
    offer(firm, outcome)
    with pytest.raises(FormRefused, match="is offered to Max already"):
        offer(firm, outcome, by="ULEAD")
    assert states(firm) == ["offered"]


@pytest.mark.parametrize("taker", ["ULEAD", "UANN"])
def test_a_lead_or_admin_who_takes_it_themselves_has_it_at_once(firm: Firm, outcome: View, taker: str) -> None:
    offer(firm, outcome, by=taker, to=taker)
    assert owner(firm) == taker
    assert told(firm) == [("handover:1:accepted", "C1"), ("handover:1:accepted:UOLGA", "UOLGA")]
    assert "takes over" in words(firm, "handover:1:accepted")


def test_a_lead_who_was_offered_it_and_takes_it_accepts_that_offer(firm: Firm, outcome: View) -> None:
    offer(firm, outcome, to="ULEAD")
    offer(firm, outcome, by="ULEAD", to="ULEAD")
    assert states(firm) == ["accepted"]
    assert owner(firm) == "ULEAD"


def test_the_outcome_of_an_owner_who_left_is_offered_as_usual(firm: Firm, outcome: View) -> None:
    firm.meet(profile("UOLGA", name="Olga", is_active=False))
    accept(firm, offer(firm, outcome, by="ULEAD"))
    assert owner(firm) == "UMAX"
    assert [place for _, place in told(firm)] == ["UMAX", "C1", "ULEAD"]


# Accepting


def test_who_accepts_owns_it_and_everybody_concerned_hears_once(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome, by="ULEAD")
    sent(firm)
    accept(firm, made)
    assert owner(firm) == "UMAX"
    assert told(firm) == [
        ("handover:1:accepted", "C1"),
        ("handover:1:accepted:UOLGA", "UOLGA"),
        ("handover:1:accepted:ULEAD", "ULEAD"),
        ("handover:1:offered#r1", "UMAX"),
    ]
    assert words(firm, "handover:1:accepted").startswith("Lea hands *OUT-1* from Olga to Max: Trial users")
    assert "You are not asked about it any more" in words(firm, "handover:1:accepted:UOLGA")
    assert "not asked" not in words(firm, "handover:1:accepted:ULEAD")
    assert words(firm, "handover:1:offered").startswith("You own *OUT-1*")
    assert [line[0] for line in history(firm)] == ["handover offered", "handover accepted", "owner"]


def test_an_owner_who_offered_it_themselves_hears_once(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome)
    sent(firm)
    accept(firm, made)
    assert [place for _, place in told(firm)] == ["C1", "UOLGA", "UMAX"]
    assert words(firm, "handover:1:accepted") == "Olga hands *OUT-1* to Max: Trial users reach their first report"


def test_an_old_owner_who_cannot_see_the_team_any_more_is_not_told(firm: Firm) -> None:
    firm.channel("C2", ["UOLGA", "ULEAD", "UMAX"], is_private=True)
    made = offer(firm, firm.outcome(firm.team("C2"), "UOLGA"), by="ULEAD")
    with firm.db.begin() as tx:
        note_left(tx, Membership("T1", "C2", "UOLGA", False))
    sent(firm)
    accept(firm, made)
    assert [place for _, place in told(firm)] == ["C2", "ULEAD", "UMAX"]


@pytest.mark.parametrize("answer", [accept, decline])
def test_only_the_person_it_was_offered_to_answers(firm: Firm, outcome: View, answer: Callable[..., Offer]) -> None:
    made = offer(firm, outcome)
    with pytest.raises(NotAllowed, match="offered to Max; only they can answer"):
        answer(firm, made, by="ULEAD")
    assert states(firm) == ["offered"]


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (accept, "Max accepted OUT-1 already"),
        (decline, "Max declined OUT-1 already. Olga owns it"),
        (withdraw, "was withdrawn meanwhile. Olga owns it"),
        (close, "OUT-1 is closed"),
    ],
)
@pytest.mark.parametrize("answer", [accept, decline, withdraw])
def test_what_is_settled_is_answered_with_a_sentence(
    firm: Firm, outcome: View, before: Callable[..., object], sentence: str, answer: Callable[..., Offer]
) -> None:
    made = offer(firm, outcome)
    before(firm, made)
    so_far = (states(firm), owner(firm), told(firm))
    with pytest.raises(Refused, match=sentence):
        answer(firm, made)
    assert (states(firm), owner(firm), told(firm)) == so_far


def test_who_left_the_private_channel_cannot_accept_what_they_cannot_see(firm: Firm) -> None:
    firm.channel("C2", ["UOLGA", "ULEAD", "UMAX"], is_private=True)
    made = offer(firm, firm.outcome(firm.team("C2"), "UOLGA"))
    with firm.db.begin() as tx:
        note_left(tx, Membership("T1", "C2", "UMAX", False))
    with pytest.raises(NotFound, match="you cannot see its outcome"):
        accept(firm, made)


def test_an_offer_of_another_workspace_is_not_there(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome)
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UMAX"))
    with pytest.raises(NotFound, match="not there any more"):
        accept(other, made)


def test_two_clicks_on_accept_at_once_hand_it_over_once(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome)
    refused = at_once(*[lambda: accept(firm, made)] * 2)
    assert [str(error) for error in refused] == ["Max accepted OUT-1 already."]
    assert owner(firm) == "UMAX"
    assert [line[0] for line in history(firm)] == ["handover offered", "handover accepted", "owner"]


def test_accept_and_withdraw_at_once_have_one_winner(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome)
    [refused] = at_once(lambda: accept(firm, made), lambda: withdraw(firm, made))
    assert isinstance(refused, Refused)
    assert (states(firm), owner(firm)) in [(["accepted"], "UMAX"), (["withdrawn"], "UOLGA")]


def test_two_offers_at_once_leave_one_open(firm: Firm, outcome: View) -> None:
    assert at_once(lambda: offer(firm, outcome), lambda: offer(firm, outcome, by="ULEAD", to="UANN")) == []
    assert states(firm) == ["withdrawn", "offered"]


# Declining and withdrawing


def test_a_declined_offer_goes_back_to_the_lead_with_the_reason(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome, by="ULEAD")
    sent(firm)
    decline(firm, made, reason="I am full until May")
    assert owner(firm) == "UOLGA"
    assert told(firm) == [("handover:1:offered#r1", "UMAX"), ("handover:1:declined", "ULEAD")]
    assert "“I am full until May”" in words(firm, "handover:1:declined")
    assert words(firm, "handover:1:offered").startswith("You declined *OUT-1*")
    assert history(firm)[-1] == ("handover declined", "UMAX", "Max", "I am full until May")


def test_whoever_offered_it_hears_of_the_refusal_too(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome)
    sent(firm)
    decline(firm, made)
    assert [place for _, place in told(firm)] == ["UMAX", "ULEAD", "UOLGA"]


def test_a_lead_who_declines_gives_it_back_to_the_teams_channel(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome, by="UANN", to="ULEAD")
    sent(firm)
    decline(firm, made, by="ULEAD")
    assert [place for _, place in told(firm)] == ["ULEAD", "C1", "UANN"]


def test_where_the_lead_is_gone_the_teams_channel_hears(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome)
    firm.meet(profile("ULEAD", name="Lea", is_active=False))
    decline(firm, made)
    assert ("handover:1:declined", "C1") in told(firm)


def test_a_reason_has_a_limit(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome)
    with pytest.raises(Refused, match="1,001 characters"):
        decline(firm, made, reason="x" * 1_001)
    assert states(firm) == ["offered"]


def test_a_withdrawn_offer_says_so_in_its_message(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome)
    sent(firm)
    withdraw(firm, made, by="ULEAD")
    assert told(firm) == [("handover:1:offered#r1", "UMAX")]
    assert history(firm)[-1] == ("handover withdrawn", "ULEAD", "Max", "")


def test_who_was_only_asked_cannot_withdraw(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome)
    with pytest.raises(NotAllowed, match="can withdraw the offer"):
        withdraw(firm, made, by="UMAX")


# Nobody answers


def test_an_offer_that_nobody_answers_goes_back_to_the_lead_once(firm: Firm, outcome: View) -> None:
    offer(firm, outcome)
    sent(firm)
    assert next_offer_due(firm.db) == firm.now + ANSWERED_WITHIN
    firm.clock.advance(ANSWERED_WITHIN - timedelta(seconds=1))
    assert offers_due(firm.db) == 0
    firm.clock.advance(timedelta(seconds=1))
    assert offers_due(firm.db) == 1
    assert told(firm) == [("handover:1:unanswered", "ULEAD")]
    assert "has not answered" in words(firm, "handover:1:unanswered")
    assert next_offer_due(firm.db) is None
    firm.clock.advance(ANSWERED_WITHIN)
    assert offers_due(firm.db) == 0


def test_it_can_still_be_accepted_then(firm: Firm, outcome: View) -> None:
    made = offer(firm, outcome)
    firm.clock.advance(ANSWERED_WITHIN)
    offers_due(firm.db)
    accept(firm, made)
    assert owner(firm) == "UMAX"


def test_somebody_who_was_deactivated_before_answering_is_named_as_such(firm: Firm, outcome: View) -> None:
    offer(firm, outcome)
    firm.meet(profile("UMAX", name="Max", is_active=False))
    firm.clock.advance(ANSWERED_WITHIN)
    offers_due(firm.db)
    assert "Max's account was deactivated before they answered" in words(firm, "handover:1:unanswered")


@pytest.mark.parametrize("answer", [accept, decline, withdraw])
def test_an_answered_offer_does_not_come_back(firm: Firm, outcome: View, answer: Callable[..., Offer]) -> None:
    answer(firm, offer(firm, outcome))
    assert next_offer_due(firm.db) is None
    firm.clock.advance(ANSWERED_WITHIN)
    assert offers_due(firm.db) == 0


def test_nobody_is_reminded_of_a_closed_outcome(firm: Firm, outcome: View) -> None:
    offer(firm, outcome)
    close(firm)
    sent(firm)
    firm.clock.advance(ANSWERED_WITHIN)
    assert [offers_due(firm.db), offers_due(firm.db)] == [1, 0]
    assert told(firm) == []


def test_two_replicas_give_an_offer_back_once(firm: Firm, outcome: View, database_url: str) -> None:
    offer(firm, outcome)
    sent(firm)
    firm.clock.advance(ANSWERED_WITHIN)
    replica = Database(database_url, firm.clock)
    try:
        assert at_once(lambda: offers_due(firm.db), lambda: offers_due(replica)) == []
    finally:
        replica.dispose()
    assert told(firm) == [("handover:1:unanswered", "ULEAD")]


def test_one_offers_trouble_does_not_hold_up_the_next(firm: Firm, outcome: View, team: Team) -> None:
    offer(firm, outcome)
    firm.clock.advance(timedelta(hours=1))
    offer(firm, firm.outcome(team, "UOLGA"))
    sent(firm)
    with firm.db.begin() as tx:
        # Offered by somebody whom nobody knows: no message can be made of it.
        tx.get_one(Handover, 1).offered_by = "UNOBODY"
    firm.clock.advance(ANSWERED_WITHIN)
    assert offers_due(firm.db) == 2
    assert told(firm) == [("handover:2:unanswered", "ULEAD")]
    assert next_offer_due(firm.db) == firm.now + timedelta(minutes=5)


# What follows


def test_only_accepted_handovers_count(firm: Firm, outcome: View) -> None:
    decline(firm, offer(firm, outcome))
    withdraw(firm, offer(firm, outcome))
    accept(firm, offer(firm, outcome))
    with firm.db.read() as tx:
        assert times_handed_over(tx, firm.viewer("ULEAD"), [outcome.outcome.id]) == {outcome.outcome.id: 1}
    offer(firm, outcome, by="ULEAD", to="ULEAD")
    with firm.db.read() as tx:
        assert times_handed_over(tx, Viewer("T1", "ULEAD"), [outcome.outcome.id]) == {outcome.outcome.id: 2}


def test_the_next_check_in_asks_the_new_owner_and_not_the_old_one(firm: Firm, outcome: View) -> None:
    accept(firm, offer(firm, outcome))
    firm.live(firm.now + timedelta(days=7, hours=4))
    with firm.db.read() as tx:
        assert set(tx.scalars(select(CheckIn.person_id))) == {"UMAX"}


PEOPLE = ["UOLGA", "ULEAD", "UANN", "UMAX"]
Step = tuple[str, str, str]


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["offer", "accept", "decline", "withdraw"]),
            st.sampled_from(PEOPLE),
            st.sampled_from(PEOPLE),
        ),
        max_size=12,
    )
)
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_do_there_is_one_owner_and_at_most_one_offer(firm: Firm, team: Team, steps: list[Step]) -> None:
    outcome = firm.outcome(team, "UOLGA")
    owner, last = "UOLGA", None
    for what, by, to in steps:
        try:
            if what == "offer":
                last = offer(firm, outcome, by=by, to=to)
            elif last is not None:
                last = {"accept": accept, "decline": decline, "withdraw": withdraw}[what](firm, last, by=by)
        except (Refused, NotAllowed, FormRefused):
            continue
        if last is not None and last.handover.state == HandoverState.ACCEPTED:
            owner = last.to.id
        assert firm.see("ULEAD", outcome.outcome.number).owner.id == owner
        assert open_offers(firm, outcome) == int(last is not None and last.handover.state == HandoverState.OFFERED)


def open_offers(firm: Firm, outcome: View) -> int:
    with firm.db.read() as tx:
        of_this = (Handover.outcome_id == outcome.outcome.id, Handover.state == HandoverState.OFFERED)
        return len(tx.scalars(select(Handover.id).where(*of_this)).all())
