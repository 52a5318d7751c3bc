"""Every statement on notices."""
