import assert from "node:assert/strict";
import { test } from "node:test";
import { hostOf, isSiteOff, parseHosts, withSite } from "../../extension/lib/sites.js";

test("only web pages have a host", () => {
  assert.equal(hostOf("https://news.example.com:8080/a?b#c"), "news.example.com");
  for (const other of ["chrome://settings", "about:blank", "file:///etc/passwd", "", undefined]) {
    assert.equal(hostOf(other), null);
  }
});

test("a site that is off takes everything below it along, and nothing beside it", () => {
  const off = ["example.com"];
  assert.equal(isSiteOff("example.com", off), true);
  assert.equal(isSiteOff("www.news.example.com", off), true);
  assert.equal(isSiteOff("notexample.com", off), false);
  assert.equal(isSiteOff("example.com.evil.net", off), false);
});

test("switching a site on takes its parents off the list too", () => {
  assert.deepEqual(withSite("a.net", ["b.net"], true), ["a.net", "b.net"]);
  assert.deepEqual(withSite("www.a.net", ["a.net", "b.net"], false), ["b.net"]);
});

test("a site is switched off once, however often it is asked", () => {
  assert.deepEqual(withSite("a.net", ["a.net"], true), ["a.net"]);
});

test("typed lines become hosts; addresses are cut down, nonsense is handed back", () => {
  assert.deepEqual(parseHosts("https://www.Example.com/news\n\n  b.net  \nnot a host\nb.net\nhttp://[::1"), {
    hosts: ["b.net", "example.com"],
    wrong: ["not a host", "http://[::1"],
  });
});
