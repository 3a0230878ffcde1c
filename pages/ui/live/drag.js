// The slider of drag.py. While the hand moves, it publishes what the charts show. Python is told once, when the hand rests,
// and what was published goes when Python has answered that.

const PAGE = "decision_regions";
const REST = 300; // ms after the last move of a hand that holds neither pointer nor key
const LOADED = 100; // ms in which the charts have taken over the answer and loaded its pictures
const ENDS = ["pointerup", "pointercancel", "blur"];

const sliders = new WeakMap();

function create(root) {
  const [select, output, input] = ["select", "output", "input"].map((name) => root.querySelector(name));
  const slider = {
    select,
    output,
    input,
    held: false, // a pointer or a key is down
    moved: false, // and Python has not been told where to
    sent: null, // the number of the last message; until Python answers it, what Python says is old
    timer: 0,
    next: null, // the weights that are drawn next
    coming: null, // those whose pictures the charts are loading
    shown: null, // those that the charts show
    top: 0, // in which of two places their pictures are
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
  // later: a slider loses the focus too when its page is left, and then nobody is there to be told
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
  writeAddress("dragged", slider.data.labels[slider.select.value]);
  show(slider, slider.data.cells[slider.select.value]);
}

function move(slider) {
  const { cells, faulty } = slider.data;
  const [name, value] = [slider.select.value, slider.input.valueAsNumber];
  slider.moved = true;
  clearTimeout(slider.timer);
  if (!slider.held) restSoon(slider);
  write(slider, value);
  // with another cell that cannot be used the picture keeps the last weights, as it does on the server
  if (faulty.some((other) => other !== name)) return;
  slider.next = Object.values({ ...cells, [name]: value });
  if (!slider.drawing) draw(slider);
}

// A chart shows nothing in the place of a picture that it is still loading. So there are two places: one is shown, with the
// weights it belongs to, while the charts load the next picture into the other.
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

const loaded = (url) => Object.assign(new Image(), { src: url }).decode();

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
  // before Python sets the value: Streamlit adds an address to the history unless the address says it already
  writeAddress(name, Number.isInteger(value) ? value.toFixed(1) : String(value)); // as Python writes it
  slider.setStateValue("rested", { name, value, number: slider.sent });
}

// Show what Python says, unless the hand knows better.
function follow(slider) {
  if (slider.held || slider.moved || (slider.sent !== null && slider.data.answered !== slider.sent)) return;
  show(slider, slider.data.cells[slider.select.value]);
  if (!slider.next && !slider.coming && !slider.shown) return; // nothing is published: no chart need draw itself again
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
  slider.input.value = value ?? (low + high) / 2; // the browser keeps it within the bounds
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
  Object.assign(slider, { data, setStateValue });
  Object.assign(slider.input, { min: data.low, max: data.high, step: data.step });
  follow(slider);
  return () => {
    sliders.delete(parentElement);
    destroy(slider);
  };
}
