"""PHÂN QUYỀN TRUY CẬP: clients, their tokens, and who may do what."""
