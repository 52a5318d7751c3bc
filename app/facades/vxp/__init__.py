"""The province's own document axis: software with the vendor's client inside speaks to it."""
