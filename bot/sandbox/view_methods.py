"""`views.*`."""

from bot.sandbox.limits import check_view
from bot.sandbox.method import method, missing, text
from bot.sandbox.rates import TIER_4
from bot.sandbox.refusals import Json, SlackError
from bot.sandbox.slack import Slack


@method("views.open", tier=TIER_4)
def open_view(slack: Slack, args: Json) -> Json:
    """Opens a modal in front of the person whose gesture the trigger is."""
    view = _view(args)
    trigger = slack.interactions.spend(text(args, "trigger_id"))
    return {"view": slack.forms.open(trigger.user, view)}


@method("views.push", tier=TIER_4)
def push_view(slack: Slack, args: Json) -> Json:
    """Puts a modal on top of the one the gesture was made in."""
    view = _view(args)
    trigger = slack.interactions.spend(text(args, "trigger_id"))
    return {"view": slack.forms.push(trigger.user, view)}


@method("views.update", tier=TIER_4)
def update_view(slack: Slack, args: Json) -> Json:
    """Replaces an open modal, found by `view_id` or `external_id`."""
    view_id, external_id = args.get("view_id"), args.get("external_id")
    if not view_id and not external_id:
        raise missing("view_id")
    return {"view": slack.forms.update(view_id, external_id, _view(args), args.get("hash"))}


@method("views.publish", tier=TIER_4)
def publish_view(slack: Slack, args: Json) -> Json:
    """Puts up a person's Home."""
    user = text(args, "user_id")
    if user not in slack.world.users:
        raise SlackError("user_not_found")
    view = args.get("view")
    if isinstance(view, dict) and view.get("type") != "home":
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] must be a home view"]})
    return {"view": slack.forms.publish(user, _view(args), args.get("hash"))}


def _view(args: Json) -> Json:
    if args.get("view") is None:
        raise missing("view")
    check_view(args["view"])
    view: Json = args["view"]
    return view
