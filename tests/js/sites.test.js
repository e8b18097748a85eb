import assert from "node:assert/strict";
import { test } from "node:test";
import { PRIVATE_SITES, hostOf, isSiteOff, parseHosts, withSite } from "../../extension/lib/sites.js";

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

test("a line for many hosts takes those that begin so, and nothing else", () => {
  assert.equal(isSiteOff("mail.example.com", ["mail.*"]), true);
  assert.equal(isSiteOff("dailymail.example.com", ["mail.*"]), false);
  assert.equal(isSiteOff("mailing.example.com", ["mail.*"]), false);
});

test("a site that a line for many covers is switched on by an exception, and off again without it", () => {
  const on = withSite("mail.a.net", ["mail.*"], false);
  assert.deepEqual(on, ["!mail.a.net", "mail.*"]);
  assert.equal(isSiteOff("mail.a.net", on), false);
  assert.equal(isSiteOff("mail.b.net", on), true);
  assert.deepEqual(withSite("mail.a.net", on, true), ["mail.*"]);
});

test("lines for many hosts and exceptions may be typed", () => {
  assert.deepEqual(parseHosts("mail.*\n!https://mail.a.net/inbox\n*.b.net\n*"), {
    hosts: ["!mail.a.net", "mail.*"],
    wrong: ["*.b.net", "*"],
  });
});

test("mail, banks and sign-in pages are off from the start; papers and encyclopaedias are not", () => {
  for (const host of ["mail.google.com", "webmail.example.org", "www.paypal.com", "banking.a.de"]) {
    assert.equal(isSiteOff(host, PRIVATE_SITES), true, host);
  }
  for (const host of ["www.dailymail.co.uk", "en.wikipedia.org", "medium.com", "blog.bank-news.com"]) {
    assert.equal(isSiteOff(host, PRIVATE_SITES), false, host);
  }
});
