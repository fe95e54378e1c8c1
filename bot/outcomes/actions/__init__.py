"""What changes in the outcomes room. Every change leaves a line in the outcome's history."""
