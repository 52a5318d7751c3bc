"""Every statement on services and on opinions."""
