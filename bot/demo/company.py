"""The Slack side of the demonstration company: its people, its channels and a little of their talk.

Plain data with fixed ids of Slack's form, so that a sandbox, a seed and a test all mean the same person by `U…`.
"""

from dataclasses import dataclass

NEW_YORK = "America/New_York"
BERLIN = "Europe/Berlin"
KOLKATA = "Asia/Kolkata"


@dataclass(frozen=True)
class DemoPerson:
    """One Slack user. `tz` is an IANA name, `locale` as Slack gives it (`en-US`)."""

    id: str
    handle: str
    name: str
    title: str
    tz: str
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_guest: bool = False
    deleted: bool = False
    email: str = ""


@dataclass(frozen=True)
class DemoChannel:
    """One channel. `members` are user ids, the bot apart: `bot_in` says whether it is there."""

    id: str
    name: str
    purpose: str
    members: tuple[str, ...]
    is_private: bool = False
    is_archived: bool = False
    bot_in: bool = True


@dataclass(frozen=True)
class DemoWorkspace:
    """The Slack workspace the company lives in."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class DemoBot:
    """The installed app and the user it posts as."""

    app_id: str
    bot_id: str
    user_id: str
    name: str


@dataclass(frozen=True)
class DemoMessage:
    """Something a person said `minutes_before` the company is first opened."""

    author: str
    channel: str
    minutes_before: int
    text: str


@dataclass(frozen=True)
class Company:
    """A workspace with everyone and everything in it at the start."""

    workspace: DemoWorkspace
    bot: DemoBot
    people: tuple[DemoPerson, ...]
    channels: tuple[DemoChannel, ...]
    banter: tuple[DemoMessage, ...] = ()

    def person(self, handle: str) -> DemoPerson:
        """The person with this handle. Raises KeyError for one who is not here."""
        return {person.handle: person for person in self.people}[handle]

    def channel(self, name: str) -> DemoChannel:
        """The channel with this name, without `#`. Raises KeyError for one that is not here."""
        return {channel.name: channel for channel in self.channels}[name]


def _person(
    id: str, handle: str, name: str, title: str, tz: str, *, locale: str = "en-US", **flags: bool
) -> DemoPerson:
    email = "" if flags.get("is_bot") else f"{handle}@lumenfield.example"
    return DemoPerson(id=id, handle=handle, name=name, title=title, tz=tz, locale=locale, email=email, **flags)


PEOPLE = (
    _person("U04AM1RA7K", "amara", "Amara Okafor", "Chief Executive", NEW_YORK, is_admin=True, is_owner=True),
    _person("U04D4N13L9", "daniel", "Daniel Reyes", "Chief Operating Officer", NEW_YORK, is_admin=True),
    _person("U05GR4CE22", "grace", "Grace Whitfield", "Head of Growth", NEW_YORK),
    _person("U05MARCUS8", "marcus", "Marcus Bell", "Lifecycle Marketing", NEW_YORK),
    _person("U05S0F1A3Q", "sofia", "Sofia Alvarez", "Product Marketing", NEW_YORK),
    _person("U05TYL3R6W", "tyler", "Tyler Nguyen", "Growth Analyst", NEW_YORK),
    _person("U05R0SEM4X", "rosemary", "Rosemary Clarke", "People Partner", NEW_YORK, locale="en-GB"),
    _person("U06LENA51B", "lena", "Lena Brandt", "Head of Platform", BERLIN, locale="de-DE"),
    _person("U06J0NAS2H", "jonas", "Jonas Weber", "Site Reliability", BERLIN, locale="de-DE"),
    _person("U06Z0F1A8P", "zofia", "Zofia Kowalska", "Backend Engineer", BERLIN, locale="en-GB"),
    _person("U06YUSUF4D", "yusuf", "Yusuf Demir", "Data Engineer", BERLIN, locale="de-DE"),
    _person("U06CLA1RE7", "claire", "Claire Dubois", "Security Engineer", BERLIN, locale="en-GB"),
    _person("U06HENR1K5", "henrik", "Henrik Lindqvist", "Head of People", BERLIN, locale="en-GB"),
    _person("U07PR1YA6N", "priya", "Priya Raghavan", "Head of Support", KOLKATA, locale="en-IN"),
    _person("U07ARJUN9T", "arjun", "Arjun Mehta", "Support Engineer", KOLKATA, locale="en-IN"),
    _person("U07ME3RA1C", "meera", "Meera Iyer", "Support Engineer", KOLKATA, locale="en-IN"),
    _person("U07RAH1M5Z", "rahim", "Rahim Sheikh", "Knowledge Base Editor", KOLKATA, locale="en-IN"),
    _person("U07KAVYA3J", "kavya", "Kavya Nair", "Recruiter", KOLKATA, locale="en-IN"),
    _person("U08GU35T4V", "noah", "Noah Fischer", "Contract Designer", BERLIN, locale="de-DE", is_guest=True),
    _person("U03L3FT0VR", "oliver", "Oliver Grant", "Growth Manager", NEW_YORK, deleted=True),
    _person("U02BU1LDB0", "buildbot", "Buildbot", "", NEW_YORK, is_bot=True),
)

_BY_HANDLE = {person.handle: person.id for person in PEOPLE}
_EVERYONE = tuple(p.id for p in PEOPLE if not (p.is_bot or p.is_guest or p.deleted))


def _ids(handles: str) -> tuple[str, ...]:
    return tuple(_BY_HANDLE[handle] for handle in handles.split())


CHANNELS = (
    DemoChannel("C04GENERA1", "general", "Company-wide announcements and news", _EVERYONE),
    DemoChannel("C04RAND0M7", "random", "Everything else", (*_EVERYONE, _BY_HANDLE["noah"]), bot_in=False),
    DemoChannel(
        "C05GR0WTH3",
        "growth",
        "More trials that become customers",
        _ids("amara daniel grace marcus sofia tyler noah"),
    ),
    DemoChannel(
        "C06PLATF0M",
        "platform",
        "Fast, safe, boring infrastructure",
        (*_ids("daniel lena jonas zofia yusuf claire"), _BY_HANDLE["buildbot"]),
    ),
    DemoChannel("C07SUPP0RT", "support", "Answers people can use", _ids("daniel priya arjun meera rahim lena")),
    DemoChannel(
        "C08PE0PLE9",
        "people-ops",
        "Hiring and people matters, in confidence",
        _ids("amara henrik rosemary kavya"),
        is_private=True,
    ),
    DemoChannel(
        "C03LAUNCH1",
        "launch-2025",
        "The 2025 launch; finished",
        _ids("amara daniel grace sofia lena"),
        is_archived=True,
    ),
)

_CHANNEL = {channel.name: channel.id for channel in CHANNELS}


def _said(handle: str, channel: str, minutes_before: int, text: str) -> DemoMessage:
    return DemoMessage(_BY_HANDLE[handle], _CHANNEL[channel], minutes_before, text)


BANTER = (
    _said("sofia", "launch-2025", 200_000, "That was the last item. Archiving this on Friday, thank you all."),
    _said("amara", "general", 1500, "Welcome to the second half of the quarter. Three priorities, same as before."),
    _said("daniel", "general", 1488, "The planning notes are in the usual place. Questions in a thread, please."),
    _said("kavya", "general", 1410, "We have two people starting on Monday, one in Berlin and one in Bengaluru."),
    _said("jonas", "random", 1300, "The coffee machine on the third floor is back. I checked. Twice."),
    _said("meera", "random", 1240, "It rained so hard here that the office cat moved in with finance."),
    _said("marcus", "random", 320, "Who is in for the run on Thursday? Slow pace, I promise."),
    _said("grace", "growth", 410, "Trial numbers look flat again. Busy week, same line."),
    _said("tyler", "growth", 396, "Same for activation. I can split it by sign-up source this afternoon."),
    _said("noah", "growth", 180, "New onboarding screens are ready for a look whenever you are."),
    _said("buildbot", "platform", 300, "main: build 4812 passed in 6 min 12 s"),
    _said("zofia", "platform", 290, "The slow query on invoices is gone. p95 down to 310 ms in staging."),
    _said("lena", "platform", 281, "Lovely. Let us watch production for two days before we call it done."),
    _said("arjun", "support", 150, "Seven tickets today about the same export error. Writing it up."),
    _said("priya", "support", 141, f"Thanks Arjun. <@{_BY_HANDLE['lena']}>, could somebody from platform have a look?"),
    _said("henrik", "people-ops", 600, "Offer for the Berlin role went out this morning."),
    _said("rosemary", "people-ops", 585, "Fingers crossed. References were very good."),
)

COMPANY = Company(
    workspace=DemoWorkspace("T04LUMENF1", "Lumenfield", "lumenfield"),
    bot=DemoBot(app_id="A07RHYTHM1", bot_id="B07RHYTHM2", user_id="U07RHYTHM3", name="rhythm"),
    people=PEOPLE,
    channels=CHANNELS,
    banter=BANTER,
)
