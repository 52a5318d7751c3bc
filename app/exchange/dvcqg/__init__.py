"""The national public service portal (DVCQG): records, client, answer codes."""
