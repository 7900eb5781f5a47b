"""Word files: what an answer in one says, and an answer as one. Pure: it knows no model and no Django."""
