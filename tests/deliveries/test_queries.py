"""Who may see what became of whose messages, on both databases."""

from datetime import timedelta

import pytest

from bot.deliveries.queries import FatePage, what_became
from bot.deliveries.rules import LOOKS_BACK, About, Asked
from bot.errors import NotAllowed, NotFound
from bot.outbox.model import Delivery
from bot.outbox.queries import delivery_with_key
from bot.outbox.queue import cancel, enqueue, withhold
from bot.outbox.rules import Kind, State
from bot.slack.message import Message
from bot.teams.model import Team
from tests.outcomes.samples import NASTY
from tests.workspaces.firm import Firm, profile

DAY = timedelta(days=1)


@pytest.fixture
def growth(firm: Firm) -> Team:
    """Lea's public team, in which Olga owns an outcome."""
    firm.channel("C1", ["UOLGA", "ULEAD"])
    team = firm.team("C1")
    firm.outcome(team, "UOLGA")
    return team


def owe(
    firm: Firm, key: str, place: str, *, due_in: timedelta = timedelta(0), workspace_id: str = "", text: str = ""
) -> None:
    with firm.db.begin() as tx:
        enqueue(
            tx,
            workspace_id=workspace_id or firm.id,
            key=key,
            place=place,
            message=Message(text or key, []),
            due_at=firm.now + due_in,
            expires_at=firm.now + due_in + DAY,
            now=firm.now,
        )


def see(firm: Firm, viewer: str, about: About, whose: str, offset: int = 0) -> FatePage:
    with firm.db.read() as tx:
        return what_became(tx, firm.viewer(viewer), Asked(about, whose, offset), now=firm.now)


def keys(page: FatePage) -> list[str]:
    return [fate.key for fate in page.fates]


def own(firm: Firm, person: str) -> list[str]:
    return keys(see(firm, person, About.PERSON, person))


def test_my_messages_are_there_the_latest_due_first_and_nobody_elses(firm: Firm) -> None:
    owe(firm, "handover:1:offered", "UMAX")
    owe(firm, "checkin:UMAX:2026-W11", "UMAX", due_in=7 * DAY)
    owe(firm, "checkin:UMAX:2026-W09", "UMAX", due_in=-7 * DAY)
    owe(firm, "checkin:UOLGA:2026-W11", "UOLGA")
    assert own(firm, "UMAX") == ["checkin:UMAX:2026-W11", "handover:1:offered", "checkin:UMAX:2026-W09"]


def test_what_was_withheld_is_there_for_eight_weeks(firm: Firm) -> None:
    for key, ago in (("checkin:UMAX:new", LOOKS_BACK), ("checkin:UMAX:old", LOOKS_BACK + timedelta(seconds=1))):
        owe(firm, key, "UMAX", due_in=-ago)
        with firm.db.begin() as tx:
            withhold(tx, workspace_id=firm.id, key=key, reason="Max was away.", now=firm.now)
    page = see(firm, "UMAX", About.PERSON, "UMAX")
    assert keys(page) == ["checkin:UMAX:new"]
    assert (page.fates[0].state, page.fates[0].reason) == (State.WITHHELD, "Max was away.")


def test_pages_follow_each_other_and_the_count_is_of_all(firm: Firm) -> None:
    for number in range(23):
        owe(firm, f"hint:UMAX:{number:02}", "UMAX", due_in=timedelta(hours=number))
    with firm.db.begin() as tx:
        cancel(tx, workspace_id=firm.id, key="hint:UMAX:05", reason="x", now=firm.now)
    pages = [see(firm, "UMAX", About.PERSON, "UMAX", offset) for offset in (0, 10, 20, 30)]
    assert [key for page in pages for key in keys(page)] == [f"hint:UMAX:{n:02}" for n in reversed(range(23))]
    assert {page.total for page in pages} == {23}
    assert pages[0].standing == {State.OWED: 22, State.CANCELLED: 1}


def test_a_change_of_a_message_is_told_only_where_it_came_to_nothing(firm: Firm) -> None:
    for number, state in enumerate(State):
        owe(firm, f"hint:UMAX:{number}", "UMAX")
        with firm.db.begin() as tx:
            row = delivery_with_key(tx, workspace_id=firm.id, key=f"hint:UMAX:{number}")
            assert row is not None
            row.kind, row.state = Kind.UPDATE, state
    assert {fate.state for fate in see(firm, "UMAX", About.PERSON, "UMAX").fates} == {State.FAILED, State.EXPIRED}


def test_a_lead_sees_their_teams_channel_and_owners(firm: Firm, growth: Team) -> None:
    owe(firm, "answer:1:1", "C1", due_in=DAY)
    owe(firm, "checkin:UOLGA:2026-W10", "UOLGA", due_in=2 * DAY)
    owe(firm, "checkin:UMAX:2026-W10", "UMAX", due_in=3 * DAY)
    page = see(firm, "ULEAD", About.TEAM, str(growth.id))
    assert keys(page) == ["checkin:UOLGA:2026-W10", "answer:1:1"]
    assert page.names == {"UOLGA": "Olga"}
    assert keys(see(firm, "ULEAD", About.PERSON, "UOLGA")) == ["checkin:UOLGA:2026-W10"]
    assert [team.name for team in see(firm, "ULEAD", About.PERSON, "ULEAD").leads] == ["Team C1"]


def test_a_lead_sees_nothing_of_somebody_who_owns_nothing_in_their_team(firm: Firm, growth: Team) -> None:
    with pytest.raises(
        NotAllowed, match="Messages to Max are shown to them, to the lead of a team they own an outcome"
    ):
        see(firm, "ULEAD", About.PERSON, "UMAX")


def test_anybody_else_is_told_who_can(firm: Firm, growth: Team) -> None:
    with pytest.raises(NotAllowed, match="shown to its lead, Lea, and to admins such as Ann"):
        see(firm, "UMAX", About.TEAM, str(growth.id))
    with pytest.raises(NotAllowed, match=r"Messages to Olga .* and to admins such as Ann"):
        see(firm, "UMAX", About.PERSON, "UOLGA")
    with pytest.raises(NotAllowed):
        see(firm, "UOLGA", About.TEAM, str(growth.id))


def test_an_admin_sees_everybodys(firm: Firm, growth: Team) -> None:
    owe(firm, "checkin:UOLGA:2026-W10", "UOLGA")
    assert keys(see(firm, "UANN", About.PERSON, "UOLGA")) == ["checkin:UOLGA:2026-W10"]
    assert "checkin:UOLGA:2026-W10" in keys(see(firm, "UANN", About.TEAM, str(growth.id)))


def test_a_private_teams_messages_are_its_channels_members_alone(firm: Firm) -> None:
    firm.channel("G1", ["UOLGA", "ULEAD"], is_private=True)
    team = firm.team("G1")
    firm.outcome(team, "UOLGA")
    owe(firm, "answer:1:1", "G1")
    assert keys(see(firm, "ULEAD", About.TEAM, str(team.id))) == ["answer:1:1"]
    for outsider in ("UANN", "UMAX"):
        with pytest.raises(NotFound):
            see(firm, outsider, About.TEAM, str(team.id))
    firm.channel("G1", ["UOLGA"], is_private=True)
    with pytest.raises(NotFound):
        see(firm, "ULEAD", About.TEAM, str(team.id))
    with pytest.raises(NotAllowed):
        see(firm, "ULEAD", About.PERSON, "UOLGA")


def test_nothing_crosses_from_one_workspace_to_another(firm: Firm, growth: Team) -> None:
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UANN", is_admin=True), profile("UMAX"))
    owe(firm, "hint:UMAX:2026-03-02", "UMAX", workspace_id="T2")
    assert own(firm, "UMAX") == []
    with pytest.raises(NotFound):
        see(other, "UANN", About.PERSON, "UOLGA")
    with pytest.raises(NotFound):
        see(other, "UANN", About.TEAM, str(growth.id))


def test_the_text_of_a_message_is_not_even_read(firm: Firm) -> None:
    owe(firm, "handover:1:offered", "UMAX", text=NASTY)
    page = see(firm, "UANN", About.PERSON, "UMAX")
    assert page.total == 1
    assert NASTY not in repr(page)
    with firm.db.read() as tx:
        what_became(tx, firm.viewer("UANN"), Asked(About.PERSON, "UMAX"), now=firm.now)
        assert not [one for one in tx.identity_map.values() if isinstance(one, Delivery)]
