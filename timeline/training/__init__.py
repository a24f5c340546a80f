"""Corpora -> the shipped models; run as `python -m timeline.training NAME`, imported by nothing."""
