"""What is different between two wordings of an answer. Pure: takes values, returns values."""
