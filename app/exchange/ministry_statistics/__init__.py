"""The system that takes monthly figures of dossiers (`/Statistic`)."""
