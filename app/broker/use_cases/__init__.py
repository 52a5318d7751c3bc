"""What is done with services, grants and credentials."""
