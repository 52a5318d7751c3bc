"""The control API under `/_axis/v1`: what tests and demos ask of the mock itself."""
