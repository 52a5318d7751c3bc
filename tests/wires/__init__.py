"""Clients of others, byte for byte, written from their protocol sheets and from nothing of ours."""
