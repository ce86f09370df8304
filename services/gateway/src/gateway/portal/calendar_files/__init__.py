"""Calendars of other programs (iCalendar), given out and taken in, on pages."""
