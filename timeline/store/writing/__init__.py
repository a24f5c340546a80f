"""What goes into the tables: pages with what they tell, rows written where they differ, the log of changes, what a corrector said once."""
