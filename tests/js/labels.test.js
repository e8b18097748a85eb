import assert from "node:assert/strict";
import { test } from "node:test";
import { createLabelBook, labelOf, readBook } from "../../extension/background/label-book.js";
import { createLabels } from "../../extension/background/labels.js";
import { hashOf } from "../../extension/lib/text-hash.js";
import { memoryArea } from "./fakes.js";

const PAGE = { text: "An article.", url: "https://news.example.com/a", title: "News" };
const OFF = { ok: false, trouble: { kind: "server_off" } };

/**
 * A server that counts each client_id once, as unspun's does; `lose` lets its next answers get lost on the way.
 * @param {{isPaired?: boolean}} [given]
 */
function labelServer({ isPaired = true } = {}) {
  const ids = /** @type {Map<string, number>} */ (new Map());
  const server = {
    isPaired,
    isOff: false,
    lose: 0,
    refuses: "",
    /** @type {Map<number, any>} */
    labels: new Map(),
    asked: /** @type {string[]} */ ([]),
    async label(/** @type {any} */ sent) {
      server.asked.push(`label ${sent.label}`);
      if (server.isOff) return OFF;
      if (server.refuses) return { ok: false, trouble: { kind: "problem", detail: server.refuses } };
      if (!ids.has(sent.client_id)) {
        ids.set(sent.client_id, ids.size + 1);
        server.labels.set(ids.size, sent);
      }
      if (server.lose-- > 0) return { ok: false, trouble: { kind: "slow" } };
      return { ok: true, value: { id: ids.get(sent.client_id), learnable: true } };
    },
    async undoLabel(/** @type {number} */ id) {
      server.asked.push(`undo ${id}`);
      if (server.isOff) return OFF;
      return server.labels.delete(id) ? { ok: true, value: null } : { ok: false, trouble: { kind: "problem" } };
    },
  };
  return server;
}

/**
 * @param {ReturnType<typeof labelServer>} server
 * @param {ReturnType<typeof memoryArea>} [area] what an earlier worker left
 */
function labelsWith(server, area = memoryArea()) {
  let made = 0;
  const connect = async () => /** @type {any} */ (server);
  const newId = () => `id-${(made += 1)}`;
  return { area, labels: createLabels({ book: createLabelBook(area), connect, newId }) };
}

test("a label is delivered, and its text then no longer kept", async () => {
  const server = labelServer();
  const { labels, area } = labelsWith(server);
  assert.equal(await labels.give(PAGE, "spun"), true);
  await labels.deliver();
  assert.deepEqual([...server.labels.values()], [{ ...PAGE, label: "spun", client_id: "id-1" }]);
  const book = await readBook(area);
  assert.equal(book.count, 1);
  assert.deepEqual(book.rows.map(({ text, url, serverId }) => ({ text, url, serverId })), [
    { text: null, url: null, serverId: 1 },
  ]);
  assert.equal(labelOf(book, await hashOf("An article."))?.label, "spun");
});

test("without a server labels wait, over a restart too, and are then delivered once", async () => {
  const server = labelServer();
  server.isOff = true;
  const { labels, area } = labelsWith(server);
  await labels.give(PAGE, "spun");
  await labels.give({ ...PAGE, text: "Another article." }, "not-spun");
  await labels.deliver();
  assert.equal(server.labels.size, 0);

  server.isOff = false;
  const later = labelsWith(server, area).labels;
  await Promise.all([later.deliver(), later.deliver()]);
  assert.deepEqual([...server.labels.values()].map(({ label }) => label), ["spun", "not-spun"]);
});

test("an unpaired browser keeps its labels to itself", async () => {
  const server = labelServer({ isPaired: false });
  const { labels, area } = labelsWith(server);
  await labels.give(PAGE, "spun");
  await labels.deliver();
  assert.deepEqual(server.asked, []);
  assert.equal((await readBook(area)).rows[0]?.text, "An article.");
});

test("a label whose answer was lost is sent again and counts once", async () => {
  const server = labelServer();
  server.lose = 1;
  const { labels, area } = labelsWith(server);
  await labels.give(PAGE, "spun");
  await labels.deliver();
  await labelsWith(server, area).labels.deliver();
  assert.deepEqual(server.asked.slice(0, 2), ["label spun", "label spun"]);
  assert.equal(server.labels.size, 1);
  assert.equal((await readBook(area)).rows[0]?.serverId, 1);
});

test("a label taken back before it was sent is never sent", async () => {
  const server = labelServer({ isPaired: false });
  const { labels, area } = labelsWith(server);
  await labels.give(PAGE, "spun");
  await labels.undo("id-1");
  assert.deepEqual(await readBook(area), { count: 0, rows: [] });
  server.isPaired = true;
  await labels.deliver();
  assert.deepEqual(server.asked, []);
});

test("a delivered label that is taken back is taken back at the server", async () => {
  const server = labelServer();
  const { labels, area } = labelsWith(server);
  await labels.give(PAGE, "spun");
  await labels.deliver();
  await labels.undo("id-1");
  await labels.deliver();
  assert.deepEqual(server.asked, ["label spun", "undo 1"]);
  assert.equal(server.labels.size, 0);
  assert.deepEqual(await readBook(area), { count: 0, rows: [] });
});

test("a label taken back while nobody knows whether it arrived is found and deleted", async () => {
  const server = labelServer();
  server.lose = 1;
  const { labels, area } = labelsWith(server);
  await labels.give(PAGE, "spun");
  await labels.deliver();
  assert.equal(server.labels.size, 1);
  await labels.undo("id-1");
  await labels.deliver();
  assert.equal(server.labels.size, 0);
  assert.deepEqual(await readBook(area), { count: 0, rows: [] });
});

test("a second thought replaces the first, at the server too", async () => {
  const server = labelServer();
  const { labels, area } = labelsWith(server);
  await labels.give(PAGE, "spun");
  await labels.deliver();
  await labels.give(PAGE, "not-spun");
  await labels.deliver();
  assert.deepEqual([...server.labels.values()].map(({ label }) => label), ["not-spun"]);
  assert.equal((await readBook(area)).count, 1);
});

test("a refused label says why, does not stop the others, and can be taken back", async () => {
  const server = labelServer();
  server.refuses = "2.1 MB; at most 2 MB.";
  const { labels, area } = labelsWith(server);
  await labels.give(PAGE, "spun");
  await labels.deliver();
  server.refuses = "";
  await labels.give({ ...PAGE, text: "Another article." }, "spun");
  await labels.deliver();
  assert.equal((await readBook(area)).rows[0]?.refused, "2.1 MB; at most 2 MB.");
  assert.equal(server.labels.size, 1);
  await labels.undo("id-1");
  assert.equal((await readBook(area)).count, 1);
});

test("when too much text waits, a label is refused rather than lost", async () => {
  const { labels, area } = labelsWith(labelServer({ isPaired: false }));
  for (let n = 0; n < 10; n += 1) await labels.give({ ...PAGE, text: `${n} `.padEnd(300_000, "x") }, "spun");
  assert.equal(await labels.give({ ...PAGE, text: "one more" }, "spun"), false);
  assert.equal((await readBook(area)).count, 10);
});
