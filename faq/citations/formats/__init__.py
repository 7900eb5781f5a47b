"""Readers of citation files: text in, CSL-JSON items out, and what is wrong with each. Pure."""
