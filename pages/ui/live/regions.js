// The regions of regions.py: to each state of its page's player it adds which points are wrong with these weights, and it
// shows the regions. While states follow each other, they are painted below the drawings of the charts, which takes no
// image to be encoded and loaded. A state that stays is an image of the chart, so that a saved chart has it too.

const STAYS = 40; // ms without another state, unless the player says that it rests

const view = { data: null, state: null, outputs: [], still: null, images: null, timer: 0 };

function complete(state) {
  const { page, subject, series, points } = view.data;
  Object.assign(view, { state, outputs: [] });
  if (!series.length) clear(page);
  const weights = state?.subject === subject ? series.map((name) => state[name]) : [];
  if (!weights.length || !weights.every(Boolean)) return view.data.series.length ? {} : { [`${page}_regions`]: null };
  if (state !== view.still) move(state, weights);
  const wrong = weights.map((flat, run) => [`wrong_${run}`, wrongOf(flat, points)]);
  return { [page]: { ...state, ...Object.fromEntries(wrong) }, [`${page}_regions`]: view.images };
}

// An output of 0 is wrong for both classes.
function wrongOf(weights, [x1, x2, label]) {
  const { output } = answers(weights, [x1, x2]);
  return Array.from(output, (value, at) => Number(value * label[at] <= 0));
}

// Nothing is trained, so there are no regions: not those of before either.
function clear(page) {
  for (const below of document.querySelectorAll(`[class*=st-key-${page}_picture_] [data-below]`)) below.remove();
}

function move(state, weights) {
  const { page, colours } = view.data;
  const outputs = weights.map((flat) => answers(flat).output);
  const below = outputs.map((_, run) => canvasBelow(page, run));
  if (below.every(Boolean)) {
    outputs.forEach((output, run) => fill(below[run], output, colours));
    view.images = null;
  }
  view.outputs = outputs;
  clearTimeout(view.timer);
  view.timer = setTimeout(stay, STAYS);
}

async function stay() {
  clearTimeout(view.timer);
  const { state, outputs } = view;
  if (!state || !outputs.length || state === view.still) return;
  const urls = outputs.map((output) => picture(output, view.data.colours));
  await Promise.all(urls.map(loaded));
  if (state !== view.state) return;
  view.still = state;
  view.images = { top: 0, ...Object.fromEntries(urls.map((url, run) => [`picture_${run}`, [url, ""]])) };
  publish(view.data.page, state);
}

// The canvas below the drawing of a network, or null while there is no drawing; Vega removes it with its own.
function canvasBelow(page, run) {
  const drawing = document.querySelector(`.st-key-${page}_picture_${run} [data-testid=stVegaLiteChart] :is(canvas, svg.marks)`);
  const found = drawing?.parentElement.querySelector("[data-below]");
  if (found || !drawing) return found ?? null;
  const canvas = document.createElement("canvas");
  canvas.dataset.below = "";
  drawing.parentElement.append(canvas);
  return canvas;
}

export default function ({ data, parentElement }) {
  const { page } = data;
  view.data = data;
  view.still = null;
  document.body.completions = { ...document.body.completions, [page]: complete };
  document.body.addEventListener("rest", stay);
  publish(page, document.body.value?.[page] ?? null);
  return whenGone(parentElement, () => {
    document.body.removeEventListener("rest", stay);
    clearTimeout(view.timer);
    Object.assign(view, { data: null, state: null, outputs: [], still: null, images: null });
    delete document.body.completions[page];
    publish(`${page}_regions`, null);
  });
}
