"""What the outcomes of the made-up company say; some words are far more frequent than others."""

from random import Random

RARE_WORD = "zeppelin"
"""A word that five outcomes have, however many there are."""

SUBJECTS = (
    *("Customers", "Customers", "Customers", "Trial users", "Partners", "Buyers in Germany", "Support agents"),
    *("New colleagues", "Engineers", "Shops in the north", "Small accounts", "Enterprise accounts", "Invoices"),
    *("Renewals", "Drivers", "Planners", "Suppliers", "Applicants", "Readers", "Warehouse teams"),
)
CHANGES = (
    *("reach their first report sooner", "renew without being asked", "wait less for an answer", "pay on time"),
    *("find the right page at once", "come back within a week", "recommend us to others", "make fewer mistakes"),
    *("close their tickets themselves", "notice no outage", "need less help with setup", "stay longer than a year"),
    *("choose the yearly plan", "get what they ordered", "trust the numbers they see"),
)
PLACES = (
    *("in Europe", "in Brazil", "in the first month", "after the trial", "on mobile", "in the southern region"),
    *("at the weekend", "during onboarding", "through the portal", "before the holidays", "for the new product"),
    "in every store",
)
WHYS = ("Those who do stay four times as long.", "Half of the complaints name it.", "It costs a fifth of the margin.")
_SYLLABLES = ("ba", "co", "di", "fu", "ga", "he", "jo", "ka", "lu", "mi", "no", "pe", "qui", "ro", "sa", "te", "vu")


def statement(index: int, random: Random) -> str:
    """What an outcome says; half of them name a project, of which there are some thousands."""
    project = made_up(random) if random.random() < 0.5 else ""
    if index % 20 == 7 and index < 100:
        project = RARE_WORD
    return f"{phrase(random)}, as {project.title()} did" if project else phrase(random)


def phrase(random: Random) -> str:
    """Who does what, where."""
    return f"{random.choice(SUBJECTS)} {random.choice(CHANGES)} {random.choice(PLACES)}"


def made_up(random: Random) -> str:
    """A name that nobody has."""
    return "".join(random.choices(_SYLLABLES, k=3))
