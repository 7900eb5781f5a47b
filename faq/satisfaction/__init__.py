"""How satisfied readers are: what their votes say, how far that can be trusted, and how it went over time."""
