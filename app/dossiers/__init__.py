"""HỒ SƠ MỘT CỬA: one-stop dossiers, from the counter to the national portal."""
