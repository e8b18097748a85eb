"""Readers: one file per family of like sources; each names its SOURCES and how to read them."""
