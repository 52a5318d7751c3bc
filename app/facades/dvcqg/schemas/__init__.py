"""The portal's wire as provincial systems write it, and the answers they read."""
