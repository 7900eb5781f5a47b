"""Brings answers in bulk, in the content format of docs/content-format.md: read, examine, then write."""
