"""All sources, those of better prose first: of two copies the first one's is kept."""

from training.corpora.readers import (
    assistant,
    books,
    encyclopaedia,
    fiction,
    legal,
    letters,
    manuals,
    news,
    recipes,
    reviews,
    science,
    scripture,
    speeches,
    web,
)
from training.corpora.source import Source

SOURCES: tuple[Source, ...] = (
    *news.SOURCES,
    *reviews.SOURCES,
    *web.SOURCES,
    *letters.SOURCES,
    *recipes.SOURCES,
    *science.SOURCES,
    *legal.SOURCES,
    *books.SOURCES,
    *fiction.SOURCES,
    *scripture.SOURCES,
    *speeches.SOURCES,
    *encyclopaedia.SOURCES,
    *manuals.SOURCES,
    *assistant.SOURCES,
)
