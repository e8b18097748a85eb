/** Which sites are switched off: host names, each with everything below it; at first mail, banks, forms, chats. */

/** What is off until the reader changes it, because what stands there is private. One line each in the options. */
export const PRIVATE_SITES = Object.freeze(
  (
    "account.* accounts.* auth.* bank.* banking.* checkout.* ebanking.* id.* intranet.* login.* mail.* myaccount.* " +
    "onlinebanking.* outlook.* pay.* secure.* signin.* sso.* webmail.* " +
    "americanexpress.com app.slack.com bankofamerica.com barclays.co.uk calendar.google.com chase.com " +
    "chat.google.com citi.com coinbase.com discord.com docs.google.com drive.google.com dropbox.com fastmail.com " +
    "fidelity.com forms.gle hsbc.co.uk hsbc.com icloud.com lloydsbank.com messenger.com mint.intuit.com monzo.com " +
    "office.com onedrive.live.com paypal.com proton.me revolut.com santander.co.uk schwab.com stripe.com " +
    "teams.microsoft.com typeform.com vanguard.com web.telegram.org web.whatsapp.com wellsfargo.com wise.com zoho.com"
  ).split(" "),
);

/**
 * The host of a web address, or null for pages that are not web pages (settings, blank, files).
 * @param {string | undefined} address
 */
export function hostOf(address) {
  try {
    const url = new URL(address ?? "");
    return url.protocol === "http:" || url.protocol === "https:" ? url.hostname : null;
  } catch {
    return null;
  }
}

/**
 * Is this host off: on the list, or below a host that is? `mail.*` stands for every host that begins so, and `!` before
 * a line excepts it from all others.
 * @param {string} host
 * @param {readonly string[]} sitesOff
 */
export function isSiteOff(host, sitesOff) {
  const excepted = sitesOff.filter((site) => site.startsWith("!")).map((site) => site.slice(1));
  return sitesOff.some((site) => covers(site, host)) && !excepted.some((site) => covers(site, host));
}

/**
 * The list with this host switched on or off. Switched on, hosts that cover it go; where a line for many hosts covers
 * it, the host is excepted.
 * @param {string} host
 * @param {readonly string[]} sitesOff
 * @param {boolean} off
 */
export function withSite(host, sitesOff, off) {
  const rest = sitesOff.filter((site) => site !== `!${host}` && (isForMany(site) || !covers(site, host)));
  if (off) return isSiteOff(host, rest) ? rest : [...rest, host].sort();
  return isSiteOff(host, rest) ? [...rest, `!${host}`].sort() : rest;
}

/**
 * @param {string} site a line of the list, without exclamation mark
 * @param {string} host
 */
function covers(site, host) {
  if (isForMany(site)) return host.startsWith(site.slice(0, -1));
  return host === site || host.endsWith(`.${site}`);
}

/** @param {string} site */
function isForMany(site) {
  return site.endsWith(".*");
}

/**
 * What a reader typed, one line each: a host, `mail.*`, `!host`; whole addresses are cut down to their host.
 * @param {string} typed
 * @returns {{hosts: string[], wrong: string[]}}
 */
export function parseHosts(typed) {
  const lines = typed.split("\n").map((line) => line.trim());
  /** @type {Set<string>} */
  const hosts = new Set();
  const wrong = [];
  for (const line of lines.filter((one) => one !== "")) {
    const [, exception = "", rest = ""] = /^(!?)(.*)$/.exec(line) ?? [];
    const host = hostOf(/^https?:\/\//i.test(rest) ? rest : `http://${rest}`);
    if (host && !/\s/.test(rest) && /^[^*]+(\.\*)?$/.test(host)) hosts.add(exception + host.replace(/^www\./, ""));
    else wrong.push(line);
  }
  return { hosts: [...hosts].sort(), wrong };
}
