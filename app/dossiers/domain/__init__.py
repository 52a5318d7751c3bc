"""Rules of a one-stop dossier (hồ sơ một cửa)."""
