// What a person sees of a page, and what there is to click, drag and type into, in shadow roots too. For looks.py, hands.py.

function* everything(root) {
  for (const element of root.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}

function closest(element, selector) {
  for (let at = element; at; at = at.getRootNode().host) {
    const found = at.closest(selector);
    if (found) return found;
  }
  return null;
}

const testId = (id) => `[data-testid=${id}]`;
const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
const oneLine = (text) => text.replace(/\s+/g, " ").trim();
const CHART = testId("stVegaLiteChart");
const ICON = testId("stIconMaterial");

// ---- what is seen

// Streamlit's own text of an element; a component has its text in a shadow root, which innerText leaves out. A list that
// is closed shows none of its options but the one that is its value.
function textOf(element) {
  const lists = [...element.querySelectorAll("select")];
  const texts = [lists.reduce((text, list) => text.replace(list.innerText, ""), element.innerText)];
  for (const inner of everything(element)) {
    if (inner.shadowRoot)
      for (const child of inner.shadowRoot.children) if (child.tagName !== "STYLE") texts.push(textOf(child));
  }
  return oneLine(texts.filter(Boolean).join(" "));
}

function htmlOf(element) {
  const copy = element.cloneNode(true);
  for (const style of copy.querySelectorAll("style")) style.remove();
  return oneLine(copy.innerHTML);
}

const nameOf = (element) =>
  oneLine(
    element.getAttribute("aria-label") ||
      (element.labels?.length && element.labels[0].innerText) ||
      element.closest("label")?.innerText ||
      element.innerText?.trim().split("\n")[0] ||
      element.title ||
      "",
  );

function stateOf(element) {
  const off = element.disabled ? " (disabled)" : "";
  if (element.matches("input[type=checkbox], input[type=radio]")) return (element.checked ? "on" : "off") + off;
  if (element.matches("input[type=file]")) return null;
  if (element.matches("input, select, textarea")) return (element.getAttribute("aria-valuetext") ?? element.value) + off;
  for (const attribute of ["aria-checked", "aria-pressed", "aria-selected"])
    if (element.hasAttribute(attribute)) return (element.getAttribute(attribute) === "true" ? "on" : "off") + off;
  return null;
}

// a slider may say its value in words, and is moved by its number
const valueOf = (element, kind) =>
  kind === "expander"
    ? String(element.parentElement.open)
    : element.matches("input[type=range]")
      ? element.value
      : (stateOf(element) ?? "");

function linesOf(place) {
  const lines = [];
  for (const element of place.querySelectorAll(`${testId("stElementContainer")}, summary, [role=tab]`)) {
    if (!isSeen(element)) continue;
    if (element.tagName === "SUMMARY") {
      const copy = element.cloneNode(true);
      for (const icon of copy.querySelectorAll(ICON)) icon.remove();
      lines.push(`expander "${oneLine(copy.textContent)}": ${element.parentElement.open ? "open" : "closed"}`);
      continue;
    }
    if (element.matches("[role=tab]")) {
      lines.push(`tab "${nameOf(element)}": ${stateOf(element)}`);
      continue;
    }
    if (element.querySelector(OF_THE_EDIT)) continue;
    const chart = element.querySelector(CHART);
    if (chart) {
      lines.push(`chart: ${chart.getAttribute("aria-label")}`);
      continue;
    }
    const html = element.querySelector(".stHtml");
    const text = html ? htmlOf(html) : textOf(element);
    if (text) lines.push(text);
    for (const inner of everything(element)) {
      const state = isSeen(inner) ? stateOf(inner) : null;
      if (state !== null) lines.push(`field "${nameOf(inner)}": ${state}`);
    }
  }
  return lines;
}

function drawnBy(source, width, height, below = null) {
  const copy = document.createElement("canvas");
  const draw = copy.getContext("2d");
  [copy.width, copy.height, draw.fillStyle] = [width, height, "white"];
  draw.fillRect(0, 0, width, height);
  if (below) {
    const [own, its] = [source, below].map((one) => one.getBoundingClientRect());
    const scale = width / own.width;
    // without its edge, which lies out of the picture by part of a pixel
    const place = [its.left - own.left + 2, its.top - own.top + 2, its.width - 4, its.height - 4];
    draw.drawImage(below, ...place.map((length) => length * scale));
  }
  draw.drawImage(source, 0, 0);
  return copy.toDataURL();
}

async function pictureOf(chart) {
  const canvas = chart.querySelector("canvas:not([data-below])");
  if (canvas) return drawnBy(canvas, canvas.width, canvas.height, chart.querySelector("[data-below]"));
  const marks = chart.querySelector("svg.marks");
  if (!marks) return "";
  const copy = marks.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const image = new Image();
  image.src = "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
  await image.decode();
  return drawnBy(image, image.width, image.height);
}

async function look() {
  const places = ["stSidebar", "stMain"].map((id) => document.querySelector(testId(id))).filter(Boolean);
  const charts = [...document.querySelectorAll(CHART)].filter(isSeen);
  return {
    lines: places.flatMap(linesOf),
    pictures: await Promise.all(charts.map(async (chart) => [chart.getAttribute("aria-label"), await pictureOf(chart)])),
  };
}

function isBusy() {
  const going = [...everything(document)].filter((element) => element.matches(`${testId("stProgress")}, button`));
  return going.some((one) => isSeen(one) && (one.tagName !== "BUTTON" || /^(Pause|Stop)/.test(nameOf(one))));
}

// ---- what there is to do

const CONTROLS = `a[href], input, select, textarea, button, summary, iframe, [role=button], [role=slider], [role=tab],
  [role=combobox], [role=spinbutton], [contenteditable=true], ${CHART}`;

const KINDS = {
  number: "input[type=number]",
  slider: "input[type=range]",
  switch: "input[type=checkbox]",
  choice: "input[role=combobox]",
  text: "textarea",
  select: "select",
  expander: "summary",
  options: "[role=radiogroup] input[type=radio], [role=radiogroup] button, [role=toolbar] button, [role=tab]",
  picture: CHART,
  button: "button",
};

function leftAlone(element) {
  for (const [selector, reason] of Object.entries(LEFT_ALONE)) if (closest(element, selector)) return reason;
  return LEFT_ALONE_BY_NAME[nameOf(element)] ?? "";
}

function controls() {
  const found = [];
  const groups = new Set();
  for (const element of everything(document)) {
    if (!element.matches(CONTROLS) || !isSeen(element)) continue;
    const kind = Object.keys(KINDS).find((one) => element.matches(KINDS[one])) ?? "unknown";
    let [whole, options] = [element, []];
    if (kind === "options") {
      whole = element.closest("[role=radiogroup], [role=toolbar], [role=tablist]");
      if (groups.has(whole)) continue;
      groups.add(whole);
      options = [...whole.querySelectorAll(KINDS.options)];
    }
    if (kind === "select") options = [...element.options];
    found.push({ element: whole, options, kind, ...described(whole, kind, options) });
  }
  const counts = {};
  for (const one of found) {
    const key = [one.section, one.kind, one.known].join("|");
    one.place = counts[key] = (counts[key] ?? -1) + 1;
  }
  return found;
}

function described(element, kind, options) {
  const section = closest(element, testId("stSidebar")) ? "sidebar" : closest(element, testId("stMain")) ? "main" : "frame";
  let name = nameOf(element);
  if (kind === "expander") name = oneLine(element.innerText.replace(/^keyboard_arrow_\w+|(keyboard_arrow|chevron)_\w+$/g, ""));
  if (kind === "options" && element.matches("[role=tablist]")) name = `tabs ${options.map(nameOf).join(", ")}`;
  // what is called after results keeps its key when they change
  const key = closest(element, testId("stElementContainer"))?.className.match(/st-key-(\S+)/)?.[1];
  return {
    section,
    known: key ?? name,
    name: kind === "unknown" ? `${element.tagName.toLowerCase()} ${name}` : name,
    alone: leftAlone(element),
    disabled: Boolean(element.disabled || (options.length && options.every((option) => option.disabled))),
    low: element.min ?? "",
    high: element.max ?? "",
    step: element.step ?? "",
    value: valueOf(element, kind),
    names: options.map((option) => option.label ?? nameOf(option)),
    chosen: options.map((option) => stateOf(option) === "on" || Boolean(option.selected)),
  };
}
