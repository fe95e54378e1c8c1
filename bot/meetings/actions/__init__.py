"""What changes in the meetings room."""
