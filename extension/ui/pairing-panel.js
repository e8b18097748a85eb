/** The pairing dialogue, used by popup and options: get a code, type it, paired. */

import { readOpenPairing } from "../background/pairing.js";
import { translate as t } from "../lib/translate.js";
import { button, make } from "./dom.js";

/**
 * @typedef {import("../background/pairing.js").OpenPairing} OpenPairing
 * @typedef {import("../background/pairing.js").Outcome} Outcome
 */

const CODE_SHAPE = /^\d{6}$/;

/**
 * @param {{onPaired: () => void, onTrouble: (trouble: import("../lib/trouble.js").Trouble) => void}} wishes
 * @returns {HTMLElement}
 */
export function pairingPanel({ onPaired, onTrouble }) {
  const panel = make("section", { className: "pairing" });

  /** @param {string} [note] why the reader is back at the start */
  function showStart(note) {
    panel.replaceChildren(
      make("h2", {}, t("pairTitle")),
      make("p", { className: "quiet" }, t("pairHelp")),
      noteLine(note ?? ""),
      button(t("pairStart"), () => void start(), "primary"),
    );
  }

  async function start() {
    const outcome = await send({ type: "pair_start" });
    if (!outcome.ok) return onTrouble(outcome.trouble);
    await showWhereWeAre();
  }

  /** @param {OpenPairing} open */
  function showCode(open) {
    const note = noteLine("");
    const field = codeField();
    const form = make(
      "form",
      { className: "code-row" },
      field,
      make("button", { type: "submit", className: "primary" }, t("pairFinish")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const code = field.value.replace(/\s/g, "");
      if (CODE_SHAPE.test(code)) void finish(code, note, field);
      else note.textContent = t("pairWrongShape");
    });
    panel.replaceChildren(
      make("h2", {}, t("pairTitle")),
      make("label", { htmlFor: "code" }, t("pairCodeLabel")),
      form,
      note,
      make("p", { className: "quiet" }, t("pairCodeHelp")),
      countdown(open.expiresAt, () => showStart(t("pairExpired"))),
      button(t("pairAnother"), () => void start(), "small"),
    );
    field.focus();
  }

  /**
   * @param {string} code
   * @param {HTMLElement} note
   * @param {HTMLInputElement} field
   */
  async function finish(code, note, field) {
    const outcome = await send({ type: "pair_finish", code });
    if (outcome.ok) return onPaired();
    const { kind, triesLeft = 0 } = outcome.trouble;
    if (kind === "pairing_expired") return showStart(t("pairExpired"));
    if (kind !== "wrong_code") return onTrouble(outcome.trouble);
    if (triesLeft === 0) return showStart(t("pairNoTriesLeft"));
    note.textContent = t("pairWrong", String(triesLeft));
    field.select();
  }

  async function showWhereWeAre() {
    const open = await readOpenPairing(chrome.storage.session);
    if (open && open.expiresAt > Date.now()) showCode(open);
    else showStart();
  }

  void showWhereWeAre();
  return panel;
}

function codeField() {
  return make("input", {
    id: "code",
    className: "code",
    inputMode: "numeric",
    autocomplete: "one-time-code",
    maxLength: 7, // six digits and the space some people type in the middle
    required: true,
  });
}

/** @param {string} text */
function noteLine(text) {
  const line = make("p", { className: "note" }, text);
  line.setAttribute("role", "status");
  return line;
}

/**
 * @param {number} expiresAt in milliseconds
 * @param {() => void} onEnd
 */
function countdown(expiresAt, onEnd) {
  const line = make("p", { className: "quiet" });
  const tick = () => {
    const left = Math.max(0, Math.round((expiresAt - Date.now()) / 1000));
    line.textContent = t("pairTimeLeft", `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
    if (left > 0) return;
    clearInterval(timer);
    if (line.isConnected) onEnd();
  };
  const timer = setInterval(tick, 1000);
  tick();
  return line;
}

/**
 * @param {object} message
 * @returns {Promise<Outcome>}
 */
async function send(message) {
  return chrome.runtime.sendMessage(message);
}
