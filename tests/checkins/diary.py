"""What became of the check-ins of a firm."""

from datetime import datetime

from sqlalchemy import select

from bot.checkins.jobs import ticks
from bot.checkins.model import CheckIn
from bot.checkins.queries import Asked, find_check_in
from bot.outbox.model import Delivery
from bot.outbox.upkeep import tidy
from tests.workspaces.firm import Firm


def lived(firm: Firm, until: datetime) -> None:
    """Lets time pass with every tick of check-ins: a beat now, and one whenever something falls due."""
    beats = ticks(firm.db)
    while True:
        while sum(beat.run() for beat in beats):
            pass
        instants = [at for beat in beats if beat.next_at and (at := beat.next_at())]
        if not instants or min(instants) > until:
            break
        firm.clock.move_to(min(instants))
    firm.clock.move_to(until)


def periods(firm: Firm, person_id: str = "UOLGA") -> list[tuple[str, str]]:
    """Each period that was decided, and how; in order."""
    return [(checkin.period, checkin.state) for checkin in check_ins(firm, person_id)]


def check_ins(firm: Firm, person_id: str = "UOLGA") -> list[CheckIn]:
    mine = select(CheckIn).where(CheckIn.workspace_id == firm.id, CheckIn.person_id == person_id)
    with firm.db.read() as tx:
        return list(tx.scalars(mine.order_by(CheckIn.due_at)))


def asked(firm: Firm, person_id: str = "UOLGA") -> Asked:
    """The newest check-in as its owner sees it."""
    with firm.db.read() as tx:
        return find_check_in(tx, firm.viewer(person_id), check_ins(firm, person_id)[-1].id)


def deliveries(firm: Firm, prefix: str = "") -> dict[str, Delivery]:
    """What is owed or was, by its key."""
    with firm.db.read() as tx:
        found = tx.scalars(select(Delivery).where(Delivery.workspace_id == firm.id).order_by(Delivery.id))
        return {delivery.key: delivery for delivery in found if delivery.key.startswith(prefix)}


def tidied(firm: Firm) -> dict[str, str]:
    """The state of each delivery once the outbox has tidied up."""
    with firm.db.begin() as tx:
        tidy(tx, now=firm.now)
    return {key: delivery.state.value for key, delivery in deliveries(firm).items()}
