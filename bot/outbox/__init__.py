"""The outbox: one row for each message owed, and the only way out for scheduled and announced messages."""
