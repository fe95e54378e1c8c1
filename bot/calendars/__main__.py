"""The process that looks at one calendar: it is asked on its input, and answers on its output."""

import resource
import signal
import sys
from contextlib import suppress

from bot.calendars.addresses import ANYWHERE, PUBLIC
from bot.calendars.letters import read_asked, write_answer

_MEMORY = 512 * 1024 * 1024
_CPU_SECONDS = 10
_ORPHANED_AFTER = 30
"""Seconds after which it ends by itself, should nobody be there any more who would end it."""


def main() -> None:
    """Looks at one calendar."""
    signal.alarm(_ORPHANED_AFTER)
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    with suppress(ValueError, OSError):
        # Not every system can limit memory.
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    asked, anywhere = read_asked(sys.stdin.read())
    from bot.calendars.visiting import visit  # noqa: PLC0415  what the libraries take counts among what is limited

    sys.stdout.write(write_answer(visit(asked, ANYWHERE if anywhere else PUBLIC)))


main()
