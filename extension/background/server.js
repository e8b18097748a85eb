/** The calls of unspun's server. Every one gives a value or a trouble; none throws. */

import { isRecord, isVerdict } from "../lib/verdict.js";
import { isCompared, isGrant, isHealth, isLabelled, isModel, isOffer, isOriginal } from "./answers.js";
import { createTransport } from "./transport.js";

// It may read the other page from the net first.
const COMPARE_TIMEOUT_MS = 30_000;
const FILE_NAME = /filename="([\w.-]+)"/;

/**
 * @template T
 * @typedef {import("./transport.js").Result<T>} Result
 */

/**
 * A text to judge. url, title: of the page that it is the article of, else null. isPrivate: nothing may be kept of it.
 * @typedef {{text: string, url: string | null, title: string | null, isPrivate: boolean}} Asked
 * @typedef {{text: string, url: string | null, title: string | null}} Sourced a text, and where it stands
 * @typedef {import("./answers.js").Health} Health
 * @typedef {import("./answers.js").Labelled} Labelled
 * @typedef {import("./answers.js").Compared} Compared
 * @typedef {{pairing: string, expiresInS: number}} PairingOffer
 * @typedef {{bytes: ArrayBuffer, model: string | null, sha256: string | null}} SentTables
 * @typedef {{name: string, html: string}} SentFile
 * @typedef {{text: string, title: string | null} | {url: string}} Side
 * @typedef {{text: string, label: "spun" | "not-spun", url: string | null, title: string | null,
 *   client_id: string}} SentLabel
 */

/**
 * @param {{fetch: import("./transport.js").Fetch, port: number, token: string | null}} means
 */
export function createServer(means) {
  const { token } = means;
  const ask = createTransport(means);

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
     * @param {Asked} asked
     * @returns {Promise<Result<import("../lib/verdict.js").Verdict>>}
     */
    async score({ text, url, title, isPrivate }) {
      if (!token) return unpairedOr(await this.health());
      const page = isPrivate ? { private: true } : url === null ? {} : { url, title };
      return expect(await call("POST", "/v1/score", { text, evidence: "flagged", ...page }), isVerdict);
    },
    /**
     * Words to look for the original with, and the address of the reader's search engine that does so.
     * @param {Sourced} asked
     * @returns {Promise<Result<import("./answers.js").Original>>}
     */
    async original({ text, url, title }) {
      return expect(await call("POST", "/v1/original", { text, url, title }), isOriginal);
    },
    /**
     * A report to keep, as one HTML file.
     * @param {Sourced & {extractor: string}} asked
     * @returns {Promise<Result<SentFile>>}
     */
    async report({ text, url, title, extractor }) {
      return ask("POST", "/v1/report", { text, url, title, extractor, format: "html" }, readFile);
    },
    /**
     * @param {Side} a
     * @param {Side} b
     * @returns {Promise<Result<Compared>>}
     */
    async compare(a, b) {
      return expect(await ask("POST", "/v1/compare", { a, b }, readJson, COMPARE_TIMEOUT_MS), isCompared);
    },
    /**
     * The same as one HTML file, both texts side by side.
     * @param {Side} a
     * @param {Side} b
     * @returns {Promise<Result<SentFile>>}
     */
    async compareReport(a, b) {
      return ask("POST", "/v1/compare", { a, b, format: "html" }, readFile, COMPARE_TIMEOUT_MS);
    },
    /**
     * Say what a text is. Sent twice with the same client_id it counts once.
     * @param {SentLabel} label
     * @returns {Promise<Result<Labelled>>}
     */
    async label(label) {
      return expect(await call("POST", "/v1/labels", label), isLabelled);
    },
    /** @param {number} id of a label, as the server gave it */
    async undoLabel(id) {
      return call("DELETE", `/v1/labels/${id}`);
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
 * @param {Response} response
 * @returns {Promise<SentFile>}
 */
async function readFile(response) {
  const name = FILE_NAME.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "unspun-report.html";
  return { name, html: await response.text() };
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
