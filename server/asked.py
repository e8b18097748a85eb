"""What a caller sent, a text or an address, as an article."""

from detector.errors import InputError
from server.errors import BadFieldError, UnreadableError
from server.extract import Article
from server.payloads import CheckRequest
from server.services import Services


def article_of(services: Services, asked: CheckRequest) -> Article:
    """The text itself, or the article at the address. Raises BadFieldError or UnreadableError."""
    if (asked.text is None) == (asked.url is None):
        raise BadFieldError('Send either "text" or "url".')
    if asked.text is not None:
        return Article(asked.text, None, None)
    address = asked.url or ""
    try:
        return services.workers.run(lambda: services.read_article(address))
    except InputError as exc:
        raise UnreadableError(str(exc), exc.reason) from exc
