"""An answer as a Word file, from plain values: the same values give the same bytes. Pure."""
