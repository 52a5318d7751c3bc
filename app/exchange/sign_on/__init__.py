"""Accounts of the national portal: the issuer's keys, and what its id_token says."""
