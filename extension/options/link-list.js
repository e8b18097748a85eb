/** The list of sites seen spun, on the options page: how long it is, saving it as rules, forgetting it. */

import { isMarked, rulesOf } from "../links/seen.js";
import { translate as t } from "../lib/translate.js";
import { button, make } from "../ui/dom.js";

const FILE_NAME = "unspun-ublacklist.txt";

/**
 * @param {Pick<import("../links/seen.js").Seen, "all" | "wipe">} seen
 * @returns {Promise<HTMLElement>}
 */
export async function linkList(seen) {
  const box = make("div", { className: "setting" });

  async function draw() {
    const sites = await seen.all();
    const marked = [...sites.values()].filter(isMarked).length;
    const line = make("p", {}, t("linksCount", String(sites.size), String(marked)));
    line.setAttribute("role", "status");
    const save = button(t("linksExport"), () => saveText(rulesOf(sites), FILE_NAME));
    const wipe = button(t("linksWipe"), () => void seen.wipe().then(draw));
    save.disabled = marked === 0;
    wipe.disabled = sites.size === 0;
    box.replaceChildren(line, make("div", { className: "actions" }, save, wipe));
  }

  await draw();
  return box;
}

/**
 * @param {string} text
 * @param {string} name of the file
 */
function saveText(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1_000); // by then the browser has read it
}
