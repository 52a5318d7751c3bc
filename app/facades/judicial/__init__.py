"""The wire by which applications for judicial records are handed to the province."""
