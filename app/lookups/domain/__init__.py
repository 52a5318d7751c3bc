"""What look-ups are, and what they find: one English model for each national record."""
