"""The sandbox's parts, together, as Web API methods and gestures need them."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.delivery import Delivery
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.forms import Forms
from bot.sandbox.hints import Hints
from bot.sandbox.interactions import Interactions
from bot.sandbox.manifest import Manifest
from bot.sandbox.rates import Rates
from bot.sandbox.refusals import SlackError
from bot.sandbox.world import World


@dataclass(frozen=True)
class Slack:
    """One running sandbox. `url` has no slash at its end."""

    url: str
    world: World
    manifest: Manifest
    hints: Hints
    interactions: Interactions
    forms: Forms
    delivery: Delivery
    events: Events
    faults: Faults
    rates: Rates
    bot_token: str
    app_token: str
    is_at_rest: Callable[[], bool]
    """Whether the bot is known to have nothing in hand; False where nobody knows."""

    def need(self, scope: str) -> None:
        """Raises Slack's `missing_scope` unless the manifest grants this scope."""
        if not self.manifest.allows(scope):
            provided = ",".join(sorted(self.manifest.granted or ()))
            raise SlackError("missing_scope", needed=scope, provided=provided)
