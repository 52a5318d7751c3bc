"""What land systems say, by its wire names."""
