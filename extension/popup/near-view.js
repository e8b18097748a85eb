/** Pages the reader saw before that tell the same story, from the server's own history. */

import { translate as t } from "../lib/translate.js";
import { nearInWords, nearVerdict } from "../lib/wording.js";
import { make } from "../ui/dom.js";

/** @param {import("../lib/verdict.js").Near[]} near at least one */
export function nearView(near) {
  const rows = near.map(({ url, title, verdict }) => {
    const link = make("a", { href: url, target: "_blank", rel: "noreferrer" }, title ?? url);
    const about = `${new URL(url).hostname} · ${nearVerdict(verdict, t)}`;
    return make("li", {}, link, make("span", { className: "quiet" }, about));
  });
  const summary = make("summary", {}, nearInWords(near.length, t));
  return make("details", { className: "near" }, summary, make("ul", {}, ...rows));
}
