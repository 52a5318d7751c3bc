"""Documents and the statuses that travel back: rules and facts."""
