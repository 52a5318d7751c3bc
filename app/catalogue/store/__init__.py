"""Where members, procedures and divisions are kept; one module each."""
