"""The rules of reports: forms and their periods, what is checked, what a report becomes."""
