"""What changes in the absences room."""
