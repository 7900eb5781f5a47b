"""Whole pages kept in memory and answered before Django is asked, for as long as nothing that they show has changed.

The database says when something changed: triggers (`announcing`) notify every process that listens (`revision`), and
what it has kept (`keeping`) is forgotten. A process that cannot hear the database answers nothing from memory. What is
kept, and for whom, is decided at the door (`serving`).
"""
