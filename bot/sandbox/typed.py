"""Text as people type it, made into text as Slack sends it."""

import re

from bot.sandbox.world import World

BROADCASTS = {"channel", "here", "everyone"}


def escaped(text: str) -> str:
    """The three characters Slack escapes, in its order."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Typed:
    """Resolves `@handle` and `#name` for the person who typed them; unknown ones stay plain text."""

    def __init__(self, world: World, user: str) -> None:
        self._world = world
        self._user = user

    def in_command(self, text: str, *, should_escape: bool) -> str:
        """A slash command's text: with `should_escape`, people and channels become `<@U…|handle>`, `<#C…|name>`."""
        if not should_escape:
            return escaped(text)
        return self._resolved(escaped(text), named=True)

    def in_message(self, text: str) -> str:
        """A message's text: people become `<@U…>`, channels `<#C…|name>`, addresses `<https://…>`."""
        linked = re.sub(r"(?<!\S)(https?://[^\s|]+)", r"<\1>", escaped(text))
        return self._resolved(linked, named=False)

    def _resolved(self, text: str, *, named: bool) -> str:
        def person(match: re.Match[str]) -> str:
            word, trailing = _without_stop(match[1])
            if word.lower() in BROADCASTS:
                return f"<!{word.lower()}>{trailing}"
            user = self._world.user_id(word) if word not in self._world.users else None
            if user is None:
                return match[0]
            label = f"|{self._world.users[user]['name']}" if named else ""
            return f"<@{user}{label}>{trailing}"

        def channel(match: re.Match[str]) -> str:
            word, trailing = _without_stop(match[1])
            id = self._world.channel_id(word) if word else None
            if id is None or id == word or not self._world.may_see(self._user, id):
                return match[0]
            return f"<#{id}|{self._world.channels[id]['name']}>{trailing}"

        text = re.sub(r"(?<![\w@<])@([\w.-]+)", person, text)
        return re.sub(r"(?<![\w#<&/])#([\w-]+)", channel, text)


def _without_stop(word: str) -> tuple[str, str]:
    bare = word.rstrip(".-")
    return bare, word[len(bare) :]
