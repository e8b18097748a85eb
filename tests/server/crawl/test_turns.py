"""Turns: one request a host at a time, pauses between, so many in all, the earliest first, and nobody is forgotten."""

import asyncio
import itertools
from collections import Counter

import pytest

from detector.errors import FetchError
from server.crawl.turns import Turns
from tests.server.crawl.conftest import Crawl
from tests.server.crawl.web import Exchange, Web, in_turn, reply


class Watch:
    """Takes turns, and knows who is in one."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.now: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.most_in_all = 0
        self.order: list[int] = []
        self.began: list[float] = []

    async def take(self, host: str, order: int, is_page: bool = True, time_s: float = 0.001) -> None:
        async with self.turns.turn(host, order, is_page):
            self.order.append(order)
            self.began.append(asyncio.get_running_loop().time())
            self.now[host] += 1
            self.most[host] = max(self.most[host], self.now[host])
            self.most_in_all = max(self.most_in_all, self.now.total())
            await asyncio.sleep(time_s)
            self.now[host] -= 1


def anything(order: int) -> bool:
    return True


def test_a_host_has_one_request_at_a_time_and_pauses_between() -> None:
    async def run() -> Watch:
        watch = Watch(Turns(0.05, 10, anything))
        await asyncio.gather(*(watch.take("a", order) for order in range(5)))
        return watch

    watch = asyncio.run(run())
    assert (watch.most["a"], watch.order) == (1, [0, 1, 2, 3, 4])
    assert all(later - earlier >= 0.05 for earlier, later in itertools.pairwise(watch.began))


def test_all_hosts_share_the_places() -> None:
    async def run() -> Watch:
        watch = Watch(Turns(0.0, 3, anything))
        await asyncio.gather(*(watch.take(f"h{order % 20}", order) for order in range(200)))
        return watch

    watch = asyncio.run(run())
    assert (watch.most_in_all, sorted(watch.order)) == (3, list(range(200)))


def test_pages_wait_for_room_and_the_one_that_is_read_next_does_not() -> None:
    async def run() -> list[int]:
        room = {0}
        turns = Turns(0.0, 10, lambda order: order in room)
        watch = Watch(turns)
        tasks = [asyncio.create_task(watch.take(f"h{order}", order)) for order in (3, 2, 1, 0)]
        await asyncio.sleep(0.05)
        assert watch.order == [0]
        room.update((1, 2, 3))
        turns.wake()
        await asyncio.gather(*tasks)
        return watch.order

    assert asyncio.run(run()) == [0, 1, 2, 3]


def test_robots_files_do_not_wait_for_room() -> None:
    async def run() -> list[int]:
        watch = Watch(Turns(0.0, 1, lambda order: False))
        page = asyncio.create_task(watch.take("a", 0))
        await watch.take("a", 7, is_page=False)
        page.cancel()
        return watch.order

    assert asyncio.run(run()) == [7]


def test_who_stops_waiting_leaves_the_place_to_others() -> None:
    async def run() -> list[int]:
        watch = Watch(Turns(0.02, 1, anything))
        tasks = [asyncio.create_task(watch.take("a", order)) for order in range(4)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        tasks[2].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await watch.take("b", 9)
        return watch.order

    assert asyncio.run(run()) == [0, 1, 3, 9]


def test_all_who_wait_for_a_closed_host_are_told() -> None:
    async def run() -> list[object]:
        turns = Turns(0.0, 5, anything)
        watch = Watch(turns)
        async with turns.turn("a", 0, True) as host:
            tasks = [asyncio.create_task(watch.take("a", order)) for order in range(1, 4)]
            await asyncio.sleep(0)
            turns.close(host, FetchError("gone"))
        ends = await asyncio.gather(*tasks, watch.take("a", 9), watch.take("b", 10), return_exceptions=True)
        return [str(end) for end in ends]

    assert asyncio.run(run()) == ["gone", "gone", "gone", "gone", "None"]


def test_many_hosts_with_few_places_all_get_their_turn() -> None:
    async def run() -> Watch:
        watch = Watch(Turns(0.001, 2, anything))
        await asyncio.gather(*(watch.take(f"h{order % 37}", order, order % 5 > 0, 0.0) for order in range(1000)))
        return watch

    watch = asyncio.run(run())
    assert sorted(watch.order) == list(range(1000))
    assert max(watch.most.values()) == 1


def test_hosts_that_are_done_with_are_forgotten() -> None:
    async def run() -> int:
        turns = Turns(0.001, 8, anything)
        watch = Watch(turns)
        await asyncio.gather(*(watch.take(f"h{order}", order, time_s=0.0) for order in range(50)))
        await asyncio.sleep(0.05)
        return len(turns._hosts)

    assert asyncio.run(run()) == 0


@pytest.mark.parametrize(("status", "said"), [(429, "1"), (503, "1")])
def test_a_site_that_asks_for_a_wait_gets_it(web: Web, crawl: Crawl, status: int, said: str) -> None:
    web.put("http://a.example/1", in_turn(reply(status=status, Retry_After=said), reply("<p>x")))
    web.put("http://a.example/2", reply("<p>x"))
    assert [page.html for page in crawl("http://a.example/1", "http://a.example/2")] == ["<p>x", "<p>x"]
    times = [seen.began for seen in web.log if seen.path != "/robots.txt"]
    assert len(times) == 3 and times[1] - times[0] >= 1.0


def test_a_site_that_asks_for_a_day_is_left_alone(web: Web, crawl: Crawl) -> None:
    for path in "123":
        web.put(f"http://a.example/{path}", reply(status=429, Retry_After="86400"))
    pages = crawl(*(f"http://a.example/{path}" for path in "123"))
    assert [page.problem and page.problem.reason for page in pages] == ["come_back_later"] * 3
    assert web.paths("a.example") == ["/robots.txt", "/1"]


def test_a_host_that_is_down_is_given_up_for_all_its_pages(web: Web, crawl: Crawl) -> None:
    web.name("down.example", "93.184.215.99")
    web.wire.down.add("93.184.215.99")
    web.put("http://up.example/", reply("<p>x"))
    pages = crawl(*(f"http://down.example/{number}" for number in range(20)), "http://up.example/")
    assert [page.problem and page.problem.reason for page in pages] == ["fetch_failed"] * 20 + [None]
    assert len(web.wire.dialled) == 3 + 1


def test_a_host_that_stops_answering_is_given_up(web: Web, crawl: Crawl) -> None:
    async def stall(exchange: Exchange) -> bool:
        await asyncio.sleep(60)
        return False

    for number in range(12):
        web.put(f"http://a.example/{number}", stall)
    pages = crawl(*(f"http://a.example/{number}" for number in range(12)), timeout_s=0.1)
    assert [page.problem and page.problem.reason for page in pages] == ["too_slow"] * 5 + ["host_down"] * 7


def test_a_name_without_an_address_is_looked_up_once(web: Web, crawl: Crawl) -> None:
    pages = crawl(*(f"http://none.example/{number}" for number in range(9)))
    assert [page.problem and page.problem.reason for page in pages] == ["no_such_host"] * 9
