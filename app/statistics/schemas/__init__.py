"""Figures as JSON, as a table of text, and as a drawing."""
