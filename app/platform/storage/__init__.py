"""Contents by their SHA-256, kept once whoever needs them: in the database, part by part.

A part of the domain names a content by a foreign key on `blobs`. What it names is safe from
removal while it also says so: each part has a `Holder`, and the worker, which takes away what is
loose, is given all of them.
"""
