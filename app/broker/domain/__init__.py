"""Rules of the broker: services and their operations, grants, requests, and the decision."""
