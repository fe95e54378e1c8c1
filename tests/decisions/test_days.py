"""Whether a day is over is asked in one way: of whoever reads, by lists and by debt alike."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from bot.decisions.messages import open_word
from bot.decisions.queries import decisions_by_id
from bot.decisions.queries.debt import debt_page
from bot.decisions.queries.lists import list_decisions
from bot.decisions.rules.debt import Debt
from bot.decisions.rules.lists import Filter
from bot.people.messages import Reader
from tests.decisions.deciding import opened
from tests.workspaces.firm import Firm

FRIDAY, NOON = date(2026, 3, 6), datetime(2026, 3, 6, 12, tzinfo=UTC)


ZONES = ["Pacific/Kiritimati", "Europe/Berlin", "America/New_York", "Pacific/Pago_Pago"]


def test_lists_their_words_and_debt_agree_on_what_is_overdue(firm: Firm) -> None:
    firm.channel(members=["UOLGA"])
    view, viewer = opened(firm, firm.team(), needed_by_on=FRIDAY), firm.viewer("UMAX")
    for zone, hours in product(map(ZoneInfo, ZONES), range(-30, 55, 6)):
        today = (NOON + timedelta(hours=hours)).astimezone(zone).date()
        with firm.db.read() as tx:
            listed = list_decisions(tx, viewer, today=today, narrowed=Filter.OVERDUE).decisions
            debts = [one for one in debt_page(tx, viewer, today=today).debts if Debt.OVERDUE in one.kinds]
            [brief] = decisions_by_id(tx, viewer, [view.decision.id])
        is_said = open_word(brief, Reader("en-US", zone, today)) == "Overdue"
        assert (bool(listed), bool(debts), is_said) == (today > FRIDAY,) * 3
