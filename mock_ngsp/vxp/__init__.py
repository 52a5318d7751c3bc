"""The national document axis (trục liên thông văn bản quốc gia)."""
