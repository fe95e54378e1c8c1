"""The words of calendars that say when a team meets, and the id of their form."""

from bot.calendars.addresses import ADDRESS_LIMIT
from bot.calendars.entries import Trouble
from bot.meetings.messages.agenda import at, day_of, place
from bot.meetings.model import Meeting
from bot.meetings.queries import MeetingView
from bot.meetings.queries.ahead import AddressesKept
from bot.meetings.rules import LEADS, NAME_LIMIT, Plan, write_minutes
from bot.meetings.rules.feeds import WORDS_LIMIT
from bot.people.messages import Reader
from bot.slack.blocks import buttons, choice_field, context, form, section, text_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, joined, lines, md
from bot.teams.messages.schedule import meetings_button
from bot.teams.model import Team

CALENDAR = "meetings.calendar"

_READ = (
    "Rhythm reads only when something begins and ends and what it is called, and keeps nothing else of it. "
    "Entries for whole days, private ones and those on the team's holidays and days off are left out. "
    "Changes are followed within a quarter of an hour or so."
)
_SHOWN_TO_NOBODY = "Whoever has it can read the calendar, so Rhythm shows it to nobody and erases it when you leave it."
_ADDRESS = "Secret address of the calendar"
_TROUBLES = {
    Trouble.UNREACHABLE: "No calendar server answers at its address.",
    Trouble.SLOW: "It takes too long to answer or to read.",
    Trouble.FORBIDDEN: "Its address leads into a private network, where Rhythm does not look.",
    Trouble.INSECURE: "Its address leads to one without https, which others on the way could read.",
    Trouble.EXPIRED: "The certificate of its server is out of date. Whoever runs that server can renew it.",
    Trouble.MISNAMED: "The certificate of its server is for another name. Check that the address is right.",
    Trouble.UNTRUSTED: "The certificate of its server is from an authority that Rhythm does not know. Whoever runs "
    "Rhythm can add it.",
    Trouble.REFUSED: "It says that it may not be read. Its secret address may have been reset.",
    Trouble.GONE: "There is nothing at its address any more.",
    Trouble.UNWELL: "It answers with an error of its own.",
    Trouble.REDIRECTS: "Its address leads from one place to the next without end.",
    Trouble.BIG: "It is longer than the 2 MB that Rhythm reads.",
    Trouble.NO_CALENDAR: "What is at its address is not a calendar.",
    Trouble.MANY: "It has more entries than Rhythm follows. Name words that the titles have to contain.",
    Trouble.HEAVY: "It is too much to read. A calendar of this team's meetings alone would be better.",
    Trouble.LOCKED: "Its address cannot be read any more: the key it was kept with is gone. Please give it again.",
}


def add_calendar_form(team: Team, suggested: Plan) -> Form:
    """Puts what a calendar has on a team's schedule."""
    fields = [
        section(md("{read}", read=_READ)),
        _name(suggested.name),
        text_field("address", _ADDRESS, hint=_hint(), limit=ADDRESS_LIMIT),
        *_which("", suggested),
    ]
    return form(CALENDAR, "Add from a calendar", fields, submit="Add", carries=f"{team.id} 0")


def calendar_form(view: MeetingView) -> Form:
    """Has a meeting follow a calendar, or changes what is read of it. The address is never shown again."""
    calendar, plan = view.calendar, view.meeting.plan
    hint = f"Leave it empty to stay with {view.calendar_at}." if view.calendar_at else _hint()
    if calendar is not None and not view.calendar_at:
        hint = f"The one that was given cannot be read any more: please give it again. {_SHOWN_TO_NOBODY}"
    fields = [
        section(md("{read}", read=_READ)),
        _name(plan.name),
        text_field("address", _ADDRESS, hint=hint, limit=ADDRESS_LIMIT, optional=bool(view.calendar_at)),
        *_which(calendar.words if calendar else plan.name[:WORDS_LIMIT], plan),
    ]
    return form(CALENDAR, "Read from a calendar", fields, carries=f"{view.team.id} {view.meeting.id}")


def calendar_saved(view: MeetingView) -> Message:
    """What was saved, to whoever saved it."""
    text = lines(
        calendar_said(view),
        md("It is read within a minute. After that, /rhythm meetings shows the next dates, or why it cannot be read."),
    )
    return Message(text, [section(text), buttons(meetings_button(view.team))])


def calendar_said(view: MeetingView) -> Markup:
    """When a meeting takes place whose calendar says so."""
    calendar = view.calendar
    assert calendar is not None
    at = f"the calendar at {view.calendar_at}" if view.calendar_at else "a calendar whose address is lost"
    said = md("*{name}*: as in {at}", name=view.meeting.name, at=at)
    with_words = md(", titles with “{words}”.", words=calendar.words) if calendar.words else "."
    return joined([said, with_words], "")


def not_read_yet(view: MeetingView) -> Markup:
    """What is said of a meeting with a calendar of which nothing lies ahead."""
    calendar = view.calendar
    if calendar is None or calendar.read_at is None:
        return md("It was not read yet.") if calendar and calendar.trouble is None else md("")
    return md("It has nothing in the next five weeks.")


def trouble_said(view: MeetingView, reader: Reader) -> Markup:
    """Why a calendar cannot be read, and what counts meanwhile; empty when it can."""
    calendar = view.calendar
    if calendar is None or calendar.trouble is None or calendar.failing_since_at is None:
        return md("")
    since = calendar.failing_since_at.astimezone(reader.zone)
    return md(
        "Reading it has failed since {day} at {time}. {why} {meanwhile}",
        day=f"{since:%A} {since.day} {since:%B}",
        time=f"{since:%H:%M}",
        why=_TROUBLES[Trouble(calendar.trouble)],
        meanwhile="What was read before still counts." if calendar.read_at else "Nothing is planned from it yet.",
    )


def calendar_in_trouble(view: MeetingView, *, reader: Reader) -> Message:
    """Tells a team's lead that a calendar cannot be read."""
    team = view.team
    what = joined([md("For {team}:", team=team.name), calendar_said(view)], " ")
    again = md("Rhythm goes on trying. Another address, or a schedule instead, can be set here.")
    text = lines(what, trouble_said(view, reader), again)
    return Message(text, [section(text), buttons(meetings_button(team))])


def calendar_announced(plan: Plan, at: str, *, by: str) -> Message:
    """Tells the team's channel, quietly, that a calendar says when it meets."""
    text = md(
        "{by} has *{name}* follow a calendar at {host}. This channel hears what needs talking about {lead} before.",
        by=by,
        name=plan.name,
        host=at.partition(" ")[0],
        lead=write_minutes(plan.lead_minutes),
    )
    return Message(text, [context(text)])


def addresses_kept_said(kept: AddressesKept, *, has_keys: bool) -> list[str]:
    """What whoever runs Rhythm should know of how the addresses of calendars are kept: a sentence for each thing."""
    said = []
    if kept.clear and not has_keys:
        said.append(
            f"{_addresses(kept.clear)} in the database unencrypted: set ENCRYPTION_KEYS; docs/operations.md says how."
        )
    elif kept.clear or kept.older:
        said.append(
            f"{_addresses(kept.clear + kept.older)} not under the first of ENCRYPTION_KEYS yet, which happens within "
            "a day of running: keep the older keys until then."
        )
    if kept.locked:
        said.append(
            f"{_addresses(kept.locked)} encrypted with a key that is not in ENCRYPTION_KEYS: add it, or have the "
            "teams' leads give the addresses again."
        )
    return said


def _addresses(count: int) -> str:
    return "The secret address of a calendar is" if count == 1 else f"The secret addresses of {count} calendars are"


def called_off(meeting: Meeting, *, reader: Reader) -> Message:
    """That a meeting does not take place, in place of what was told before it."""
    text = md(
        "*{name}* on {day} at {at} {zone} time does not take place: it was cancelled in the calendar, or taken out "
        "of it. What is open comes back the next time.",
        **_when(meeting, reader),
    )
    return Message(text, [context(text)])


def moved(meeting: Meeting, *, reader: Reader) -> Message:
    """That a meeting takes place at another time, in place of what was told before it for the time it had."""
    text = md(
        "*{name}* was moved in the calendar: it begins on {day} at {at} {zone} time. "
        "Its agenda comes before it, in a message of its own.",
        **_when(meeting, reader),
    )
    return Message(text, [context(text)])


def _when(meeting: Meeting, reader: Reader) -> dict[str, str]:
    """What a meeting is called and when it begins, its day too: this may be read on another one."""
    begins = at(meeting.starts_at, reader)
    return {"name": meeting.name, "day": day_of(meeting), "at": begins, "zone": place(meeting.zone)}


def _hint() -> str:
    return f"Most calendars call it secret, private or ICS address; it starts with https://. {_SHOWN_TO_NOBODY}"


def _name(name: str) -> Block:
    return text_field("name", "Name", initial=name, placeholder="Growth sync", limit=NAME_LIMIT)


def _which(words: str, plan: Plan) -> list[Block]:
    leads = {str(one): f"{write_minutes(one)} before" for one in LEADS}
    return [
        text_field(
            "words",
            "Only entries whose title has these words",
            initial=words,
            hint="Each of them, in any order. Empty: every entry of the calendar is a meeting of this team.",
            limit=WORDS_LIMIT,
            optional=True,
        ),
        choice_field("lead", "The channel hears what needs talking about", leads, initial=str(plan.lead_minutes)),
    ]
