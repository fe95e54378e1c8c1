"""The Slack floor: Bolt, the shapes of messages and forms, and the escaping of what people type."""
