"""What can be done with forms and reports: one function for each act."""
