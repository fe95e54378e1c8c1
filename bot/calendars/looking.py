"""Looking at a calendar in a process of its own.

What a stranger's server sends can take any time and any memory to receive and to read. A process can be ended; a
thread cannot. It also takes with it what the library keeps of one calendar's zones, so that none meets another's.
"""

import subprocess
import sys
from pathlib import Path

from bot.calendars.entries import Answer, Asked, Trouble
from bot.calendars.letters import read_answer, write_asked

PATIENCE = 15.0
"""Seconds that a look may take altogether."""

_ROOT = Path(__file__).resolve().parents[2]


def look(asked: Asked, *, anywhere: bool = False, patience: float = PATIENCE) -> Answer:
    """What a calendar has; within `patience` seconds it answers, however it goes.

    Args:
        anywhere: also over http, and from this machine and its network.
    """
    command = [sys.executable, "-m", "bot.calendars"]
    written = write_asked(asked, anywhere=anywhere).encode()
    try:
        # Nothing of it comes from outside but what is written to it; what it complains of may name the address.
        done = subprocess.run(  # noqa: S603
            command,
            input=written,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Answer(trouble=Trouble.SLOW)
    try:
        return read_answer(done.stdout.decode())
    except ValueError:
        return Answer(trouble=Trouble.HEAVY)
