"""What one sentence says: its concepts in their places, amounts, levels, change and which way outcomes go."""
