"""The ticks of the outbox."""

from datetime import timedelta

from bot.outbox.sender import Sender
from bot.ticker import Tick


def ticks(sender: Sender, *, lines: int = 1) -> list[Tick]:
    """What the metronome runs.

    Args:
        lines: how many posts may be in flight at the same moment in this process. One is enough for one workspace,
            whose pace Slack sets; more serve many.
    """
    sending = [Tick(f"outbox.send.{line}", timedelta(seconds=0.5), sender.send_due) for line in range(1, lines + 1)]
    return [*sending, Tick("outbox.reconcile", timedelta(seconds=1), sender.reconcile_due, sender.next_at)]
