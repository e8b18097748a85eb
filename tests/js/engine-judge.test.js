import assert from "node:assert/strict";
import { test } from "node:test";
import { createJudge } from "../../extension/background/judge.js";
import { CLEAN, SPUN } from "./fakes.js";

const TEXT = { text: "An article.", url: null, title: null, isPrivate: false };

/**
 * A judge, and what it asked.
 * @param {{isPaired?: boolean, answer?: any, own?: any}} given
 */
function judgeWith({ isPaired = true, answer = { ok: true, value: SPUN }, own = CLEAN }) {
  const told = /** @type {string[]} */ ([]);
  const server = /** @type {any} */ ({ isPaired, score: async () => (told.push("server"), answer) });
  const engine = {
    score: async () => (told.push("browser"), own),
    follow: async (/** @type {string} */ model) => void told.push(`follow ${model}`),
  };
  return { judge: createJudge({ connect: async () => server, engine }), told };
}

const OFF = /** @type {const} */ ({ ok: false, trouble: { kind: "server_off" } });

test("a paired browser has the server's answer, and follows its model", async () => {
  const { judge, told } = judgeWith({});
  assert.deepEqual(await judge(TEXT), { ok: true, verdict: SPUN, engine: "server", trouble: null });
  assert.deepEqual(told, ["server", `follow ${SPUN.model}`]);
});

test("an unpaired browser judges by itself and does not even knock at the server's port", async () => {
  const { judge, told } = judgeWith({ isPaired: false });
  const trouble = { kind: "unpaired" };
  assert.deepEqual(await judge(TEXT), { ok: true, verdict: CLEAN, engine: "browser", trouble });
  assert.deepEqual(told, ["browser"]);
});

test("when the server does not answer the browser does, and keeps the reason", async () => {
  const { judge, told } = judgeWith({ answer: OFF });
  const trouble = { kind: "server_off" };
  assert.deepEqual(await judge(TEXT), { ok: true, verdict: CLEAN, engine: "browser", trouble });
  assert.deepEqual(told, ["server", "browser"]);
});

test("without a model of its own the browser says what is wrong with the server", async () => {
  const { judge } = judgeWith({ isPaired: false, answer: OFF, own: null });
  assert.deepEqual(await judge(TEXT), OFF);
});
