"""The evidence report and the search for the original over HTTP, for paired clients and for the dashboard alike."""

from datetime import datetime

from flask import Response, jsonify, request

from server.fields import read_fields, read_json
from server.original import OriginalFound, find_original
from server.payloads import OriginalRequest, ReportRequest
from server.report import MEDIA_TYPES, make_report, report_bytes, report_name
from server.services import Services


def report(services: Services) -> Response:
    """The report on one text, as a file to keep."""
    asked = read_fields(ReportRequest, read_json(request.get_data()))
    detector = services.detector()
    now = datetime.now().astimezone()

    def job() -> tuple[str, bytes]:
        made = make_report(asked.text, detector, now, asked.url, asked.title, asked.extractor)
        return report_name(made, asked.format), report_bytes(made, asked.format)

    name, content = services.workers.run(job)
    response = Response(content, content_type=MEDIA_TYPES[asked.format])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def original(services: Services) -> Response:
    """What to search for; nothing is searched for here."""
    asked = read_fields(OriginalRequest, read_json(request.get_data()))
    detector = services.detector()

    def job() -> OriginalFound:
        verdict = detector.score(asked.text, evidence="all")
        return find_original(asked.text, verdict, services.search_engine, asked.title, asked.url)

    return jsonify(services.workers.run(job))
