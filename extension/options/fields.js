/** One form field for each row of the settings table. */

import { parseHosts } from "../lib/sites.js";
import { translate as t } from "../lib/translate.js";
import { make } from "../ui/dom.js";

/**
 * @typedef {import("../lib/settings.js").Setting} Setting
 * @typedef {(value: unknown) => Promise<boolean>} Save false when the value is out of range
 */

/**
 * @param {Setting} setting
 * @param {unknown} value
 * @param {Save} save
 * @returns {HTMLElement}
 */
export function fieldOf(setting, value, save) {
  switch (setting.type) {
    case "choice":
      return choiceField(setting, value, save);
    case "switch":
      return switchField(setting, value, save);
    case "hosts":
      return hostsField(setting, /** @type {string[]} */ (value), save);
    case "port":
      return portField(setting, value, save);
  }
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 * @param {Save} save
 */
function choiceField(setting, value, save) {
  const box = make("fieldset", { className: "setting", id: setting.key });
  const note = noteFor(box);
  const rows = (setting.choices ?? []).map((choice) => {
    const radio = make("input", { type: "radio", name: setting.key, value: choice.value });
    radio.defaultChecked = choice.value === value;
    radio.addEventListener("change", async () => {
      const isKept = await save(choice.value);
      note.textContent = isKept ? "" : t("optionsNotAllowed");
      for (const { control } of rows) control.checked = isKept ? control === radio : control.defaultChecked;
      if (isKept) for (const { control } of rows) control.defaultChecked = control === radio;
    });
    return { control: radio, label: make("label", { className: "row" }, radio, t(choice.label)) };
  });
  box.append(make("legend", {}, t(setting.label)), ...rows.map(({ label }) => label), note, help(setting));
  return box;
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 * @param {Save} save
 */
function switchField(setting, value, save) {
  const box = make("input", { type: "checkbox", id: setting.key, checked: value === true });
  const note = noteFor(box);
  box.addEventListener("change", async () => {
    const isKept = await save(box.checked);
    note.textContent = isKept ? "" : t("optionsNotAllowed");
    if (!isKept) box.checked = !box.checked;
  });
  const label = make("label", { className: "row label" }, box, t(setting.label));
  return make("div", { className: "setting" }, label, note, help(setting));
}

/**
 * @param {Setting} setting
 * @param {string[]} value
 * @param {Save} save
 */
function hostsField(setting, value, save) {
  const area = make("textarea", { id: setting.key, value: value.join("\n"), spellcheck: false });
  const note = noteFor(area);
  area.addEventListener("change", () => {
    const { hosts, wrong } = parseHosts(area.value);
    note.textContent = wrong.length > 0 ? t("optionsHostsWrong", wrong.join(", ")) : "";
    area.value = hosts.join("\n");
    void save(hosts);
  });
  return make("div", { className: "setting" }, labelOf(setting), area, note, help(setting));
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 * @param {Save} save
 */
function portField(setting, value, save) {
  const field = make("input", { type: "number", id: setting.key, min: "1024", max: "65535", value: String(value) });
  const note = noteFor(field);
  field.addEventListener("change", async () => {
    note.textContent = (await save(field.valueAsNumber)) ? "" : t("optionsPortWrong");
  });
  return make("div", { className: "setting" }, labelOf(setting), field, note, help(setting));
}

/** @param {Setting} setting */
function labelOf(setting) {
  return make("label", { className: "label", htmlFor: setting.key }, t(setting.label));
}

/** @param {Setting} setting */
function help(setting) {
  return make("p", { className: "quiet" }, t(setting.help));
}

/** @param {HTMLElement} field */
function noteFor(field) {
  const note = make("p", { className: "note", id: `${field.id}-note` });
  note.setAttribute("role", "status");
  field.setAttribute("aria-describedby", note.id);
  return note;
}
