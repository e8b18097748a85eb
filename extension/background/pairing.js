/** Pairing: the token that the server gave this browser, and the exchange that gets one. */

/**
 * @typedef {{pairing: string, expiresAt: number, triesLeft: number}} OpenPairing
 * @typedef {import("./server.js").Server} Server
 * @typedef {import("../lib/trouble.js").Trouble} Trouble
 * @typedef {{ok: true} | {ok: false, trouble: Trouble}} Outcome
 */

const TOKEN = "token";
const PAIRING = "pairing";
const TRIES = 5; // the server's limit; it has the last word

/**
 * @param {{local: chrome.storage.StorageArea, session: chrome.storage.StorageArea,
 *   connect: () => Promise<Server>, client: () => Promise<string>, now: () => number}} parts
 */
export function createPairing({ local, session, connect, client, now }) {
  return {
    /**
     * Ask the server for a code; it shows the code on its own terminal and dashboard.
     * @returns {Promise<Outcome>}
     */
    async start() {
      const answer = await (await connect()).startPairing(await client());
      if (!answer.ok) return answer;
      const { pairing, expiresInS } = answer.value;
      await session.set({ [PAIRING]: { pairing, expiresAt: now() + expiresInS * 1000, triesLeft: TRIES } });
      return { ok: true };
    },
    /**
     * Hand in the code that the reader typed.
     * @param {string} code
     * @returns {Promise<Outcome>}
     */
    async finish(code) {
      const open = await readOpenPairing(session);
      if (!open) return { ok: false, trouble: { kind: "pairing_expired" } };
      const server = await connect();
      const answer = await server.finishPairing(open.pairing, code);
      if (answer.ok) {
        if (server.isPaired) await server.unpair(); // the earlier pairing, so that the list names this browser once
        await local.set({ [TOKEN]: answer.value.token });
        await session.remove(PAIRING);
        return { ok: true };
      }
      await keepOrDrop(session, open, answer.trouble);
      return answer;
    },
    /**
     * How this browser and the server stand to each other; "known", too, when the server cannot be asked.
     * @returns {Promise<"none" | "known" | "forgotten">}
     */
    async standing() {
      const server = await connect();
      if (!server.isPaired) return "none";
      const answer = await server.model();
      return !answer.ok && answer.trouble.kind === "unpaired" ? "forgotten" : "known";
    },
    /** Forget the token here, and ask the server to forget this browser. */
    async end() {
      await (await connect()).unpair();
      await local.remove(TOKEN);
    },
  };
}

/**
 * @param {Pick<chrome.storage.StorageArea, "get">} local
 * @returns {Promise<string | null>}
 */
export async function readToken(local) {
  const token = (await local.get(TOKEN))[TOKEN];
  return typeof token === "string" ? token : null;
}

/**
 * @param {Pick<chrome.storage.StorageArea, "get">} session
 * @returns {Promise<OpenPairing | null>}
 */
export async function readOpenPairing(session) {
  const open = (await session.get(PAIRING))[PAIRING];
  return /** @type {OpenPairing | null} */ (open ?? null);
}

/**
 * @param {chrome.storage.StorageArea} session
 * @param {OpenPairing} open
 * @param {Trouble} trouble
 */
async function keepOrDrop(session, open, trouble) {
  if (trouble.kind === "wrong_code" && (trouble.triesLeft ?? 0) > 0) {
    await session.set({ [PAIRING]: { ...open, triesLeft: trouble.triesLeft } });
  } else if (trouble.kind === "wrong_code" || trouble.kind === "pairing_expired") {
    await session.remove(PAIRING);
  }
}

/**
 * The name the server lists this browser under, such as "Chromium on Linux".
 * @param {string} userAgent
 * @param {string} os as runtime.getPlatformInfo gives it
 */
export function clientName(userAgent, os) {
  const browsers = /** @type {const} */ ([
    ["Firefox/", "Firefox"],
    ["Edg/", "Edge"],
    ["OPR/", "Opera"],
  ]);
  const systems = new Map([
    ["linux", "Linux"],
    ["mac", "macOS"],
    ["win", "Windows"],
    ["android", "Android"],
    ["cros", "ChromeOS"],
  ]);
  const browser = browsers.find(([mark]) => userAgent.includes(mark))?.[1] ?? "Chromium";
  return `${browser} on ${systems.get(os) ?? os}`;
}
