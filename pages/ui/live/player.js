// The player of player.py. It holds the position: the number of epochs done. In each frame in which that has changed it
// publishes the history's row for it, and when it comes to rest it tells the server once.

const FRAME = 250; // longest time step of a frame in ms: a window that was hidden continues where it stopped
const STEPS = 200; // ms without another step after which the player rests
const WAITING = "[class*='st-key-at_rest']"; // what the server updates when the player rests

const players = new WeakMap();

function create(root) {
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  const player = {
    ...Object.fromEntries(["play", "back", "step", "reset", "slider", "epoch", "speed"].map((name) => [name, part(name)])),
    data: {},
    told: null, // the epoch that the server knows or has been told
    done: 0, // the number of epochs shown
    at: 0, // the same during playback, as a fraction
    playing: false,
    shownAt: 0,
    frame: 0, // timers
    resting: 0,
    entered: null, // the field in which a number was last entered, until it is edited again
  };
  player.play.onclick = () => (player.playing ? pause(player) : play(player));
  player.back.onclick = () => step(player, -1);
  player.step.onclick = () => step(player, 1);
  player.reset.onclick = () => jump(player, 0);
  player.slider.oninput = () => drag(player);
  player.slider.onchange = () => rest(player);
  player.speed.onchange = () => changeSpeed(player);
  player.onkeydown = (event) => press(player, event);
  player.onkeyup = (event) => release(player, event);
  player.oninput = (event) => {
    if (event.composedPath()[0] === player.entered) player.entered = null;
  };
  player.onhistory = () => publishState(player);
  // in the capture phase: a focused pill must not receive the space bar
  for (const name of ["keydown", "keyup", "input"]) window.addEventListener(name, player[`on${name}`], true);
  document.body.addEventListener("history", player.onhistory);
  return player;
}

function destroy(player) {
  for (const name of ["keydown", "keyup", "input"]) window.removeEventListener(name, player[`on${name}`], true);
  document.body.removeEventListener("history", player.onhistory);
  cancelAnimationFrame(player.frame);
  clearTimeout(player.resting);
  wait(false);
}

function play(player) {
  clearTimeout(player.resting);
  setPlaying(player, true);
  wait(true);
  player.at = player.done < player.data.end ? player.done : 0;
  player.shownAt = performance.now();
  show(player, Math.floor(player.at));
  player.frame = requestAnimationFrame((now) => advance(player, now));
}

function advance(player, now) {
  const { end, speed } = player.data;
  const passed = Math.min(Math.max(0, now - player.shownAt), FRAME);
  player.shownAt = now;
  player.at = Math.min(end, player.at + (passed / 1000) * speed);
  show(player, Math.floor(player.at));
  if (player.at < end) player.frame = requestAnimationFrame((later) => advance(player, later));
  else pause(player);
}

function pause(player) {
  halt(player);
  rest(player);
}

function halt(player) {
  setPlaying(player, false);
  cancelAnimationFrame(player.frame);
}

function setPlaying(player, playing) {
  player.playing = playing;
  player.play.firstElementChild.textContent = playing ? "Pause" : "Play";
}

function step(player, epochs) {
  halt(player);
  show(player, Math.min(Math.max(0, player.done + epochs), player.data.end));
  clearTimeout(player.resting);
  player.resting = setTimeout(rest, STEPS, player);
}

function jump(player, done) {
  halt(player);
  show(player, done);
  rest(player);
}

function drag(player) {
  halt(player);
  clearTimeout(player.resting);
  show(player, player.slider.valueAsNumber);
}

// Into the address, unless that is another page's already: a page that is being left may still hear of its player.
function write(player, parameter, value) {
  if (location.pathname.endsWith(`/${player.data.page}`)) writeAddress(parameter, value);
}

// Tell the page that the player rests, and the server its position, once, unless it knows.
function rest(player) {
  clearTimeout(player.resting);
  document.body.dispatchEvent(new Event("rest"));
  const { subject, end, parameter } = player.data;
  write(player, parameter, player.done === end ? null : player.done);
  wait(player.done !== player.data.epoch);
  if (player.done === player.told) return;
  player.told = player.done;
  // with the time, because a state equal to the last one is not sent
  player.setStateValue("rested", { subject, epoch: player.done, at: Date.now() });
}

function changeSpeed(player) {
  const speed = Number(player.speed.value);
  player.data = { ...player.data, speed };
  const { speeds, first_speed: first } = player.data;
  write(player, "speed", speed === first ? null : speeds.find(([value]) => value === speed)[1]);
  player.setStateValue("speed", speed);
}

function show(player, done) {
  const moved = done !== player.done;
  player.done = done;
  player.slider.value = done;
  const words = done > 0 ? `epoch ${done - 1}` : "initial weights";
  player.epoch.textContent = words;
  player.slider.setAttribute("aria-valuetext", words);
  player.slider.style.setProperty("--share", done / player.data.end);
  player.back.disabled = done === 0;
  player.step.disabled = done === player.data.end;
  if (!player.playing) wait(done !== player.data.epoch);
  if (moved) publishState(player);
}

function publishState(player) {
  const { page, subject } = player.data;
  const history = document.body.histories?.[page];
  publish(page, { subject, epoch: [player.done], ...(history?.subject === subject ? rowOf(history, player.done) : {}) });
}

// The numbers after `done` epochs, a list for each series.
function rowOf({ widths, numbers }, done) {
  const names = Object.keys(widths);
  let place = done * names.reduce((sum, name) => sum + widths[name], 0);
  return Object.fromEntries(
    names.map((name) => [name, Array.from(numbers.subarray(place, (place += widths[name])))]),
  );
}

// What the server updates when the player rests is inert until it shows the player's epoch.
function wait(on) {
  for (const element of document.querySelectorAll(WAITING)) if (element.inert !== on) element.inert = on;
}

function press(player, event) {
  const field = event.composedPath()[0];
  if (event.key === "Enter") enter(player, field);
  const act = keys[event.key];
  if (!act || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTaken(player, field, event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.key !== " " || !event.repeat) act(player);
}

const keys = {
  " ": (player) => player.play.onclick(),
  ArrowRight: (player) => step(player, 1),
  ArrowLeft: (player) => step(player, -1),
  Home: (player) => jump(player, 0),
  End: (player) => jump(player, player.data.end),
};

// Buttons act when the space bar is released.
function release(player, event) {
  if (event.key !== " " || isTaken(player, event.composedPath()[0], event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// Once a number has been entered, its field ignores the space bar until it is edited again. Enter toggles a switch.
function enter(player, field) {
  player.entered = field.matches?.("input[type=number], input[role=spinbutton]") ? field : null;
  if (field.type === "checkbox") field.click();
}

function isTaken(player, field, key) {
  if (field === player.slider || !field.closest || (key === " " && field === player.entered)) return false;
  if (takesText(field) || field.closest("[role=dialog], [role=menu], [role=listbox]")) return true;
  return key !== " " && field.closest("[role=slider], input[type=range]") !== null;
}

export default function ({ data, parentElement, setStateValue }) {
  const player = players.get(parentElement) ?? create(parentElement);
  players.set(parentElement, player);
  const before = player.data;
  Object.assign(player, { data, setStateValue });
  player.slider.max = data.end;
  if (before.speeds === undefined) {
    player.speed.replaceChildren(...data.speeds.map(([value, name]) => new Option(name, value)));
  }
  player.speed.value = data.speed;
  if (data.subject !== before.subject || data.placed !== before.placed) place(player);
  else wait(player.playing || player.done !== data.epoch);
  return whenGone(parentElement, () => {
    players.delete(parentElement);
    destroy(player);
  });
}

// The server has moved the player: to the end of another training, or where a link or a file says. What plays goes on with
// the other training from its start: Play may have been pressed before the answer to the change came.
function place(player) {
  const { end, epoch, parameter, speed, speeds, first_speed: first } = player.data;
  const plays = player.playing && epoch === end;
  halt(player);
  clearTimeout(player.resting);
  player.told = epoch;
  write(player, parameter, epoch === end ? null : epoch);
  write(player, "speed", speed === first ? null : speeds.find(([value]) => value === speed)[1]);
  show(player, plays ? 0 : epoch);
  publishState(player);
  if (plays) play(player);
}
