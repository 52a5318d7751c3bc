"""Services that carry short messages and mails to people."""
