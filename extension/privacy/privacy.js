/** The privacy page: what is read, where it goes, what is kept, how to switch it off and wipe it. */

import { translate as t } from "../lib/translate.js";
import { button, make } from "../ui/dom.js";

document.documentElement.lang = t("language");
document.title = t("privacyTitle");
const main = document.querySelector("main");
main?.append(
  make("h1", {}, t("privacyTitle")),
  make("p", { className: "lead" }, t("privacyShort")),
  part(t("privacyReadTitle"), [t("privacyReadAsked")], [t("privacyReadAll")], [t("privacyReadNot")]),
  part(t("privacyGoesTitle"), [t("privacyGoesBrowser")], [t("privacyGoesServer")], [t("privacyGoesSearch")]),
  part(
    t("privacyKeptTitle"),
    [t("privacyKeptBrowser")],
    [t("privacyKeptLinks")],
    [t("privacyKeptServer"), "unspun serve --no-history"],
    [t("privacyKeptPrivate")],
  ),
  part(
    t("privacyOffTitle"),
    [t("privacyOffSite")],
    [t("privacyOffAll")],
    [t("privacyOffLinks")],
    [t("privacyOffServer"), "unspun forget --all"],
    [t("privacyOffBrowser")],
  ),
  make("p", {}, button(t("privacyOptions"), () => void chrome.runtime.openOptionsPage())),
);

/**
 * @param {string} title
 * @param {...[text: string, command?: string]} lines
 */
function part(title, ...lines) {
  const rows = lines.map(([text, command]) => {
    const code = command ? [" ", make("code", {}, command)] : [];
    return make("li", {}, text, ...code);
  });
  return make("section", {}, make("h2", {}, title), make("ul", {}, ...rows));
}
