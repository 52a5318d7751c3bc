"""`lgsp replay`: the working days of a whole province, through real processes, on rough sea."""
