/** Two engines, one answer: the server's where it answers a paired browser, else that of the engine in the browser. */

/**
 * engine: which of the two answered. trouble: why the server did not; null when it did.
 * @typedef {import("../lib/trouble.js").Trouble} Trouble
 * @typedef {{ok: true, verdict: import("../lib/verdict.js").Verdict, engine: import("../lib/state.js").EngineName,
 *   trouble: Trouble | null} | {ok: false, trouble: Trouble}} Judgement
 */

/**
 * @param {{connect: () => Promise<Pick<import("./server.js").Server, "isPaired" | "score" | "model" | "tables">>,
 *   engine: import("./engine.js").Engine}} parts
 */
export function createJudge({ connect, engine }) {
  /**
   * @param {import("./server.js").Asked} asked
   * @returns {Promise<Judgement>}
   */
  return async function judge(asked) {
    const server = await connect();
    // Unpaired, the server is not even asked whether it is there: most readers have none.
    const answer = server.isPaired ? await server.score(asked) : null;
    if (answer?.ok) {
      void engine.follow(answer.value.model, server);
      return { ok: true, verdict: answer.value, engine: "server", trouble: null };
    }
    const verdict = await engine.score(asked.text);
    if (verdict) return { ok: true, verdict, engine: "browser", trouble: answer?.trouble ?? { kind: "unpaired" } };
    const { trouble } = answer ?? (await whyNot(server, asked));
    return { ok: false, trouble };
  };
}

/** @typedef {ReturnType<typeof createJudge>} Judge */

/**
 * Without a token the server's answer is never a verdict but what stands in the way of one.
 * @param {Pick<import("./server.js").Server, "score">} server
 * @param {import("./server.js").Asked} asked
 */
async function whyNot(server, asked) {
  const answer = await server.score(asked);
  return answer.ok ? { trouble: /** @type {Trouble} */ ({ kind: "unpaired" }) } : answer;
}
