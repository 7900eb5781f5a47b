"""Rendered answers as trees of plain values, which the printed document is set from. Pure: it knows no model."""
