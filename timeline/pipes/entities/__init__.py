"""Who and where: the names that the trained tagger marks, made into organisations, people and places with exact edges."""
