"""Acts on the register of shared services, one transaction each."""
