// The hand of regions.py: it sets, moves and takes away the points in the pictures of its page. The charts show at once what
// it does; Python is told when it is done, and what the hand has published is cleared when Python has answered.

const REACH = { mouse: 12, pen: 16, touch: 24 }; // pixels from a point within which it is meant
const STILL = 4; // pixels that a click may move
const EVENTS = ["pointerdown", "pointermove", "pointerup", "pointercancel"];

const hands = new WeakMap();

function create() {
  const hand = {
    points: [], // [x1, x2, label], or null for one that was taken away
    sent: null, // the number of the last message; until Python answers it, the points from Python are out of date
    press: null, // what the pointer that is down began with
  };
  hand.on = (event) => acts[event.type](hand, event);
  for (const name of EVENTS) window.addEventListener(name, hand.on);
  hand.ontouch = (event) => hand.press?.found >= 0 && event.preventDefault(); // a finger on a point does not scroll
  window.addEventListener("touchstart", hand.ontouch, { passive: false });
  return hand;
}

function destroy(hand) {
  for (const name of EVENTS) window.removeEventListener(name, hand.on);
  window.removeEventListener("touchstart", hand.ontouch);
  clear(hand);
}

const acts = {
  pointerdown(hand, event) {
    const chart = chartOf(hand, event.target);
    if (!chart || event.button !== 0 || !event.isPrimary) return;
    const found = nearest(hand, chart, event);
    hand.press = { chart, found, before: hand.points[found], x: event.clientX, y: event.clientY, moved: false };
  },
  pointermove(hand, event) {
    const { press } = hand;
    if (!press) point(hand, event);
    if (!press || !event.isPrimary) return;
    press.moved ||= Math.hypot(event.clientX - press.x, event.clientY - press.y) > STILL;
    if (!press.moved || press.found < 0) return;
    set(hand, press.found, [...place(hand, press.chart, event), press.before[2]]);
  },
  pointerup(hand, event) {
    const { press } = hand;
    if (!press || !event.isPrimary) return;
    hand.press = null;
    const { chart, found, moved } = press;
    const full = hand.points.filter(Boolean).length >= hand.data.most;
    if (found < 0 && (moved || full)) return follow(hand);
    if (found < 0) set(hand, hand.points.length, [...place(hand, chart, event), label(hand)]);
    else if (!moved) set(hand, found, null);
    send(hand);
  },
  pointercancel(hand) {
    const { press } = hand;
    hand.press = null;
    if (press?.moved && press.found >= 0) set(hand, press.found, press.before);
    if (press) follow(hand);
  },
};

// The drawing under the pointer, if it is one of the page's pictures; the plane fills all of it.
function chartOf(hand, target) {
  const drawing = target.closest?.("canvas, svg");
  return drawing?.closest(`[class*='st-key-${hand.data.page}_picture'] [data-testid=stVegaLiteChart]`) ? drawing : null;
}

// The class that a click adds.
function label({ data: { labels, parameter } }) {
  return labels[new URL(location.href).searchParams.get(parameter)] ?? labels[""];
}

function place({ data }, chart, event) {
  const { left, bottom, width, height } = chart.getBoundingClientRect();
  const shares = [(event.clientX - left) / width, (bottom - event.clientY) / height];
  const within = (value) => Math.min(Math.max(value, -data.limit), data.limit);
  return shares.map((share) => Number(within((2 * share - 1) * data.limit).toFixed(2)));
}

// The place in the list of the point that is meant, or -1.
function nearest(hand, chart, event) {
  const { left, bottom, width, height } = chart.getBoundingClientRect();
  const { limit } = hand.data;
  const distances = hand.points.map((point) => {
    if (!point) return Infinity;
    const [x, y] = [left + (width * (point[0] / limit + 1)) / 2, bottom - (height * (point[1] / limit + 1)) / 2];
    return Math.hypot(event.clientX - x, event.clientY - y);
  });
  const least = Math.min(...distances);
  return least <= REACH[event.pointerType] ? distances.lastIndexOf(least) : -1;
}

function point(hand, event) {
  const chart = chartOf(hand, event.target);
  if (chart) chart.style.cursor = nearest(hand, chart, event) < 0 ? "crosshair" : "grab";
}

function set(hand, at, point) {
  hand.points[at] = point;
  show(hand);
}

// The rows of the charts keep their places, so that what the player says of them stays true.
function show({ data, points }) {
  const column = (part) => points.map((point) => point?.[part] ?? null);
  publishHand(data.page, { subject: data.subject, x1: column(0), x2: column(1), label: column(2) });
}

function clear({ data }) {
  if (document.documentElement.value?.[data.page]) publishHand(data.page, null);
}

function send(hand) {
  hand.sent = Date.now();
  hand.setStateValue("edited", { number: hand.sent, points: hand.points.filter(Boolean) });
}

// Take over the points from Python, unless the hand is ahead of it.
function follow(hand) {
  if (hand.press) return;
  if (hand.sent !== null && hand.data.answered !== hand.sent) {
    hand.points = hand.points.filter(Boolean);
    show(hand);
    return;
  }
  hand.sent = null;
  hand.points = [...hand.data.points];
  clear(hand);
}

export default function ({ data, parentElement, setStateValue }) {
  const hand = hands.get(parentElement) ?? create();
  hands.set(parentElement, hand);
  Object.assign(hand, { data, setStateValue });
  follow(hand);
  return whenGone(parentElement, () => {
    hands.delete(parentElement);
    destroy(hand);
  });
}
