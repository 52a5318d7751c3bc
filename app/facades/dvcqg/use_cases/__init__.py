"""What provincial systems do through the portal's wire: log in, push, look up."""
