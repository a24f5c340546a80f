"""Tellings with their dates and arguments as drafts of events, ties between bodies, and the joining of what is one event."""
