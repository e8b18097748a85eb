/** Figures and verdicts put into words. Texts come from _locales/ through the translator that is passed in. */

/** @typedef {(key: string, ...parts: string[]) => string} Translate */

const KNOWN_FAMILIES = new Map([
  ["pivot", "familyPivot"],
  ["thesaurus", "familyThesaurus"],
  ["back-translated", "familyBacktranslated"],
  ["essay-mill", "familyEssayMill"],
  ["function-word", "familyFunctionWord"],
  ["has-actually", "familyHasActually"],
  ["link-farm", "familyLinkFarm"],
  ["of-yours", "familyOfYours"],
  ["tortured", "familyTortured"],
  ["wrong-sense", "familyWrongSense"],
  ["unknown", "familyUnknown"],
]);

const HEADLINES = new Map([
  ["spun", "verdictSpun"],
  ["suspicious", "verdictSuspicious"],
  ["clean", "verdictClean"],
  ["unscorable", "verdictUnscorable"],
]);

const REASONS = new Map([
  ["too_short", "reasonTooShort"],
  ["not_english", "reasonNotEnglish"],
  ["not_prose", "reasonNotProse"],
]);

/**
 * "about 1 in 2,000 human-written articles of this length score this high".
 * @param {number} rate share of human-written articles, 0 to 1
 * @param {Translate} t
 */
export function rateInWords(rate, t) {
  if (rate <= 0) return t("rateNone");
  if (rate > 0.1) return t("rateInHundred", String(Math.round(rate * 100)));
  return t("rateOneIn", oneIn(rate).toLocaleString("en"));
}

/**
 * How many articles hold one false alarm: two figures, rounded down so that the claim is never stronger than measured.
 * @param {number} rate
 */
export function oneIn(rate) {
  const exact = 1 / rate;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(exact)) - 1);
  return Math.floor(exact / step + 1e-9) * step;
}

/**
 * @param {number} share 0 to 1
 */
export function percent(share) {
  return `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %`;
}

/**
 * @param {{name: string, confidence: number}} family
 * @param {Translate} t
 */
export function familyInWords(family, t) {
  const key = KNOWN_FAMILIES.get(family.name);
  return key ? t(key) : family.name;
}

/**
 * @param {import("./verdict.js").Verdict} verdict
 * @param {Translate} t
 */
export function headline(verdict, t) {
  return t(HEADLINES.get(verdict.verdict) ?? "verdictUnscorable");
}

/**
 * Which engine gave the verdict, and with which model.
 * @param {import("./state.js").EngineName} engine
 * @param {string} model
 * @param {Translate} t
 */
export function engineInWords(engine, model, t) {
  return t(engine === "browser" ? "checkedInBrowser" : "checkedByServer", model);
}

/**
 * The sentence under the headline: the rate for a scored text, the reason for one that could not be.
 * @param {import("./verdict.js").Verdict} verdict
 * @param {Translate} t
 */
export function explanation(verdict, t) {
  if (verdict.false_alarm_rate === null) return t(REASONS.get(verdict.reason ?? "") ?? "reasonUnknown");
  if (verdict.verdict === "clean") return t("cleanMeans");
  return t("rateSentence", rateInWords(verdict.false_alarm_rate, t));
}

/** @type {Map<import("./trouble.js").TroubleKind, string>} */
const TROUBLES = new Map([
  ["server_off", "stateServerOff"],
  ["not_unspun", "stateServerOff"],
  ["version", "stateVersion"],
  ["unpaired", "needsServer"],
  ["busy", "stateBusy"],
  ["slow", "stateSlow"],
  ["page_gone", "pageGone"],
  ["page_blank", "pageBlank"],
  ["labels_full", "labelFull"],
  ["private_window", "labelPrivate"],
  ["unreadable", "stateUnreadable"],
]);

/**
 * One line on why something could not be done.
 * @param {import("./trouble.js").Trouble} trouble
 * @param {Translate} t
 */
export function troubleInWords({ kind, detail }, t) {
  const key = TROUBLES.get(kind);
  return key ? t(key) : (detail ?? t("stateProblem"));
}

/**
 * "2 other pages you read tell the same story".
 * @param {number} count
 * @param {Translate} t
 */
export function nearInWords(count, t) {
  return count === 1 ? t("nearOne") : t("nearMany", String(count));
}

const NEAR_VERDICTS = new Map([
  ["spun", "nearSpun"],
  ["suspicious", "nearSuspicious"],
  ["clean", "nearClean"],
]);

/**
 * The verdict on another page, in a word or two.
 * @param {import("./verdict.js").Label} verdict
 * @param {Translate} t
 */
export function nearVerdict(verdict, t) {
  return t(NEAR_VERDICTS.get(verdict) ?? "nearUnscorable");
}

/**
 * The swaps that tell the family: "historical past" for "history".
 * @param {[string, string][]} pairs
 * @param {Translate} t
 */
export function pairsInWords(pairs, t) {
  return t("familyPairs", pairs.map(([spun, original]) => t("pairFor", spun, original)).join(", "));
}
