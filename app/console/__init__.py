"""What goes through the gateway at this moment, for whoever runs it."""
