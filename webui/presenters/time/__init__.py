"""Counts by date -> bars, calendars and what rises."""
