"""Looking at how the gateway does."""
