"""Every statement on webhooks."""
