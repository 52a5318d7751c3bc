"""Calling over HTTP/1.1 with as little as a proxy needs: bytes go out and come in as they are.

Nothing is followed, unpacked, remembered or added but `Host` and the framing. What an answer may
look like is read strictly: two sides that read one answer differently are how answers are smuggled.
"""
