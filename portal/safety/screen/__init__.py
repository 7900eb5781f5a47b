"""Screens free text for what may be an adverse event: terms and patterns, no model, no network, no database."""

from portal.safety.screen.result import Cause, Level, Point, Result
from portal.safety.screen.screening import screen

__all__ = ["Cause", "Level", "Point", "Result", "screen"]
