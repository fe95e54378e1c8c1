"""What every replica is forked from: imported once, by the process that forks them.

It lives one short life itself, with a message to send, so that what a process does only once (building the first bot,
compiling each statement) is not done by every replica again. It keeps no connection, and never has a thread.
"""

import gc
import os
import pickle
from pathlib import Path

import pytest

from bot import log
from bot.clock import SystemClock
from bot.main import Bot
from tests.statements import share_compiled_statements
from tests.storm.replica import PEACEFUL_LIFE

share_compiled_statements(pytest.MonkeyPatch())
if PEACEFUL_LIFE in os.environ:
    log.set_up(form="json", level="error")
    _bot = Bot(pickle.loads(Path(os.environ[PEACEFUL_LIFE]).read_bytes()), SystemClock())
    _bot.introduce_itself()
    _bot.ticker.drain()
    _bot.stop()
gc.collect()
gc.freeze()  # so that a collection in a replica does not touch, and thereby copy, all that it shares with this process
