"""What changes in the decisions room. Every change leaves a line in the decision's history."""
