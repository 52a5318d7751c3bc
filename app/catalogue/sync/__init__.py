"""What the nation publishes, brought into our catalogue."""
