"""DANH MỤC DÙNG CHUNG: members and procedures, with both spellings of codes and their dates."""
