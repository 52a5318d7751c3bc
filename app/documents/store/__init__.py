"""Every statement on documents."""
