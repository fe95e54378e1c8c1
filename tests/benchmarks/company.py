"""A company of 400 teams, 3,000 people and any number of outcomes, made up the same way each time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from itertools import count
from random import Random

from bot.dependencies.model import Dependency
from bot.execution.model import Action, NotDoing
from bot.lessons.model import Lesson
from bot.lessons.rules import SEARCH_KIND as LESSONS
from bot.obstacles.model import Obstacle
from bot.outcomes.model import Change, Dismissal, Milestone, Outcome, Result
from bot.outcomes.queries import SEARCH_KIND as OUTCOMES
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.search.model import SearchWord
from bot.search.rules import words
from bot.teams.model import Channel, ChannelMember, Team
from bot.workspaces.model import Counter, Workspace
from tests.benchmarks.loading import Row, load, loading
from tests.benchmarks.phrases import CHANGES, WHYS, made_up, phrase, statement
from tests.benchmarks.stories import TODAY, Story, stories, told

ID = "T1"
NOW = datetime.combine(TODAY, time(9), UTC)
PEOPLE, TEAMS, TEAM_SIZE, STORIES = 3_000, 400, 30, 1_500
VIEWERS = {"member": 0, "insider": 1, "guest": 2}
"""Who looks: an ordinary member; a member of twenty private teams; a guest in three channels."""
GUESTS_TEAMS, MEMBERS_TEAMS, INSIDERS_TEAMS = range(3), range(3, 9), range(40)
PRIVATE = frozenset([2, *range(20, 80)])
LONG, SHORT = range(3, 6), range(3)
"""The first outcomes belong to the viewers in turn: first one each with 20 results, then one each with 1,000."""


@dataclass(frozen=True)
class Company:
    """Everything in one workspace with so many outcomes, and who looks at it."""

    outcomes: int
    stories: Sequence[Story] = field(repr=False)

    @classmethod
    def of(cls, outcomes: int) -> "Company":
        """A company of that size."""
        return cls(outcomes, stories(STORIES, Random(1)))

    @cached_property
    def members(self) -> list[list[int]]:
        """Who is in the channel of each team."""
        random = Random(2)
        chosen = [random.sample(range(len(VIEWERS), PEOPLE), TEAM_SIZE) for _ in range(TEAMS)]
        for viewer, teams in zip(VIEWERS.values(), (MEMBERS_TEAMS, INSIDERS_TEAMS, GUESTS_TEAMS), strict=True):
            for team in teams:
                chosen[team].append(viewer)
        return chosen

    def story(self, index: int) -> Story:
        """How an outcome went."""
        if index in LONG or index in SHORT:
            return told(Random(index), results=1_000 if index in LONG else 20)
        return self.stories[Random(index).randrange(STORIES)]

    def fill(self, url: str) -> None:
        """Loads all of it into an empty, migrated database."""
        with loading(url) as connection:
            load(connection, Workspace, [{"id": ID, "name": "Company", "bot_user_id": "UBOT", "created_at": NOW}])
            load(connection, Counter, [{"workspace_id": ID, "kind": "outcome", "last": self.outcomes}])
            load(connection, Person, map(_person, range(PEOPLE)))
            load(connection, Channel, map(_channel, range(TEAMS)))
            load(connection, ChannelMember, self._channel_members())
            load(connection, Team, map(_team, range(TEAMS)))
            rows = [self._outcome(index) for index in range(self.outcomes)]
            load(connection, Outcome, rows)
            load(connection, Milestone, self._milestones())
            load(connection, Result, self._results(rows))
            load(connection, Change, self._changes(rows))
            load(connection, Dismissal, self._dismissals(rows))
            lessons = [_lesson(row) for row in rows[::3] if row["closed_at"]]
            load(connection, Lesson, lessons)
            load(connection, Action, _actions(rows))
            load(connection, NotDoing, map(_not_doing, rows[::5]))
            load(connection, Obstacle, map(_obstacle, rows[::4]))
            load(connection, Dependency, (_dependency(row) for row in rows[::6] if row["team_id"] < TEAMS))
            load(connection, SearchWord, _search_words(rows, lessons))

    def _channel_members(self) -> Iterator[Row]:
        for team, members in enumerate(self.members):
            for person in members:
                yield {"workspace_id": ID, "channel_id": f"C{team}", "person_id": f"U{person}"}

    def _outcome(self, index: int) -> Row:
        random, story = Random(index + 1_000_000), self.story(index)
        team = random.randrange(TEAMS)
        owner = random.choice(self.members[team])
        if index < 12 * len(VIEWERS):
            owner = index % len(VIEWERS)
            team = random.choice((MEMBERS_TEAMS, INSIDERS_TEAMS, GUESTS_TEAMS)[owner])
        created_at = datetime.combine(story.path.starts_on, time(9), UTC)
        return {
            "workspace_id": ID,
            "id": index + 1,
            "number": index + 1,
            "team_id": team + 1,
            "owner_id": f"U{owner}",
            "statement": statement(index, random),
            "why": random.choice(WHYS),
            "measure": f"Share that {random.choice(CHANGES)}",
            "unit": story.unit,
            "baseline": story.path.baseline,
            "target": story.path.target,
            "starts_on": story.path.starts_on,
            "due_on": story.path.due_on,
            "created_at": created_at,
            "created_by": f"U{owner}",
            "version": 2,
            "closed_at": created_at + timedelta(days=180) if story.is_closed else None,
            "closed_as": "achieved" if story.is_closed else None,
            "closing_note": "",
            **story.derived,
        }

    def _milestones(self) -> Iterator[Row]:
        for index in range(self.outcomes):
            for one in self.story(index).path.milestones:
                yield {"workspace_id": ID, "outcome_id": index + 1, "due_on": one.on, "value": one.value}

    def _results(self, rows: Sequence[Row]) -> Iterator[Row]:
        ids = count(1)
        for index, outcome in enumerate(rows):
            for at, value, has_note in self.story(index).measured:
                yield {
                    "workspace_id": ID,
                    "id": next(ids),
                    "outcome_id": outcome["id"],
                    "value": value,
                    "measured_at": at,
                    "recorded_at": at,
                    "author_id": outcome["owner_id"],
                    "note": "The sample data went live for everybody" if has_note else "",
                    "confidence": 7,
                    "source": "form",
                    "link": "",
                }

    def _changes(self, rows: Sequence[Row]) -> Iterator[Row]:
        ids = count(1)
        for outcome in rows:
            for what, version in (("created", 1), ("target", 2), ("due", 2)):
                yield {
                    "workspace_id": ID,
                    "id": next(ids),
                    "outcome_id": outcome["id"],
                    "made_at": outcome["created_at"],
                    "actor_id": outcome["owner_id"],
                    "what": what,
                    "before": "",
                    "after": "",
                    "version": version,
                }

    def _dismissals(self, rows: Sequence[Row]) -> Iterator[Row]:
        for outcome in rows[::30]:
            yield {
                "workspace_id": ID,
                "outcome_id": outcome["id"],
                "finding": "L7",
                "words": "sooner",
                "reason": "The measure says how much.",
                "dismissed_at": NOW,
                "dismissed_by": outcome["owner_id"],
            }


def viewer(name: str) -> Viewer:
    """One of those who look."""
    return Viewer(ID, f"U{VIEWERS[name]}")


def _person(index: int) -> Row:
    return {
        "workspace_id": ID,
        "id": f"U{index}",
        "name": f"{made_up(Random(index)).title()} {made_up(Random(-index)).title()}",
        "time_zone": ("UTC", "Europe/Berlin", "America/Sao_Paulo")[index % 3],
        "locale": "en-US",
        "is_active": index % 100 != 50,
        "is_bot": False,
        "is_guest": index == VIEWERS["guest"] or index % 40 == 20,
        "is_admin": index % 500 == 100,
        "says_away": False,
        "refreshed_at": NOW,
    }


def _channel(index: int) -> Row:
    return {
        "workspace_id": ID,
        "id": f"C{index}",
        "name": f"team-{index}",
        "is_private": index in PRIVATE,
        "is_archived": False,
        "has_bot": True,
        "refreshed_at": NOW,
    }


def _team(index: int) -> Row:
    return {
        "workspace_id": ID,
        "id": index + 1,
        "name": f"Team {made_up(Random(index)).title()}",
        "channel_id": f"C{index}",
        "lead_id": f"U{100 + index}",
        "checkin_rule": "FREQ=WEEKLY;BYDAY=MO",
        "checkin_from_on": TODAY,
        "checkin_time": time(9),
        "work_starts": time(9),
        "work_ends": time(18),
        "country": "",
        "days_off": "",
        "on_holiday": "move",
        "answers": "thread",
        "created_at": NOW,
        "created_by": "U100",
    }


def _lesson(outcome: Row) -> Row:
    random = Random(outcome["id"])
    return {
        "workspace_id": ID,
        "id": outcome["id"],
        "team_id": outcome["team_id"],
        "text": f"{phrase(random)} once somebody calls them.",
        "measure": outcome["measure"],
        "outcome_id": outcome["id"],
        "outcome_key": f"OUT-{outcome['number']}",
        "decision_key": "",
        "created_at": outcome["closed_at"],
        "created_by": outcome["owner_id"],
    }


def _actions(outcomes: Sequence[Row]) -> Iterator[Row]:
    """Three a live outcome, of which two are open, and four that were done a closed one."""
    ids = count(1)
    for outcome in outcomes:
        random = Random(outcome["id"])
        states = ["done"] * 4 if outcome["closed_at"] else ["open", "open", "done"]
        for n, state in enumerate(states):
            yield {
                "workspace_id": ID,
                "id": next(ids),
                "outcome_id": outcome["id"],
                "text": f"Call those who {random.choice(CHANGES)}",
                "owner_id": outcome["owner_id"],
                "due_on": outcome["starts_on"] + timedelta(weeks=3 * n + 3),
                "expected_effect": "They say what keeps them",
                "state": state,
                "effect_seen": "yes" if state == "done" else None,
                "created_at": outcome["created_at"],
                "created_by": outcome["owner_id"],
                "ended_at": outcome["created_at"] + timedelta(weeks=3) if state == "done" else None,
                "ended_by": outcome["owner_id"] if state == "done" else None,
            }


def _not_doing(outcome: Row) -> Row:
    return {
        "workspace_id": ID,
        "id": outcome["id"],
        "outcome_id": outcome["id"],
        "text": "Another newsletter",
        "reason": "The last three moved nothing.",
        "created_at": outcome["created_at"],
        "created_by": outcome["owner_id"],
    }


def _obstacle(outcome: Row) -> Row:
    """One that a live outcome still has; a closed one's is resolved."""
    return {
        "workspace_id": ID,
        "id": outcome["id"],
        "outcome_id": outcome["id"],
        "text": f"Nobody knows who they are: {phrase(Random(outcome['id']))}",
        "owner_id": outcome["owner_id"],
        "needs_decision": outcome["id"] % 8 == 0,
        "link": "",
        "raised_at": outcome["created_at"],
        "raised_by": outcome["owner_id"],
        "resolved_at": outcome["closed_at"],
        "resolved_by": outcome["owner_id"] if outcome["closed_at"] else None,
        "resolution": "Support keeps a list." if outcome["closed_at"] else "",
    }


def _dependency(outcome: Row) -> Row:
    """What it needs of a team after its own: nothing is waited for in a circle."""
    return {
        "workspace_id": ID,
        "id": outcome["id"],
        "outcome_id": outcome["id"],
        "team_id": min(outcome["team_id"] + outcome["id"] % 7 + 1, TEAMS),
        "text": "The sample data of the last quarter",
        "wanted_on": outcome["due_on"] - timedelta(weeks=2),
        "state": "delivered" if outcome["closed_at"] else "accepted",
        "promised_on": outcome["due_on"] - timedelta(weeks=2),
        "reason": "",
        "asked_at": outcome["created_at"],
        "asked_by": outcome["owner_id"],
        "answered_at": outcome["created_at"],
        "answered_by": outcome["owner_id"],
        "delivered_at": outcome["closed_at"],
    }


def _search_words(outcomes: Sequence[Row], lessons: Sequence[Row]) -> Iterator[Row]:
    found = [
        (OUTCOMES, word, row["id"])
        for row in outcomes
        for word in words("\n".join((f"OUT-{row['number']}", row["statement"], row["why"], row["measure"])))
    ]
    found += [(LESSONS, word, row["id"]) for row in lessons for word in words(f"{row['text']}\n{row['measure']}")]
    for kind, word, item_id in sorted(found):
        yield {"workspace_id": ID, "kind": kind, "word": word, "item_id": item_id}
