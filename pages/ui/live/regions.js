// The regions of regions.py: to each state of its page's player it adds which points are wrong with these weights, and images
// of the regions. A chart shows nothing while it loads an image, so there are two slots: one is shown while the next image
// is loaded into the other.

const view = { data: null, state: null, painted: null, top: 0, loading: false, pictures: [] };

function complete(state) {
  const { page, subject, series, points } = view.data;
  view.state = state;
  const weights = state?.subject === subject ? series.map((name) => state[name]) : [];
  if (!weights.length || !weights.every(Boolean)) return view.data.series.length ? {} : { [`${page}_regions`]: null };
  if (state !== view.painted && !view.loading) paint(state, weights);
  const shown = { top: view.top, ...Object.fromEntries(view.pictures.map((slots, run) => [`picture_${run}`, slots])) };
  const wrong = weights.map((flat, run) => [`wrong_${run}`, wrongOf(flat, points)]);
  return { [page]: { ...state, ...Object.fromEntries(wrong) }, [`${page}_regions`]: shown };
}

// An output of 0 is wrong for both classes.
function wrongOf(weights, [x1, x2, label]) {
  const { output } = answers(weights, [x1, x2]);
  return Array.from(output, (value, at) => Number(value * label[at] <= 0));
}

async function paint(state, weights) {
  const place = 1 - view.top;
  Object.assign(view, { painted: state, loading: true });
  view.pictures = weights.map((flat, run) => {
    const slots = [...(view.pictures[run] ?? ["", ""])];
    slots[place] = picture(answers(flat).output, view.data.colours);
    return slots;
  });
  await Promise.all(view.pictures.map((slots) => loaded(slots[place])));
  Object.assign(view, { top: place, loading: false });
  // the next state shows them; if none comes with the next frame, the last one is published again
  requestAnimationFrame(() => {
    if (view.data && view.painted === state) publish(view.data.page, view.state);
  });
}

export default function ({ data }) {
  const { page } = data;
  view.data = data;
  document.body.completions = { ...document.body.completions, [page]: complete };
  publish(page, document.body.value?.[page] ?? null);
  return () => {
    view.data = view.state = view.painted = null;
    delete document.body.completions[page];
    publish(`${page}_regions`, null);
  };
}
