"""The fields of one control request, read with the checks that every endpoint shares."""

from bot.sandbox.refusals import Json, Refused
from bot.sandbox.slack import Slack
from bot.sandbox.world import SLACKBOT


class Ask:
    """One request: who asks, where, and for what."""

    def __init__(self, slack: Slack, fields: Json) -> None:
        self._world = slack.world
        self.fields = fields

    def text(self, name: str) -> str:
        """A string that must be there. Raises Refused."""
        value = self.fields.get(name)
        if not isinstance(value, str) or not value:
            raise Refused(f"`{name}` is needed, as a string.")
        return value

    def optional(self, name: str) -> str | None:
        """A string that may be absent. Raises Refused for another type."""
        return None if self.fields.get(name) in (None, "") else self.text(name)

    def truth(self, name: str) -> bool:
        """A boolean that must be there. Raises Refused."""
        if not isinstance(self.fields.get(name), bool):
            raise Refused(f"`{name}` is needed, true or false.")
        return bool(self.fields[name])

    def user(self) -> str:
        """Anybody, the bot's own user included. Raises Refused."""
        user = self._world.user_id(self.text("user"))
        if user is None:
            raise Refused(f"There is nobody called {self.fields['user']!r}.", 404)
        return user

    def person(self) -> str:
        """Somebody who can act: a person, not deactivated. Raises Refused."""
        user = self.user()
        row = self._world.users[user]
        if row["deleted"] or row["is_bot"] or user == SLACKBOT:
            raise Refused(f"{row['real_name']} is {'deactivated' if row['deleted'] else 'a bot'} and cannot act.", 403)
        return user

    def channel(self, user: str) -> str:
        """A channel this person may see. Raises Refused."""
        reference = self.text("channel")
        if reference.removeprefix("@") in ("bot", self._world.bot_user, self._world.company.bot.name):
            return self._world.dm(user)
        as_user = self._world.user_id(reference)
        if as_user is not None and reference[:1] != "#":
            if as_user != user:
                raise Refused("That conversation belongs to somebody else.", 403)
            return self._world.dm(user)
        channel = self.any_channel()
        if not self._world.may_see(user, channel):
            raise Refused("This person is not in that channel.", 403)
        return channel

    def any_channel(self) -> str:
        """A channel, whoever may see it. Raises Refused."""
        channel = self._world.channel_id(self.text("channel"))
        if channel is None:
            raise Refused(f"There is no channel {self.fields['channel']!r}.", 404)
        return channel

    def place(self, user: str) -> str | tuple[str, str]:
        """A view by `view_id`, or a message by `channel` and `ts`. Raises Refused."""
        view_id = self.optional("view_id")
        return view_id if view_id is not None else (self.channel(user), self.text("ts"))
