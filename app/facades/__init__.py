"""Wires that existing systems already speak, as doors to the same use cases as `/v1`."""
