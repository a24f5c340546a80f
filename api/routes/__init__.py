"""The JSON routes, one file a subject."""
