"""JSON of services, of where a dossier stands, and of opinions; no answer here names a person."""
