"""What people of the demo company do beside answering: data only, each as they would type it, by the week from 0."""

from dataclasses import dataclass

PRIORITIES = (("Win small firms", "this half"), ("Nobody waits", "this half"), ("Numbers we can trust", "this year"))

SERVED = {"sofia": 0, "marcus": 0, "tyler": 0, "arjun": 1, "meera": 1, "zofia": 1, "yusuf": 2}
"""Which priority an owner's outcome serves."""


@dataclass(frozen=True)
class DemoStep:
    """An action of an owner's outcome, as it is typed: `Call ten users by in 5 days`. `effect` when it is done."""

    owner: str
    line: str
    week: int
    effect: str = ""


STEPS = (
    DemoStep("sofia", "New pricing page", 0, effect="no"),
    DemoStep("sofia", "Three webinars for trial users", 1, effect="no"),
    DemoStep("sofia", "Redo the sales deck", 3, effect="not yet"),
    DemoStep("sofia", "Comparison pages against the three we lose to", 5, effect="no"),
    DemoStep("sofia", "Rewrite the onboarding mails", 6, effect="no"),
    DemoStep("sofia", "Two more webinars for trial users", 7, effect="no"),
    DemoStep("sofia", "Offer every trial a guided setup by in 16 days", 7),
    DemoStep("sofia", "Ask ten lost trials why they left by in 3 days", 7),
    DemoStep("marcus", "Load a sample data set into every new trial", 1, effect="yes"),
    DemoStep("marcus", "Take the sign-up form down to two fields", 4, effect="yes"),
    DemoStep("zofia", "Cache the dashboard's first query by in 12 days", 7),
    DemoStep("arjun", "Write the guide for the five most asked questions by in 6 days", 7),
)

LEFT_UNDONE = (("sofia", "More webinars because six of them moved nothing"),)
OBSTACLES = (
    ("sofia", "Trials wait two days for a data import before they can see anything of their own", 6),
    ("arjun", "The export error comes back with every release", 5),
)
NEEDS = (("arjun", "platform", "a fix for the export error", "in 18 days"),)
LESSONS = (
    (
        "growth",
        "grace",
        "A webinar fills a list of names; it did not bring one customer more",
        "Trial to paid conversion",
    ),
    (
        "support",
        "priya",
        "An answer written once for all saves more than ten quick ones",
        "Tickets solved in one reply",
    ),
)
COMMENTS = (("sofia", "grace", "Busy week again, and the same line. What would a trial have to see on day one?", 6),)
