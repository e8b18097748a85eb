"""POST /v1/original: the words and the address of a search that only the reader makes."""

from typing import Any

import pytest

from detector import Verdict
from detector.errors import WrongUse
from server.original import ENGINES, OriginalFound, engine_address, find_original
from server.settings import Settings, load_settings

STORY = "We saw the baker Ellen Marsh in Harrow. She paid 40,250 & was on the right side of historical past."
CLEAN = Verdict("clean", None, -3.5, 0.001, 0.4, 20, 0.0, None, (), (), "fake-1")


def ask(desk: Any, body: Any) -> Any:
    return desk.call("POST", "/v1/original", body, Authorization=f"Bearer {desk.pair()}")


def test_the_answer_is_a_query_and_an_address_with_the_query_in_it(desk: Any) -> None:
    answer = ask(desk, {"text": STORY})
    assert answer.json == {
        "query": "Ellen Marsh Harrow 40,250 history baker right",
        "address": "https://duckduckgo.com/?q=Ellen+Marsh+Harrow+40%2C250+history+baker+right",
    }


def test_title_and_address_keep_the_sites_own_name_out(desk: Any) -> None:
    body = {"text": STORY + " We at Loaf saw it.", "title": "Marsh | Loaf", "url": "https://www.loaf.example/a"}
    assert "Loaf" not in ask(desk, body).json["query"]
    assert "Loaf" in ask(desk, {"text": body["text"]}).json["query"]


def test_the_setting_says_where(make_desk: Any) -> None:
    answer = ask(make_desk(search="https://search.example/find?lang=en&words=%s&n=1"), {"text": STORY})
    assert answer.json["address"].startswith("https://search.example/find?lang=en&words=Ellen+Marsh")
    assert answer.json["address"].endswith("&n=1")


def test_a_text_without_anything_to_search_for_gives_no_address(desk: Any) -> None:
    assert ask(desk, {"text": "It is on us."}).json == {"query": "", "address": ""}


@pytest.mark.parametrize("name", ENGINES)
def test_every_named_engine_is_an_encrypted_address_for_words(name: str) -> None:
    assert engine_address(f" {name.title()} ") == ENGINES[name]
    assert ENGINES[name].startswith("https://") and ENGINES[name].count("%s") == 1


@pytest.mark.parametrize(
    "setting",
    ["", "altavista", "javascript:alert('%s')", "https://search.example/?q=", "https://%s/", "//a.example/%s"],
)
def test_any_other_engine_is_refused_before_the_server_starts(make_desk: Any, setting: str) -> None:
    with pytest.raises(WrongUse) as told:
        make_desk(search=setting)
    assert str(told.value).startswith(f"search is {setting!r}; write one of duckduckgo, google, bing")


def test_the_engine_comes_from_the_table_of_settings() -> None:
    assert Settings().search == "duckduckgo"
    assert load_settings({"UNSPUN_SEARCH": "Brave"}).search == "Brave"


def test_signs_in_a_text_cannot_change_the_address() -> None:
    found = find_original("We met Q&A-Marsh and R's.", CLEAN, ENGINES["bing"], None, "https://[bad")
    assert found == OriginalFound("Q&A-Marsh", "https://www.bing.com/search?q=Q%26A-Marsh")


def test_the_call_needs_a_token_on_one_path_and_the_cookie_on_the_other(desk: Any) -> None:
    assert desk.call("POST", "/v1/original", {"text": STORY}).status_code == 401
    assert desk.call("POST", "/dashboard/original", {"text": STORY}).status_code == 403
    assert desk.browser().call("POST", "/dashboard/original", {"text": STORY}).json["query"].startswith("Ellen Marsh")


def test_a_bad_body_is_a_problem(desk: Any) -> None:
    answer = ask(desk, {"title": "A"})
    assert (answer.status_code, answer.json["detail"]) == (400, '"text" is missing. It must be a string.')
