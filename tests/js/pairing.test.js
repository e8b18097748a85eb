import assert from "node:assert/strict";
import { test } from "node:test";
import { clientName, createPairing, readOpenPairing, readToken } from "../../extension/background/pairing.js";
import { memoryArea } from "./fakes.js";

const NOW = 1_000_000;

/** @param {object} answers what the server answers, by the name of the call */
function pairingWith(answers) {
  const local = memoryArea();
  const session = memoryArea();
  const server = /** @type {any} */ ({
    startPairing: async () => ({ ok: true, value: { pairing: "p1", expiresInS: 180 } }),
    unpair: async () => ({ ok: true, value: null }),
    ...answers,
  });
  const pairing = createPairing({
    local,
    session,
    connect: async () => server,
    client: async () => "Chromium on Linux",
    now: () => NOW,
  });
  return { pairing, local, session };
}

test("an open pairing outlives the popup that began it", async () => {
  const { pairing, session } = pairingWith({});
  assert.deepEqual(await pairing.start(), { ok: true });
  assert.deepEqual(await readOpenPairing(session), { pairing: "p1", expiresAt: NOW + 180_000, triesLeft: 5 });
});

test("the right code leaves a token and closes the pairing", async () => {
  const { pairing, local, session } = pairingWith({
    finishPairing: async () => ({ ok: true, value: { token: "secret" } }),
  });
  await pairing.start();
  assert.deepEqual(await pairing.finish("123456"), { ok: true });
  assert.equal(await readToken(local), "secret");
  assert.equal(await readOpenPairing(session), null);
});

test("a wrong code keeps the pairing open while tries are left", async () => {
  let triesLeft = 2;
  const { pairing, session, local } = pairingWith({
    finishPairing: async () => ({ ok: false, trouble: { kind: "wrong_code", triesLeft: --triesLeft } }),
  });
  await pairing.start();
  await pairing.finish("000000");
  assert.equal((await readOpenPairing(session))?.triesLeft, 1);
  await pairing.finish("000000");
  assert.equal(await readOpenPairing(session), null);
  assert.equal(await readToken(local), null);
});

test("a code without an open pairing is out of time", async () => {
  const { pairing } = pairingWith({});
  assert.deepEqual(await pairing.finish("123456"), { ok: false, trouble: { kind: "pairing_expired" } });
});

test("un-pairing forgets the token even when the server is off", async () => {
  const { pairing, local } = pairingWith({
    unpair: async () => ({ ok: false, trouble: { kind: "server_off" } }),
  });
  await local.set({ token: "secret" });
  await pairing.end();
  assert.equal(await readToken(local), null);
});

test("pairing anew ends the earlier pairing", async () => {
  const calls = /** @type {string[]} */ ([]);
  const { pairing, local } = pairingWith({
    isPaired: true,
    finishPairing: async () => ({ ok: true, value: { token: "new" } }),
    unpair: async () => calls.push("unpair"),
  });
  await local.set({ token: "old" });
  await pairing.start();
  await pairing.finish("123456");
  assert.deepEqual([calls, await readToken(local)], [["unpair"], "new"]);
});

test("a token that the server refuses is a forgotten pairing, a silent server is not", async () => {
  const cases = /** @type {const} */ ([["unpaired", "forgotten"], ["server_off", "known"], ["busy", "known"]]);
  for (const [kind, standing] of cases) {
    const model = async () => ({ ok: false, trouble: { kind } });
    assert.equal(await pairingWith({ isPaired: true, model }).pairing.standing(), standing);
  }
  assert.equal(await pairingWith({ isPaired: false }).pairing.standing(), "none");
  const model = async () => ({ ok: true, value: { manifest: {} } });
  assert.equal(await pairingWith({ isPaired: true, model }).pairing.standing(), "known");
});

test("the server lists browsers by names people know", () => {
  assert.equal(clientName("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0", "linux"), "Firefox on Linux");
  assert.equal(clientName("Mozilla/5.0 Chrome/156.0 Safari/537.36 Edg/156.0", "win"), "Edge on Windows");
  assert.equal(clientName("Mozilla/5.0 Chrome/156.0 Safari/537.36", "plan9"), "Chromium on plan9");
});
