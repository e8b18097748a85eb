"""Items and rows under the names that the commands use; the batch room makes them."""

from server.batch.items import Failure, Item
from server.batch.rows import Readers, Row, article_of, score_items

__all__ = ["Failure", "Item", "Readers", "Row", "article_of", "score_items"]
