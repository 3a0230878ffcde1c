// The channel of channel.py: every chart that is bound to it takes over what a component of its page publishes.

function publish(page, state) {
  document.body.value = { ...document.body.value, [page]: state };
  document.body.dispatchEvent(new Event("live"));
}
