"""The words and lines of a text: lexicon words found in it, patterns of them, and its sentences, clauses and headings."""
