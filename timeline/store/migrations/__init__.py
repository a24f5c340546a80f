"""The schema's history: alembic revisions, applied by connect.py when a store is opened."""
