"""The wires existing systems speak already: same store and rules as `/v1`, their words."""
