"""What changes in the check-ins room: a period is decided, an owner answers."""
