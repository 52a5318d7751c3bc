"""Subscribing, telling, delivering, asking again."""
