"""What surrounds the bot: make, the containers, the Slack CLI, and the tests' own PostgreSQL."""
