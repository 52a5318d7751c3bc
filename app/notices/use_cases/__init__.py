"""Telling, following, delivering and seeing notices."""
