"""JSON in and out of the broker, and the documents that describe services."""
