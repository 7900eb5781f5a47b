"""Versions that leave as Word files for readers outside, and Word files that become drafts."""
