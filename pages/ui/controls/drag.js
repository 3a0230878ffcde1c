// The slider of drag.py. Python draws it again after every run, and the function at the end is called with new data;
// what the hand does is kept here.

const GAP = 60; // ms from one message to the next, at least
const LOST = 1000; // ms after which an answer is waited for no longer
const REST = 300; // ms after the last move in which a value from Python may still be an old one

const sliders = new WeakMap();

function create(root) {
  const input = root.querySelector("input");
  const slider = {
    input,
    name: root.querySelector("span"),
    output: root.querySelector("output"),
    held: false,
    movedAt: -Infinity,
    next: null, // the value that is still to be sent
    resting: false, // whether the hand has let go since the last message
    number: Date.now(), // of the last message; a slider that is made anew does not repeat one
    waiting: false,
    sentAt: -Infinity,
    sending: 0, // timers
    following: 0,
  };
  input.addEventListener("input", () => move(slider));
  input.addEventListener("change", () => {
    slider.resting = true;
    move(slider);
  });
  input.addEventListener("pointerdown", () => {
    slider.held = true;
  });
  slider.release = () => {
    slider.held = false;
    follow(slider);
  };
  for (const end of ["pointerup", "pointercancel", "blur"]) window.addEventListener(end, slider.release);
  return slider;
}

function destroy(slider) {
  for (const end of ["pointerup", "pointercancel", "blur"]) window.removeEventListener(end, slider.release);
  clearTimeout(slider.sending);
  clearTimeout(slider.following);
}

function move(slider) {
  slider.movedAt = performance.now();
  slider.next = slider.input.valueAsNumber;
  show(slider, slider.next);
  send(slider);
}

// One message is under way at a time, and only the newest value waits: a slow server gets fewer, not a queue.
function send(slider) {
  clearTimeout(slider.sending);
  if (slider.next === null) return;
  const due = slider.sentAt + (slider.waiting ? LOST : GAP);
  const wait = due - performance.now();
  if (wait > 0) {
    slider.sending = setTimeout(send, wait, slider);
    return;
  }
  const value = slider.next;
  slider.next = null;
  slider.waiting = true;
  slider.sentAt = performance.now();
  slider.number += 1;
  replaceAddress(slider.data.parameter, value);
  slider.setStateValue("moved", { value, number: slider.number, resting: slider.resting });
  slider.resting = false;
}

// Streamlit adds an address to the history for every value that Python sets, unless the address says so already.
function replaceAddress(parameter, value) {
  if (!parameter) return;
  const address = new URL(location.href);
  address.searchParams.set(parameter, Number.isInteger(value) ? value.toFixed(1) : String(value)); // as Python writes it
  try {
    history.replaceState(history.state, "", address);
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // a browser that counts the changes of the address
  }
}

// Show the value from Python, once nothing of what the hand did can still be on its way.
function follow(slider) {
  clearTimeout(slider.following);
  if (slider.held || slider.next !== null) return;
  const wait = slider.movedAt + REST - performance.now();
  if (wait > 0) {
    slider.following = setTimeout(follow, wait, slider);
    return;
  }
  if (slider.waiting && performance.now() < slider.sentAt + LOST) return; // the answer comes here again
  const { value, low, high } = slider.data;
  slider.input.value = value === null ? (low + high) / 2 : value; // the browser keeps it within the bounds
  show(slider, value);
}

function show(slider, value) {
  const { input, output } = slider;
  const text = value === null ? "empty" : String(Number(value.toPrecision(6)));
  output.textContent = text;
  input.setAttribute("aria-valuetext", text);
  const share = (input.valueAsNumber - input.min) / (input.max - input.min);
  input.style.setProperty("--share", share);
}

export default function ({ data, parentElement, setStateValue }) {
  const slider = sliders.get(parentElement) ?? create(parentElement);
  sliders.set(parentElement, slider);
  Object.assign(slider, { data, setStateValue });
  if (data.answered === slider.number) slider.waiting = false;
  slider.name.textContent = data.label;
  slider.input.setAttribute("aria-label", data.label);
  Object.assign(slider.input, { min: data.low, max: data.high, step: data.step });
  send(slider);
  follow(slider);
  return () => {
    sliders.delete(parentElement);
    destroy(slider);
  };
}
