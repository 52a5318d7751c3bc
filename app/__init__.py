"""The LGSP gateway: a province's data-sharing hub."""
