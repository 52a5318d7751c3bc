"""How what is shown here looks."""
