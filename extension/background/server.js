/** The one file that talks to unspun's server. Every call gives a value or a trouble; none throws. */

import { troubleOf } from "../lib/trouble.js";
import { isRecord, isVerdict } from "../lib/verdict.js";
import { isGrant, isHealth, isModel, isOffer } from "./answers.js";

// A long article on a busy machine; whoever waits longer is better served by the engine in the browser.
const TIMEOUT_MS = 5_000;

/**
 * @template T
 * @typedef {{ok: true, value: T} | {ok: false, trouble: import("../lib/trouble.js").Trouble}} Result
 */

/**
 * @typedef {import("./answers.js").Health} Health
 * @typedef {{pairing: string, expiresInS: number}} PairingOffer
 * @typedef {{bytes: ArrayBuffer, model: string | null, sha256: string | null}} SentTables
 */

/** @typedef {(address: string, request: RequestInit) => Promise<Response>} Fetch */

/**
 * @param {{fetch: Fetch, port: number, token: string | null}} means
 */
export function createServer({ fetch, port, token }) {
  /**
   * @template T
   * @param {string} method
   * @param {string} path
   * @param {unknown} body
   * @param {(response: Response) => Promise<T>} read
   * @returns {Promise<Result<T>>}
   */
  async function ask(method, path, body, read) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: headersFor(token, body),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) return { ok: false, trouble: await troubleOf(response) };
      return { ok: true, value: await read(response) };
    } catch (error) {
      return { ok: false, trouble: { kind: kindOf(error) } };
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   */
  async function call(method, path, body) {
    return ask(method, path, body, readJson);
  }

  return {
    isPaired: token !== null,
    /**
     * @param {string} text
     * @returns {Promise<Result<import("../lib/verdict.js").Verdict>>}
     */
    async score(text) {
      if (!token) return unpairedOr(await this.health());
      return expect(await call("POST", "/v1/score", { text, evidence: "flagged" }), isVerdict);
    },
    /**
     * The manifest of the server's model; what is in it is for the reader to check.
     * @returns {Promise<Result<{manifest: unknown}>>}
     */
    async model() {
      return expect(await call("GET", "/v1/model"), isModel);
    },
    /**
     * The model's tables, or its wording tables; without bytes when it has none.
     * @param {"tables" | "wording"} which
     * @returns {Promise<Result<SentTables>>}
     */
    async tables(which) {
      return ask("GET", `/v1/model/${which}`, undefined, readTables);
    },
    /** @returns {Promise<Result<Health>>} */
    async health() {
      const answer = await call("GET", "/v1/health");
      if (answer.ok && isRecord(answer.value) && answer.value["app"] !== "unspun") return fail("not_unspun");
      return expect(answer, isHealth);
    },
    /**
     * @param {string} client what the server lists this browser as
     * @returns {Promise<Result<PairingOffer>>}
     */
    async startPairing(client) {
      const answer = expect(await call("POST", "/v1/pair", { client }), isOffer);
      if (!answer.ok) return answer;
      return { ok: true, value: { pairing: answer.value.pairing, expiresInS: answer.value.expires_in } };
    },
    /**
     * @param {string} pairing
     * @param {string} code
     * @returns {Promise<Result<{token: string}>>}
     */
    async finishPairing(pairing, code) {
      return expect(await call("POST", "/v1/pair", { pairing, code }), isGrant);
    },
    /** Ask the server to forget this browser. */
    async unpair() {
      return call("DELETE", "/v1/pair");
    },
  };
}

/** @typedef {ReturnType<typeof createServer>} Server */

/**
 * @param {Response} response
 * @returns {Promise<unknown>}
 */
async function readJson(response) {
  return response.status === 204 ? null : response.json();
}

/**
 * @param {Response} response
 * @returns {Promise<SentTables>}
 */
async function readTables(response) {
  const { headers } = response;
  return {
    bytes: await response.arrayBuffer(),
    model: headers.get("X-Unspun-Model"),
    sha256: headers.get("X-Unspun-Sha256"),
  };
}

/**
 * @param {string | null} token
 * @param {unknown} body
 */
function headersFor(token, body) {
  return {
    "X-Unspun": "1",
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
  };
}

/**
 * @param {unknown} error
 * @returns {import("../lib/trouble.js").TroubleKind}
 */
function kindOf(error) {
  if (error instanceof SyntaxError) return "not_unspun"; // the answer was no JSON
  return error instanceof DOMException && error.name === "TimeoutError" ? "slow" : "server_off";
}

/**
 * Without a token the best answer is why: the server is off, is not unspun, or waits to be paired.
 * @param {Result<Health>} health
 * @returns {{ok: false, trouble: import("../lib/trouble.js").Trouble}}
 */
function unpairedOr(health) {
  return health.ok ? fail("unpaired") : health;
}

/**
 * @template T
 * @param {Result<unknown>} answer
 * @param {(value: unknown) => value is T} isExpected
 * @returns {Result<T>}
 */
function expect(answer, isExpected) {
  if (!answer.ok) return answer;
  return isExpected(answer.value) ? { ok: true, value: answer.value } : fail("version");
}

/**
 * @param {import("../lib/trouble.js").TroubleKind} kind
 * @returns {{ok: false, trouble: import("../lib/trouble.js").Trouble}}
 */
function fail(kind) {
  return { ok: false, trouble: { kind } };
}
