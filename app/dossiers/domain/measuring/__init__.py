"""What is counted of a dossier, by the rules with which the national portal reads a record."""
