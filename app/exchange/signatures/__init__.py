"""Digital signatures of packets and inside PDFs: looked at by a process of its own.

Nothing is fetched: chains end at the roots of a file, and revocation is not asked for online.
"""
