"""Deciding on services, showing and counting them; where a dossier stands; opinions."""
