// The slider and the pictures of drag.py. An edit is shown at once: while the slider moves, and when a cell is filled. Python
// is told of a drag once, when it ends; what Python shows follows unless the viewer is ahead of it.

const PAGE = "decision_regions";
const REST = 300; // ms after the last change, with neither pointer nor key down, at which the drag ends
const ENDS = ["pointerup", "pointercancel", "blur"];
const EDITS = ["keydown", "focusout", "click"]; // a cell has buttons too where there is room
const FILLS = ["Enter", "ArrowUp", "ArrowDown"]; // keys that fill the cell they are pressed in

const sliders = new WeakMap();

function create(root) {
  const [select, output, input] = ["select", "output", "input"].map((name) => root.querySelector(name));
  const slider = {
    select,
    output,
    input,
    held: false, // a pointer or a key is down
    moved: false, // and Python has not been told the value yet
    sent: null, // number of the last message; until Python answers it, data from Python is out of date
    resting: 0, // timers
    frame: 0,
    next: null, // weights and colours to draw next
    coming: null, // those whose images the charts are loading
    shown: null, // those that the charts show
    top: 0, // the image slot, 0 or 1, that is visible
    pictures: { output: ["", ""], h1: ["", ""], h2: ["", ""] },
    drawing: false,
  };
  const hold = () => {
    slider.held = true;
  };
  slider.release = () => {
    slider.held = false;
    rest(slider);
  };
  // deferred, until the cell holds its number
  slider.fill = ({ key, target }) => {
    if ((key === undefined || FILLS.includes(key)) && isInCell(slider, target)) setTimeout(lookAhead, 0, slider);
  };
  select.addEventListener("change", () => choose(slider));
  input.addEventListener("input", () => move(slider));
  input.addEventListener("pointerdown", hold);
  input.addEventListener("keydown", hold);
  input.addEventListener("keyup", () => {
    slider.held = false;
    restSoon(slider);
  });
  // deferred: the slider also loses focus when its page is left, and then there is nobody to tell
  input.addEventListener("blur", () => setTimeout(slider.release));
  for (const end of ENDS) window.addEventListener(end, slider.release);
  for (const name of EDITS) window.addEventListener(name, slider.fill);
  return slider;
}

function destroy(slider) {
  for (const end of ENDS) window.removeEventListener(end, slider.release);
  for (const name of EDITS) window.removeEventListener(name, slider.fill);
  clearTimeout(slider.resting);
  cancelAnimationFrame(slider.frame);
  slider.next = slider.coming = slider.shown = null;
  publish(PAGE, null);
  document.body.removeAttribute("data-moving");
}

function choose(slider) {
  const { labels, first } = slider.data;
  writeAddress("dragged", slider.select.value === first ? null : labels[slider.select.value]);
  show(slider, slider.data.cells[slider.select.value]);
}

function move(slider) {
  const { cells, faulty } = slider.data;
  const [name, value] = [slider.select.value, slider.input.valueAsNumber];
  slider.moved = true;
  clearTimeout(slider.resting);
  if (!slider.held) restSoon(slider);
  write(slider, value);
  // while another cell is invalid the image keeps the last weights, as it does on the server
  if (faulty.some((other) => other !== name)) return;
  draw(slider, Object.values({ ...cells, [name]: value }));
}

function restSoon(slider) {
  clearTimeout(slider.resting);
  slider.resting = setTimeout(rest, REST, slider);
}

function rest(slider) {
  if (slider.held || !slider.input.isConnected) return;
  if (!slider.moved) {
    follow(slider);
    return;
  }
  const [name, value] = [slider.select.value, slider.input.valueAsNumber];
  slider.moved = false;
  slider.sent = Date.now();
  slider.setStateValue("rested", { name, value, number: slider.sent });
}

// Show the data from Python, unless the viewer is ahead of it.
function follow(slider) {
  const { cells, weights, answered } = slider.data;
  cancelAnimationFrame(slider.frame);
  if (slider.held || slider.moved || (slider.sent !== null && answered !== slider.sent)) return;
  if (isAhead(slider)) {
    slider.frame = requestAnimationFrame(() => follow(slider));
    return;
  }
  show(slider, cells[slider.select.value]);
  draw(slider, weights);
}

// ---- What was entered in the cells

const isInCell = ({ data }, element) => Object.keys(data.cells).some((name) => element.closest?.(`.st-key-${name}`));

const fields = ({ data }) => Object.keys(data.cells).map((name) => document.querySelector(`.st-key-${name} input`));

// Cells show six digits.
const rounded = (number) => (number === null ? null : Number(number.toPrecision(6)));

// The numbers in the cells, null for an empty one; all digits of those that Python knows.
function entered(slider) {
  const known = Object.values(slider.data.cells);
  return fields(slider).map((field, at) => {
    const number = field?.value ? Number(field.value) : null;
    return rounded(number) === rounded(known[at]) ? known[at] : number;
  });
}

const isAhead = (slider) => !equal(entered(slider), Object.values(slider.data.cells));

// Draw what was entered before Python answers.
function lookAhead(slider) {
  if (slider.held || slider.moved || !slider.input.isConnected) return;
  const weights = entered(slider);
  if (weights.every(Number.isFinite)) {
    show(slider, weights[slider.select.selectedIndex]);
    draw(slider, weights);
  }
  follow(slider);
}

// ---- What is shown

function draw(slider, weights) {
  const { colours } = slider.data;
  const last = slider.next ?? slider.coming ?? slider.shown;
  if (last && equal(last.weights, weights) && JSON.stringify(last.colours) === JSON.stringify(colours)) {
    fade(slider);
    return;
  }
  slider.next = { weights, colours };
  if (!slider.drawing) drawAll(slider);
}

// A chart shows nothing while it loads an image. So there are two slots: one is shown, with the weights it belongs to,
// while the charts load the next image into the other.
async function drawAll(slider) {
  slider.drawing = true;
  while (slider.next || slider.coming) {
    if (slider.coming) {
      slider.shown = slider.coming;
      slider.top = 1 - slider.top;
    }
    slider.coming = slider.next;
    slider.next = null;
    const loading = slider.coming ? paint(slider, 1 - slider.top) : [];
    publish(PAGE, { ...slider.shown, top: slider.top, ...slider.pictures });
    fade(slider);
    await Promise.all(loading.map(loaded));
    await new Promise(requestAnimationFrame);
  }
  slider.drawing = false;
}

// The images go into new lists, because the charts may read the published ones at any moment.
function paint(slider, place) {
  const { weights, colours } = slider.coming;
  const { hidden, output } = answers(weights);
  const urls = {
    output: picture(output, colours.output),
    h1: picture(hidden[0], colours.hidden),
    h2: picture(hidden[1], colours.hidden),
  };
  Object.assign(slider.coming, { contour: contour(output), signs: lattice(output) });
  for (const [name, url] of Object.entries(urls)) slider.pictures[name] = slider.pictures[name].with(place, url);
  return Object.values(urls);
}

// What Python has to say is faded while it speaks of other weights.
function fade({ shown, data }) {
  document.body.toggleAttribute("data-moving", shown !== null && !equal(shown.weights, data.weights));
}

const equal = (one, other) => one.every((number, at) => number === other[at]);

function show(slider, value) {
  const { low, high, labels } = slider.data;
  slider.input.value = value ?? (low + high) / 2; // the browser clamps it to the bounds
  slider.input.setAttribute("aria-label", labels[slider.select.value]);
  write(slider, value);
}

function write({ input, output }, value) {
  const text = value === null ? "empty" : String(Number(value.toPrecision(6)));
  output.textContent = text;
  input.setAttribute("aria-valuetext", text);
  input.style.setProperty("--share", (input.valueAsNumber - input.min) / (input.max - input.min));
}

export default function ({ data, parentElement, setStateValue }) {
  let slider = sliders.get(parentElement);
  if (!slider) {
    slider = create(parentElement);
    sliders.set(parentElement, slider);
    slider.select.replaceChildren(...Object.entries(data.labels).map(([name, label]) => new Option(label, name)));
    slider.select.value = data.chosen;
  }
  const isNew = slider.data === undefined;
  Object.assign(slider, { data, setStateValue });
  Object.assign(slider.input, { min: data.low, max: data.high, step: data.step });
  if (isNew) choose(slider);
  follow(slider);
  return whenGone(parentElement, () => {
    sliders.delete(parentElement);
    destroy(slider);
  });
}
