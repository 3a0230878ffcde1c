// The slider of drag.py. During a drag it publishes what the charts show. Python is told once, when the drag ends, and
// the published state is cleared when Python has answered.

const PAGE = "decision_regions";
const REST = 300; // ms after the last change, with neither pointer nor key down, at which the drag ends
const LOADED = 100; // ms for the charts to take the answer and load its images
const ENDS = ["pointerup", "pointercancel", "blur"];

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
    timer: 0,
    next: null, // the weights to draw next
    coming: null, // the weights whose images the charts are loading
    shown: null, // the weights that the charts show
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
  return slider;
}

function destroy(slider) {
  for (const end of ENDS) window.removeEventListener(end, slider.release);
  clearTimeout(slider.timer);
  clear(slider);
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
  clearTimeout(slider.timer);
  if (!slider.held) restSoon(slider);
  write(slider, value);
  // while another cell is invalid the image keeps the last weights, as it does on the server
  if (faulty.some((other) => other !== name)) return;
  slider.next = Object.values({ ...cells, [name]: value });
  if (!slider.drawing) draw(slider);
}

// A chart shows nothing while it loads an image. So there are two slots: one is shown, with the weights it belongs to,
// while the charts load the next image into the other.
async function draw(slider) {
  slider.drawing = true;
  while (slider.next || slider.coming) {
    if (slider.coming) {
      slider.shown = slider.coming;
      slider.top = 1 - slider.top;
    }
    slider.coming = slider.next;
    slider.next = null;
    const loading = slider.coming ? paint(slider, 1 - slider.top) : [];
    publish(PAGE, { weights: slider.shown, top: slider.top, ...slider.pictures });
    document.body.toggleAttribute("data-moving", slider.shown !== null);
    await Promise.all(loading.map(loaded));
    await new Promise(requestAnimationFrame);
  }
  slider.drawing = false;
}

function paint({ coming, pictures, data }, place) {
  const { hidden, output } = answers(coming);
  pictures.output[place] = picture(output, data.colours.output);
  pictures.h1[place] = picture(hidden[0], data.colours.hidden);
  pictures.h2[place] = picture(hidden[1], data.colours.hidden);
  return Object.values(pictures).map((places) => places[place]);
}

function restSoon(slider) {
  clearTimeout(slider.timer);
  slider.timer = setTimeout(rest, REST, slider);
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

// Show the data from Python, unless the drag is ahead of it.
function follow(slider) {
  if (slider.held || slider.moved || (slider.sent !== null && slider.data.answered !== slider.sent)) return;
  show(slider, slider.data.cells[slider.select.value]);
  if (!slider.next && !slider.coming && !slider.shown) return; // nothing is published, so no chart needs redrawing
  clearTimeout(slider.timer);
  slider.timer = setTimeout(clear, LOADED, slider);
}

function clear(slider) {
  slider.next = slider.coming = slider.shown = null;
  publish(PAGE, null);
  document.body.removeAttribute("data-moving");
}

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
