// The channel of channel.py: every chart bound to it takes the state that a component of its page publishes.
// `document.body.completions` may hold a function for a page that adds to its states, so that charts are drawn once.

function publish(page, state) {
  const more = document.body.completions?.[page]?.(state);
  document.body.value = { ...document.body.value, [page]: state, ...more };
  document.body.dispatchEvent(new Event("live"));
}

// What a hand does in a chart has a channel of its own: while a player plays, what depends on a hand is not redrawn.
function publishHand(page, state) {
  const place = document.documentElement;
  place.value = { ...place.value, [page]: state };
  place.dispatchEvent(new Event("hand"));
}

// Replaces the address, so that movement adds nothing to the browser's history; null removes the parameter. It is kept in
// `document.body.kept` too, because an address from the server does not hold it (`streamlit_gaps.js`).
function writeAddress(parameter, value) {
  document.body.kept = { ...document.body.kept, [parameter]: value };
  const address = new URL(location.href);
  if (value === null) address.searchParams.delete(parameter);
  else address.searchParams.set(parameter, value);
  if (address.href === location.href) return;
  try {
    history.replaceState(history.state, "", address);
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // some browsers limit how often the address may change
  }
}

// What a component returns to Streamlit, to be called when it has left the page. Streamlit 1.67 calls it for a component
// that stays, too, if a second answer comes while it still takes up the first; the component would lose what its viewer
// has done since. Can go when Streamlit calls it at the end only.
function whenGone(parentElement, leave) {
  return () => {
    if (!parentElement.isConnected) leave();
  };
}
