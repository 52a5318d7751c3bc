"""Every statement on forms, reports and what was handed on."""
