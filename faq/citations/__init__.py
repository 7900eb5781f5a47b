"""References as CSL-JSON, written in AMA style and numbered in order of first appearance; no database."""
