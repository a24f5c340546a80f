"""What comes out of the tables: events by filters, counted and listed, bodies, partnerships, histories."""
