"""What every slice stands on; no word of the domain lives here."""
