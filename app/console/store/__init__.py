"""Reading what is shown here from the tables of others."""
