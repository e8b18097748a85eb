/** The one file that fetches from unspun's server: token, headers, time limits. A call gives a value or a trouble. */

import { troubleOf } from "../lib/trouble.js";

// A long article on a busy machine; whoever waits longer is better served by the engine in the browser.
const TIMEOUT_MS = 5_000;

/**
 * @template T
 * @typedef {{ok: true, value: T} | {ok: false, trouble: import("../lib/trouble.js").Trouble}} Result
 */

/** @typedef {(address: string, request: RequestInit) => Promise<Response>} Fetch */

/**
 * @param {{fetch: Fetch, port: number, token: string | null}} means
 */
export function createTransport({ fetch, port, token }) {
  /**
   * @template T
   * @param {string} method
   * @param {string} path
   * @param {unknown} body undefined for none
   * @param {(response: Response) => Promise<T>} read
   * @param {number} [timeoutMs]
   * @returns {Promise<Result<T>>}
   */
  return async function ask(method, path, body, read, timeoutMs = TIMEOUT_MS) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: headersFor(token, body),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!response.ok) return { ok: false, trouble: await troubleOf(response) };
      return { ok: true, value: await read(response) };
    } catch (error) {
      return { ok: false, trouble: { kind: kindOf(error) } };
    }
  };
}

/** @typedef {ReturnType<typeof createTransport>} Ask */

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
