"""Drawing the forms of decisions: what is in them, and what can be chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from slack_bolt import Args

from bot.db.database import Database, Tx
from bot.decisions.actions.opening import Around
from bot.decisions.messages.asking import SEVERAL, need_form
from bot.decisions.messages.deciding import CHOSEN, decide_form
from bot.decisions.messages.expected import EXPECTED, Measured
from bot.decisions.messages.logging import log_form
from bot.decisions.queries import DecisionView
from bot.decisions.queries.recall import recall
from bot.decisions.queries.waiting import Wait, waits_named, waits_to_choose
from bot.decisions.rules import QUESTION_LIMIT
from bot.decisions.rules.drafts import Choice, Measure, read_choice
from bot.errors import FormRefused, NotFound
from bot.language.words import one_line, shorten
from bot.obstacles.queries import ObstacleView, find_obstacle, outcomes_to_choose
from bot.outcomes.queries import Brief, find_outcome_by_id
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.app import carried_ids
from bot.slack.message import Form
from bot.slack.mrkdwn import Markup
from bot.slack.typed import Answers, Filled, made_anew
from bot.teams.model import Team
from bot.teams.queries import team_in_channel, visible_teams

ASKED = ("question", "context", "options", "decider", "heard", "needed_by", "waits", "team")


@dataclass(frozen=True)
class Desk:
    """What drawing a form takes: a transaction to read in, and who fills it."""

    tx: Tx
    viewer: Viewer
    reader: Reader
    now: datetime

    @classmethod
    def of(cls, tx: Tx, viewer: Viewer, person: Person, now: datetime) -> Self:
        """One person's."""
        return cls(tx, viewer, Reader.of(person, now), now)

    @property
    def teams(self) -> dict[int, str]:
        """The teams that can be chosen."""
        return {team.id: team.name for team in visible_teams(self.tx, self.viewer)}

    def team_here(self, channel_id: str) -> str:
        """What the field of the team begins with: the channel's own, or the only one there is."""
        here = team_in_channel(self.tx, self.viewer, channel_id)
        teams = self.teams
        return str(here.id if here else next(iter(teams))) if here or len(teams) == 1 else ""

    def team_chosen(self, chosen: str) -> Team:
        """The team that was chosen. Raises FormRefused for one that the viewer does not see."""
        team = next((team for team in visible_teams(self.tx, self.viewer) if str(team.id) == chosen), None)
        if team is None:
            raise FormRefused({"team": "Choose one of the teams in the list."})
        return team


def new_need_form(
    desk: Desk, values: Mapping[str, str], *, channel_id: str, obstacle_id: int = 0, above: str = ""
) -> Form:
    """The form of a decision that is to be made; `above` is a sentence that stands over it."""
    filled = Filled({"team": desk.team_here(channel_id), **values})
    return drawn_need_form(desk, filled, carries=f"{obstacle_id} {channel_id}".strip(), above=above)


def need_form_of(desk: Desk, view: ObstacleView, *, channel_id: str, above: str = "") -> Form:
    """The form of the decision that an obstacle needs, with its words, and its outcome as what waits for it."""
    obstacle, said = view.obstacle, one_line(view.obstacle.text)
    values = {
        "question": shorten(said, QUESTION_LIMIT),
        "context": obstacle.text if len(said) > QUESTION_LIMIT else "",
        "waits": f"o{obstacle.outcome_id}",
        "team": str(view.brief.team.id),
    }
    return new_need_form(desk, values, channel_id=channel_id, obstacle_id=obstacle.id, above=above)


def drawn_need_form(desk: Desk, filled: Filled, *, carries: str, above: str = "") -> Form:
    """The form as far as it is filled, with what was decided and learnt before about the same."""
    obstacle_id, channel_id, _ = carried_by_new(carries)
    waits = with_chosen(desk, waits_to_choose(desk.tx, desk.viewer, channel_id=channel_id), filled)
    return need_form(
        filled,
        desk.teams,
        waits,
        reader=desk.reader,
        carries=carries,
        recall=recall(desk.tx, desk.viewer, filled["question"]),
        obstacle=find_obstacle(desk.tx, desk.viewer, obstacle_id) if obstacle_id else None,
        above=above,
    )


def need_form_instead(desk: Desk, answers: Answers, *, carries: str) -> Form:
    """The form of a decision that is to be made, in the place of the one that logs it: with its words and its message.

    What was said to be decided is the question, unless that has words of its own; then it is the context.
    """
    typed = typed_in(answers, ("choice", "question", "heard", "team"))
    question = one_line(typed["question"] or typed["choice"])
    values = {
        "question": shorten(question, QUESTION_LIMIT),
        "context": typed["choice"] if typed["question"] or len(question) > QUESTION_LIMIT else "",
        "heard": typed["heard"],
        "team": typed["team"],
    }
    anew = {name: made_anew(answers.block_id(name)) for name in ("question", "decider", "team")}
    return drawn_need_form(desk, Filled(values, anew), carries=carries)


def new_log_form(desk: Desk, values: Mapping[str, str], *, channel_id: str, ts: str = "", supersedes: int = 0) -> Form:
    """The form of a decision that was made already; `ts` is that of the message it is taken from."""
    filled = Filled(
        {"team": desk.team_here(channel_id), "decider": desk.viewer.person_id, "reversible": "yes", **values}
    )
    return drawn_log_form(desk, filled, carries=f"{supersedes} {channel_id} {ts}".strip())


def drawn_log_form(
    desk: Desk, filled: Filled, *, carries: str, typed: Mapping[str, str] | None = None, shows_more: bool = False
) -> Form:
    """The form as far as it is filled; `typed` is what stands in it now, where that is more."""
    supersedes, channel_id, ts = carried_by_new(carries)
    stands = typed or filled.values
    about = "\n".join(filter(None, [stands.get("question"), stands.get("choice")]))
    return log_form(
        filled,
        desk.teams,
        measures(desk, stands.get("outcome", ""), channel_id),
        reader=desk.reader,
        carries=carries,
        from_message=bool(ts),
        recall=recall(desk.tx, desk.viewer, about, besides=supersedes),
        shows_more=shows_more,
        may_be_open=not supersedes,
    )


def drawn_decide_form(
    desk: Desk,
    view: DecisionView,
    filled: Filled,
    *,
    channel_id: str,
    typed: Mapping[str, str] | None = None,
    notice: Markup | None = None,
) -> Form:
    """The form of a choice, as far as it is filled."""
    return decide_form(
        view,
        filled,
        measures(desk, (typed or filled.values).get("outcome", ""), channel_id),
        reader=desk.reader,
        carries=carried(view, channel_id),
        notice=notice,
        recall=recall(desk.tx, desk.viewer, view.decision.question, besides=view.decision.id),
    )


def measures(desk: Desk, chosen: str, channel_id: str) -> Measured:
    """The outcomes that a choice may move, and the one that is chosen; it can be chosen though it is closed by now."""
    outcomes = outcomes_to_choose(desk.tx, desk.viewer, channel_id)
    brief = measured_outcome(desk, chosen)
    if brief is not None and all(one.id != brief.outcome.id for one in outcomes):
        outcomes = [brief.outcome, *outcomes[:99]]
    return Measured(outcomes, brief)


def measured_outcome(desk: Desk, chosen: str) -> Brief | None:
    """The outcome that was chosen; None for none. Raises FormRefused for one that the viewer does not see."""
    if not chosen:
        return None
    try:
        return find_outcome_by_id(desk.tx, desk.viewer, carried_ids(chosen, 1)[0])
    except NotFound:
        raise FormRefused({"outcome": "Choose one of the outcomes in the list."}) from None


def with_chosen(desk: Desk, waits: list[Wait], filled: Filled) -> list[Wait]:
    """What can be chosen to wait, with what is chosen already: it may be closed, or one of very many."""
    known = {one.value for one in waits}
    chosen = [one for one in waits_named(desk.tx, desk.viewer, filled["waits"].split()) if one.value not in known]
    return [*chosen, *waits][:100]


def typed_in(answers: Answers, names: Iterable[str]) -> dict[str, str]:
    """What stands in these fields; where several can be chosen, their values in order."""
    return {name: " ".join(sorted(answers.many(name))) if name in SEVERAL else answers[name] for name in names}


def choice_in(desk: Desk, answers: Answers, view: DecisionView | None = None) -> Choice:
    """The choice that a form describes. Raises FormRefused with a sentence for each field that needs another look."""
    typed = typed_in(answers, {*CHOSEN, *EXPECTED})
    brief = measured_outcome(desk, typed["outcome"])
    return read_choice(
        typed,
        today=desk.reader.today,
        locale=desk.reader.locale,
        options=view.options if view else (),
        measure=Measure(brief.outcome.id, brief.outcome.unit) if brief else None,
        is_change=view is not None and not view.is_open,
    )


def people_named(args: Args, db: Database, viewer: Viewer, ids: Iterable[str]) -> dict[str, Person]:
    """Those people, looked up in Slack where Rhythm has not met them. Raises NotFound for nobody."""
    return {one: introduce(args.client, db, viewer, one) for one in ids if one}


def around_in(desk: Desk, typed: Mapping[str, str], people: Mapping[str, Person]) -> Around:
    """Who and what a form says that a decision concerns."""
    heard = [people[one] for one in typed["heard"].split() if one != typed["decider"]]
    waits = waits_named(desk.tx, desk.viewer, typed["waits"].split())
    return Around(people.get(typed["decider"]), heard, waits)


def carried(view: DecisionView, channel_id: str) -> str:
    """What the form of a decision carries: which one, the version it is opened at, and in which channel."""
    return f"{view.decision.id} {view.decision.version} {channel_id}".strip()


def carried_by(form: Mapping[str, Any]) -> tuple[int, int, str]:
    """The decision's id, the version its form was opened at, and the channel it was opened in, or an empty text."""
    first, second, channel_id = [*str(form.get("private_metadata", "")).split(" "), "", "", ""][:3]
    decision_id, version = carried_ids(f"{first} {second}", 2)
    return decision_id, version, channel_id


def carried_by_new(metadata: str) -> tuple[int, str, str]:
    """What the form of a new decision carries: the id of what it follows, or 0; the channel, and a message's ts.

    It follows the obstacle that needs it, or the decision whose place it takes. Channel and ts may be empty.
    """
    first, channel_id, ts = [*metadata.split(" "), "", "", ""][:3]
    return carried_ids(first, 1)[0], channel_id, ts
