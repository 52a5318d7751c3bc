"""JSON of documents, in and out."""
