"""Records of the shared services by their wire names, one module each."""
