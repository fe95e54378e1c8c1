"""What changes in the sources room."""
