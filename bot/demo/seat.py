"""One person's place in the demo company: who looks, at what, and when."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.db.database import Tx
from bot.demo.company import Company
from bot.outcomes.queries import View, outcomes_owned_by
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.teams.queries import team_in_channel


@dataclass(frozen=True)
class Seat:
    """Where the demo company's people find what they work on, in one transaction."""

    tx: Tx
    company: Company
    now: datetime

    def viewer(self, handle: str) -> Viewer:
        """One of the people, as somebody who looks."""
        return Viewer(self.company.workspace.id, self.company.person(handle).id)

    def person(self, handle: str) -> Person:
        """One of the people."""
        return self.tx.get_one(Person, (self.company.workspace.id, self.company.person(handle).id))

    def today(self, handle: str) -> date:
        """What day it is for them."""
        return self.now.astimezone(self.person(handle).zone).date()

    def owned(self, owner: str) -> View:
        """The one outcome that each owner of the company has."""
        return outcomes_owned_by(self.tx, self.viewer(owner))[0]

    def team(self, handle: str, channel: str) -> Team:
        """The team in a channel, as one of the people sees it. Raises LookupError for one who cannot."""
        found = team_in_channel(self.tx, self.viewer(handle), self.company.channel(channel).id)
        if found is None:
            raise LookupError(f"the demo's {handle} cannot see #{channel}")
        return found
