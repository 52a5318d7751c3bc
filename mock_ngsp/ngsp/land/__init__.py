"""The land system, as VBDLIS and as iLIS: what one-stop systems tell it, and its calls to them."""
