"""Danh mục dùng chung: shared catalogues with their metadata, and as WSO2 data services."""
