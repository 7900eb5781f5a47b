"""Carries a whole market as plain files: from the database to a folder, and from a folder to another database."""
