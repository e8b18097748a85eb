import assert from "node:assert/strict";
import { test } from "node:test";
import { createServer } from "../../extension/background/server.js";
import { SPUN } from "./fakes.js";

const HEALTH = { app: "unspun", version: "0.1.0", api: 1, model: "m", thresholds: { suspicious: 0.01, spun: 0.001 } };
const ASKED = { text: "some text", url: "https://news.example.com/a", title: "News", isPrivate: false };
const PROBLEM = "application/problem+json";

/**
 * A server whose answers the test writes, by path; the requests are kept.
 * @param {Record<string, Response | Error>} answers
 * @param {string | null} [token]
 */
function serverWith(answers, token = "secret") {
  const requests = /** @type {{address: string, request: any}[]} */ ([]);
  const server = createServer({
    async fetch(address, request) {
      requests.push({ address, request });
      const answer = answers[new URL(address).pathname];
      if (!answer) throw new TypeError("Failed to fetch");
      if (answer instanceof Error) throw answer;
      return answer;
    },
    port: 5151,
    token,
  });
  return { server, requests };
}

/**
 * @param {unknown} body
 * @param {number} [status]
 * @param {string} [type]
 * @param {Record<string, string>} [headers]
 */
function json(body, status = 200, type = "application/json", headers = {}) {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": type, ...headers } });
}

test("a text is sent with token and header, to this machine only", async () => {
  const { server, requests } = serverWith({ "/v1/score": json(SPUN) });
  assert.deepEqual(await server.score(ASKED), { ok: true, value: SPUN });
  const [{ address, request }] = /** @type {[any]} */ (requests);
  assert.equal(address, "http://127.0.0.1:5151/v1/score");
  assert.deepEqual(request.headers, {
    "X-Unspun": "1",
    Authorization: "Bearer secret",
    "Content-Type": "application/json",
  });
  assert.deepEqual(JSON.parse(request.body), {
    text: "some text",
    evidence: "flagged",
    url: "https://news.example.com/a",
    title: "News",
  });
  assert.equal(request.redirect, "error");
  assert.equal(request.credentials, "omit");
});

test("without a token no text is sent, and the trouble says what to do first", async () => {
  const paired = serverWith({ "/v1/health": json(HEALTH) }, null);
  assert.deepEqual(await paired.server.score(ASKED), { ok: false, trouble: { kind: "unpaired" } });
  assert.deepEqual(
    paired.requests.map(({ address }) => address),
    ["http://127.0.0.1:5151/v1/health"],
  );
  const off = serverWith({}, null);
  assert.deepEqual(await off.server.score(ASKED), { ok: false, trouble: { kind: "server_off" } });
});

/** @type {[string, Response | Error, object][]} */
const TROUBLES = [
  ["no answer", new TypeError("Failed to fetch"), { kind: "server_off" }],
  ["no answer in time", new DOMException("timed out", "TimeoutError"), { kind: "slow" }],
  ["an unknown token", json({ status: 401 }, 401, PROBLEM), { kind: "unpaired" }],
  ["a foreign origin", json({ status: 403 }, 403, PROBLEM), { kind: "unpaired" }],
  ["too many requests", json({}, 429, PROBLEM, { "Retry-After": "7" }), { kind: "busy", retryAfterS: 7 }],
  ["a full queue", json({}, 503, PROBLEM), { kind: "busy", retryAfterS: 1 }],
  [
    "a text too long",
    json({ title: "Too large", detail: "2.1 MB; at most 2 MB." }, 413, PROBLEM),
    { kind: "problem", detail: "2.1 MB; at most 2 MB." },
  ],
  ["an error page of another program", json("no", 404, "text/html"), { kind: "not_unspun" }],
  ["a damaged problem document", new Response("{", { status: 500, headers: { "Content-Type": PROBLEM } }),
    { kind: "not_unspun" }],
  ["a page instead of JSON", new Response("<html>"), { kind: "not_unspun" }],
  ["a verdict of another version", json({ ...SPUN, api: 2 }), { kind: "version" }],
];

for (const [what, answer, trouble] of TROUBLES) {
  test(`${what} is a trouble of its own`, async () => {
    const { server } = serverWith({ "/v1/score": answer });
    assert.deepEqual(await server.score(ASKED), { ok: false, trouble });
  });
}

test("another program's health is not taken for unspun's", async () => {
  const { server } = serverWith({ "/v1/health": json({ app: "other", api: 1 }) });
  assert.deepEqual(await server.health(), { ok: false, trouble: { kind: "not_unspun" } });
});

test("a server of another API version is named", async () => {
  const { server } = serverWith({ "/v1/health": json({ ...HEALTH, api: 2 }) });
  assert.deepEqual(await server.health(), { ok: false, trouble: { kind: "version" } });
});

test("a wrong code tells how many tries are left", async () => {
  const answer = json({ reason: "wrong_code", tries_left: 3 }, 403, PROBLEM);
  const { server } = serverWith({ "/v1/pair": answer });
  assert.deepEqual(await server.finishPairing("id", "000000"), {
    ok: false,
    trouble: { kind: "wrong_code", triesLeft: 3 },
  });
});

test("un-pairing asks the server to forget the token", async () => {
  const { server, requests } = serverWith({ "/v1/pair": new Response(null, { status: 204 }) });
  assert.deepEqual(await server.unpair(), { ok: true, value: null });
  assert.equal(requests[0]?.request.method, "DELETE");
});

test("of a private window's text the server is told only that it is private", async () => {
  const { server, requests } = serverWith({ "/v1/score": json(SPUN) });
  await server.score({ ...ASKED, isPrivate: true });
  assert.deepEqual(JSON.parse(requests[0]?.request.body), { text: "some text", evidence: "flagged", private: true });
});

test("a report comes with the name the server gave it", async () => {
  const headers = { "Content-Disposition": 'attachment; filename="unspun-report-2026-11-24-1a2b3c4d.html"' };
  const { server } = serverWith({ "/v1/report": new Response("<p>report</p>", { headers }) });
  assert.deepEqual(await server.report({ ...ASKED, extractor: "readability" }), {
    ok: true,
    value: { name: "unspun-report-2026-11-24-1a2b3c4d.html", html: "<p>report</p>" },
  });
});

test("a file name that could lead elsewhere is not taken over", async () => {
  const headers = { "Content-Disposition": 'attachment; filename="../../evil.sh"' };
  const { server } = serverWith({ "/v1/report": new Response("", { headers }) });
  const answer = await server.report({ ...ASKED, extractor: "readability" });
  assert.equal(answer.ok && answer.value.name, "unspun-report.html");
});

test("a search address that is no web address is refused", async () => {
  const { server } = serverWith({ "/v1/original": json({ query: "a", address: "javascript:alert(1)" }) });
  assert.deepEqual(await server.original(ASKED), { ok: false, trouble: { kind: "version" } });
});

test("pages that tell the same story must have web addresses", async () => {
  const near = { url: "https://a.example/1", title: null, verdict: "spun", seen: 1, similarity: 0.5 };
  const good = serverWith({ "/v1/score": json({ ...SPUN, near: [near] }) });
  assert.equal((await good.server.score(ASKED)).ok, true);
  const bad = serverWith({ "/v1/score": json({ ...SPUN, near: [{ ...near, url: "javascript:alert(1)" }] }) });
  assert.deepEqual(await bad.server.score(ASKED), { ok: false, trouble: { kind: "version" } });
});
