"""JSON of dossiers, in and out."""
