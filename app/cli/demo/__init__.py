"""`lgsp demo`: one dossier and one document, all the way to the nation and back."""
