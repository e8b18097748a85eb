/** The dashboard's wiring: the form, the result, the pairings and the paired browsers. */
import { check, readState, revoke } from "./api.js";
import { byId, element, messageOf } from "./elements.js";
import { offerKeeping } from "./keep.js";
import { offerLabelling } from "./label-result.js";
import { showResult, hideResult } from "./result.js";

const POLL_MS = 2000;
const ADDRESS = /^https?:\/\/\S+$/i;

const input = /** @type {HTMLTextAreaElement} */ (byId("input"));
const checkButton = /** @type {HTMLButtonElement} */ (byId("check"));
let shownClients = "";

byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  void ask();
});
byId("clear").addEventListener("click", clear);
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void ask();
});
document.addEventListener("visibilitychange", () => void refresh());
setInterval(() => void refresh(), POLL_MS);
void refresh();

async function ask() {
  const text = input.value;
  if (!text.trim()) return say("Paste a text or an address first.", true);
  const isAddress = ADDRESS.test(text.trim());
  say(isAddress ? "Fetching the page…" : "Checking…");
  checkButton.disabled = true;
  try {
    const checked = await check(isAddress ? { url: text.trim() } : { text });
    showResult(checked);
    offerKeeping(checked, isAddress ? text.trim() : null);
    offerLabelling(checked, isAddress ? text.trim() : null);
    say("");
  } catch (error) {
    hideResult();
    say(messageOf(error), true);
  } finally {
    checkButton.disabled = false;
  }
}

function clear() {
  input.value = "";
  hideResult();
  say("");
  input.focus();
}

/** @param {string} words */
function say(words, isBad = false) {
  byId("status").textContent = words;
  byId("status").classList.toggle("bad", isBad);
}

async function refresh() {
  if (document.hidden) return;
  try {
    const state = await readState();
    byId("model").textContent = state.model;
    showPairings(state.pairings);
    showClients(state.clients);
  } catch {
    // The server is restarting or gone; the next poll, or the next check, will tell.
  }
}

/** @param {import("./types").Pairing[]} pairings */
function showPairings(pairings) {
  byId("pairings").hidden = pairings.length === 0;
  byId("pairings").replaceChildren(...pairings.map(pairingBox));
}

/** @param {import("./types").Pairing} pairing */
function pairingBox(pairing) {
  return element("div", {}, [
    element("p", { textContent: `${pairing.client} asks to use unspun. If that is you, type this code there:` }),
    element("p", { className: "code", textContent: pairing.code }),
    element("p", { className: "quiet", textContent: `Lives ${pairing.expires_in} more seconds · ${pairing.origin}` }),
  ]);
}

/** @param {import("./types").Client[]} clients */
function showClients(clients) {
  // Rebuilding the list at every poll would take the focus away from its buttons.
  if (JSON.stringify(clients) === shownClients) return;
  shownClients = JSON.stringify(clients);
  byId("no-clients").hidden = clients.length > 0;
  byId("clients").replaceChildren(...clients.map(clientRow));
}

/** @param {import("./types").Client} client */
function clientRow(client) {
  const button = element("button", { type: "button", className: "plain", textContent: "Revoke" });
  button.setAttribute("aria-label", `Revoke ${client.name}`);
  button.addEventListener("click", () => void revokeAndRefresh(client.id));
  const since = new Date(client.paired_at * 1000).toLocaleDateString(undefined, { dateStyle: "medium" });
  return element("li", {}, [
    element("div", {}, [
      element("div", { textContent: `${client.name} · since ${since}` }),
      element("div", { className: "origin", textContent: client.origin }),
    ]),
    button,
  ]);
}

/** @param {string} id */
async function revokeAndRefresh(id) {
  try {
    await revoke(id);
  } catch (error) {
    say(messageOf(error), true);
  }
  await refresh();
}
