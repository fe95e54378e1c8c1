"""People: a Slack user as Rhythm knows them."""
