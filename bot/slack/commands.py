"""Slash commands: each room adds its words; one listener a command finds the word that was typed."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from slack_bolt import App, Args

from bot.language.words import nearest
from bot.slack.app import acked, open_form
from bot.slack.blocks import context, header, notice, section
from bot.slack.message import Message
from bot.slack.mrkdwn import lines, md
from bot.slack.typed import Line, clean, read_line, thread_of

_A_KEY = re.compile(r"(?:[A-Za-z]{2,4}[- ]?|#)?\d{1,9}")
"""A key such as `DEC-3`, as people type it."""


@dataclass(frozen=True)
class Word:
    """One thing that can be typed after a command.

    `name` is empty for the command alone; `usage` is what follows the command, as help shows it; `says` is what it
    does, in a few words; `run` takes the gesture and the rest of the line. `takes_anything` says that it also hears a
    line that begins with no word of the command, whole. `explains` is what `help` and its name answer, where that is
    more than a line.
    """

    command: str
    name: str
    usage: str
    says: str
    run: Callable[[Args, str], None]
    also: tuple[str, ...] = ()
    takes_anything: bool = False
    explains: Message | None = None


def answer_commands(
    bolt: App,
    words: Iterable[Word],
    introductions: dict[str, str],
    then: Callable[[Args], None] = lambda _args: None,
) -> None:
    """Listens for every command that has words.

    Args:
        introductions: a sentence a command, shown above its help.
        then: what follows once a word has done its work.
    """
    by_command: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        by_command[word.command].append(word)
    for command, its in by_command.items():
        bolt.command(command)(acked(_finder(command, its, introductions.get(command, ""), then)))


def reply(args: Args, message: Message, *, instead: bool = False) -> None:
    """Answers a command or a button, to that person alone, in the thread where the button is.

    With `instead`, in place of the answer that the button is on.
    """
    where: dict[str, Any] = {
        "response_type": "ephemeral",
        "replace_original": instead,
        "thread_ts": thread_of(args.body),
    }
    answered = args.respond(text=message.text, blocks=message.blocks, **where)
    if answered.status_code >= 400 or "invalid_blocks" in answered.body:
        # A workspace or client that does not know a block yet still gets every word of it.
        args.respond(text=message.text, **where)


def answer(args: Args, title: str, message: Message) -> None:
    """Answers wherever the person stands: a gesture from App Home or a shortcut has no channel, so a modal says it."""
    if args.body.get("response_url"):
        reply(args, message)
    else:
        open_form(args, notice(title, message))


def command_help(command: str, words: list[Word], introduction: str) -> Message:
    """The help of one command: each way to use it, and what that does."""
    ways = [md("`{usage}` – {says}", usage=f"{command} {word.usage}".strip(), says=word.says) for word in words]
    ways.append(md("`{usage}` – this list", usage=f"{command} help"))
    return Message(
        text=lines(introduction, *ways),
        blocks=[header(command), section(introduction), section(lines(*ways)), context(md("Only you can see this."))],
    )


def unknown_word(command: str, typed: str, names: list[str], rest: str = "") -> Message:
    """The answer to a word nobody knows: the nearest one, with the rest of what was typed, and where the list is."""
    close = nearest(typed, names)
    meant = f"{close} {rest}".strip()
    guess = md("Did you mean `{command} {meant}`?", command=command, meant=meant) if close else ""
    text = lines(
        md("`{command}` does not know “{typed}”.", command=command, typed=typed[:60]),
        guess,
        md("Usage: `{command} {names}`", command=command, names=f"[{'|'.join(names)}]"),
    )
    return Message(text=text, blocks=[section(text)])


def _is_mistyped(line: Line, names: list[str]) -> bool:
    """Whether a line is rather one of the command's words with a slip, alone or before a key, than words of its own."""
    return (not line.rest or bool(_A_KEY.fullmatch(line.rest))) and nearest(line.word, names) is not None


def _finder(command: str, words: list[Word], introduction: str, then: Callable[[Args], None]) -> Callable[[Args], None]:
    named = {name: word for word in words for name in (word.name, *word.also)}
    names = [word.name for word in words if word.name] + ["help"]
    otherwise = next((word for word in words if word.takes_anything), None)

    def help_on(topic: str) -> Message:
        if topic in ("", "help"):
            return command_help(command, words, introduction)
        if word := named.get(topic):
            return word.explains or command_help(command, [word], introduction)
        return unknown_word(f"{command} help", topic, names)

    def hear(args: Args) -> None:
        text = args.command["text"] if args.command else ""
        line = read_line(text)
        if word := named.get(line.word):
            word.run(args, line.rest)
            then(args)
        elif line.word in {"help", "?"}:
            reply(args, help_on(read_line(line.rest).word))
        elif otherwise and not _is_mistyped(line, names):
            otherwise.run(args, clean(text))
            then(args)
        else:
            reply(args, unknown_word(command, line.word, names, line.rest if _A_KEY.fullmatch(line.rest) else ""))

    return hear
