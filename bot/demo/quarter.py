"""What the demo company is after this quarter: data only. Each value is as its owner would type it, a week apart.

In `weeks`, `=` is an answer of "no change", an empty string an unanswered check-in. The demo's today is eight weeks in.
"""

from dataclasses import dataclass
from datetime import time

from bot.meetings.rules import Plan
from bot.teams.rules.recurrence import Often, Recurrence

WEEKS = 8


@dataclass(frozen=True)
class DemoTeam:
    """A team: its channel, its lead, and when its owners are asked."""

    channel: str
    name: str
    lead: str
    weekday: int
    at: time


@dataclass(frozen=True)
class DemoOutcome:
    """An outcome and how its weeks went. `due` is as it would be typed; `notes` go with the weeks that have one."""

    channel: str
    owner: str
    statement: str
    why: str
    measure: str
    baseline: str
    target: str
    due: str
    weeks: str
    unit: str = ""
    notes: tuple[tuple[int, str], ...] = ()
    starts_in: int = 0
    """The week, from 0, in which it was written down."""


TEAMS = (
    DemoTeam("growth", "Growth", "grace", 0, time(9, 0)),
    DemoTeam("platform", "Platform", "lena", 1, time(10, 0)),
    DemoTeam("support", "Support", "priya", 0, time(11, 0)),
    DemoTeam("people-ops", "People", "henrik", 3, time(9, 30)),
)

DIGESTS = {"growth": (4, time(15, 0))}
"""The channels that get a digest: on which weekday, and at what time."""

MEETINGS = {"growth": Plan("Growth sync", Recurrence(Often.WEEKLY, 1), time(15, 0), "Europe/Berlin", 30, 60)}
"""What the teams meet for, by their channels."""

OUTCOMES = (
    DemoOutcome(
        channel="growth",
        owner="marcus",
        statement="Trial users reach their first report within a day of signing up",
        why="Those who do are four times as likely to stay.",
        measure="Trials with a report on day one",
        baseline="22%",
        target="40%",
        due="in 13 weeks",
        weeks="22.5%|24%|26%|29%|30%|32%|34%|35.5%",
        notes=((2, "The sample data set is live"), (5, "Shorter sign-up, two fields instead of seven")),
    ),
    DemoOutcome(
        channel="growth",
        owner="sofia",
        statement="Teams that try Lumenfield become customers more often",
        why="Sign-ups grow, revenue does not: the leak is after the trial.",
        measure="Trial to paid conversion",
        baseline="8%",
        target="12%",
        due="in 13 weeks",
        weeks="8%|8.1%|=|8%|8.2%|=|8.1%|8.1%",
        notes=(
            (1, "New pricing page shipped, three webinars held"),
            (4, "Sales deck redone, comparison pages begun"),
            (7, "Two more webinars, onboarding mails rewritten"),
        ),
    ),
    DemoOutcome(
        channel="growth",
        owner="tyler",
        statement="Partners bring us qualified leads every week",
        why="Paid channels have become twice as expensive since spring.",
        measure="Qualified partner leads a week",
        unit="leads",
        baseline="4",
        target="25",
        due="in 13 weeks",
        weeks="5|6|8|9|11|12|13|",
        notes=((3, "First co-marketing post brought five"),),
    ),
    DemoOutcome(
        channel="growth",
        owner="grace",
        statement="Existing customers expand into a second team",
        why="Expansion costs us a fifth of a new sale.",
        measure="Expansion revenue a month",
        baseline="$180,000",
        target="$300,000",
        due="in 13 weeks",
        weeks="$184,000|$196,000|$210,000|$231,000|$248,000|$262,000|$284,000|$304,500",
        notes=((6, "The two-team plan closed eleven accounts"),),
    ),
    DemoOutcome(
        channel="platform",
        owner="jonas",
        statement="Customers no longer notice our deployments",
        why="Every third complaint to support begins within an hour of a release.",
        measure="Minutes of degraded service a week",
        unit="minutes",
        baseline="95",
        target="20",
        due="in 13 weeks",
        weeks="90|82|75|64|=|51|44|40",
        notes=((1, "Connection draining before every rollout"), (5, "Canary for the API")),
    ),
    DemoOutcome(
        channel="platform",
        owner="zofia",
        statement="Pages open fast enough that nobody waits",
        why="Half of the cancelled trials name speed.",
        measure="Page load, 95th percentile",
        unit="seconds",
        baseline="4.2",
        target="1.5",
        due="in 13 weeks",
        weeks="4.1|4|3.8|3.7|3.5|3.3|3.2|3.1",
        notes=((4, "Invoices query fixed; the dashboard is next"),),
    ),
    DemoOutcome(
        channel="platform",
        owner="yusuf",
        statement="Everybody trusts the same numbers on Monday morning",
        why="Three teams bring three revenue figures to the same meeting.",
        measure="Reports that agree with finance",
        baseline="40%",
        target="95%",
        due="in 13 weeks",
        weeks="45%|50%|||||||",
        notes=((1, "Revenue and churn agree; usage does not yet"),),
    ),
    DemoOutcome(
        channel="platform",
        owner="claire",
        statement="A lost laptop is no longer an incident",
        why="Two audits in a row asked for it.",
        measure="Devices with verified disk encryption",
        baseline="61%",
        target="100%",
        due="in 13 weeks",
        weeks="66%|70%|74%|81%|85%|90%|92%|94%",
    ),
    DemoOutcome(
        channel="support",
        owner="arjun",
        statement="Customers get an answer that solves it the first time",
        why="A second round costs them a day and us three times the effort.",
        measure="Tickets solved in one reply",
        baseline="38%",
        target="60%",
        due="in 13 weeks",
        weeks="39%|41%|42%|45%|44%|46%|47%|48%",
        notes=((3, "The export guide answers the most common question"),),
    ),
    DemoOutcome(
        channel="support",
        owner="meera",
        statement="Nobody waits overnight for a first answer",
        why="Customers in Asia wait longest, and leave soonest.",
        measure="Median time to first answer",
        unit="hours",
        baseline="9 hours",
        target="2 hours",
        due="in 13 weeks",
        weeks="8.5 hours|8.5 hours|8 hours|7.5 hours|7.5 hours|7 hours|7 hours|6.5 hours",
        notes=((5, "Shift swap agreed with Berlin"),),
    ),
    DemoOutcome(
        channel="support",
        owner="rahim",
        statement="People find the answer before they write to us",
        why="Four in ten tickets repeat a question the help pages answer.",
        measure="Help visits that end without a ticket",
        baseline="52%",
        target="70%",
        due="in 13 weeks",
        weeks="|||||||",
        starts_in=7,
    ),
    DemoOutcome(
        channel="people-ops",
        owner="kavya",
        statement="Open roles are filled before the team feels the gap",
        why="Platform has carried two open seats since summer.",
        measure="Days from opening to signature",
        unit="days",
        baseline="74",
        target="45",
        due="in 13 weeks",
        weeks="72|70|69|66|64|63|60|57",
        notes=((4, "Panel interviews on one day instead of three"),),
    ),
    DemoOutcome(
        channel="people-ops",
        owner="rosemary",
        statement="New colleagues do their first real work in week one",
        why="Six of the last ten said that they waited for access.",
        measure="Newcomers productive in week one",
        baseline="30%",
        target="80%",
        due="in 13 weeks",
        weeks="30%|33%|=|35%|=|38%|=|40%",
    ),
)
