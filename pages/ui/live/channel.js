// The channel of channel.py: every chart bound to it takes the state that a component of its page publishes.

function publish(page, state) {
  document.body.value = { ...document.body.value, [page]: state };
  document.body.dispatchEvent(new Event("live"));
}

// Replaces the address, so that movement adds nothing to the browser's history; null removes the parameter.
function writeAddress(parameter, value) {
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
