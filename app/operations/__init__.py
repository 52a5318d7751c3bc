"""VẬN HÀNH: is it alive, is it ready, what does it count, what do its problems mean."""
