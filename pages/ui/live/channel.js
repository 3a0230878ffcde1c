// The channel of channel.py: every chart that is bound to it takes over what a component of its page publishes.

function publish(page, state) {
  document.body.value = { ...document.body.value, [page]: state };
  document.body.dispatchEvent(new Event("live"));
}

// In place, so that what moves fills no history of the browser; null takes the parameter out of the address.
function writeAddress(parameter, value) {
  const address = new URL(location.href);
  if (value === null) address.searchParams.delete(parameter);
  else address.searchParams.set(parameter, value);
  if (address.href === location.href) return;
  try {
    history.replaceState(history.state, "", address);
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // a browser that counts the changes of the address
  }
}
