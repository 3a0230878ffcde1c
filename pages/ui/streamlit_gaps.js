// What streamlit_gaps.py does in the browser, once for each window. Each part says what Streamlit 1.67 lacks. What the text
// in a number's field means is read by numbers.js.

// ---- The history of the browser
//
// Streamlit adds an entry for each parameter that Python changes (a preset: nine), and takes the parameters of a page out
// of its address just before it adds the next page, so that Back leads to a page without its settings. Here an entry is
// added for another page only, and the page that is left keeps its address. Can go when Streamlit replaces the address
// within a page and filters the parameters of the next page only.
//
// An address from the server lacks the parameters that components have written without a message to it
// (`document.body.kept`, see `live/channel.js`); they are put back. Can go when a component's state can be bound to the
// address.

function oneEntryForEachPage() {
  const [push, replace] = [history.pushState.bind(history), history.replaceState.bind(history)];
  let own = location.href; // the address at the last click: what leads to another page begins with one
  let leaving = false; // a link to another page has been clicked
  const arrive = () => {
    [own, leaving, document.body.kept] = [location.href, false, {}];
  };

  history.pushState = (state, title, url) => {
    if (new URL(url, location.href).pathname === location.pathname) {
      replace(state, title, withKept(url));
      return;
    }
    if (new URL(own).pathname === location.pathname) replace(history.state, "", own);
    push(state, title, url);
    arrive();
  };
  history.replaceState = (state, title, url) => replace(state, title, withKept(url));
  addEventListener("popstate", arrive, true);
  const click = (event) => {
    if (leaving) return;
    const link = event.target.closest?.("[data-testid=stTopNavLink], [data-testid=stPageLink-NavLink]");
    own = location.href;
    leaving = Boolean(link) && link.pathname !== location.pathname;
  };
  addEventListener("click", click, true);
}

function withKept(url) {
  const address = new URL(url ?? location.href, location.href);
  for (const [parameter, value] of Object.entries(document.body.kept ?? {})) {
    if (value === null) address.searchParams.delete(parameter);
    else address.searchParams.set(parameter, value);
  }
  return address;
}

// ---- Numbers as people write them
//
// st.number_input is an HTML input of the type "number": the browser drops what it does not know, so that 0,2 becomes 2 and
// 1/3 becomes 13, and Streamlit takes an empty field for its default, or for nothing. Here a field is one of text while
// somebody types, what was typed is read when it is entered, and what is no number, or out of range, is refused in a sentence
// at the field, which then holds again what it held. Can go when Streamlit keeps and reads the text itself.

const FIELD = "[data-testid=stNumberInputField]";

function numbersAsWritten(entered) {
  const held = new WeakMap(); // what a field held before somebody typed
  const note = noteAtField();
  let pressed = null; // where a pointer is down
  let writing = false;

  const write = (field, text) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
    writing = true;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    writing = false;
  };
  // A field shows six digits; the address has all of them.
  const stored = (field) => {
    const key = field.closest("[class*=st-key-]")?.className.match(/st-key-(\w+)/)[1];
    const all = new URL(location.href).searchParams.get(key);
    return all !== null && Number(Number(all).toPrecision(6)) === Number(field.value) ? all : field.value;
  };
  const nameOf = (field) => field.getAttribute("aria-label") || field.labels?.[0]?.innerText || "The number";
  const notAllowed = (field, number) => {
    const [low, high] = [Number(field.min), Number(field.max)];
    if (field.step === "1" && !Number.isInteger(number)) {
      return `${nameOf(field)} must be a whole number, received ${said(number)}`;
    }
    if (number >= low && number <= high) return null;
    return `${nameOf(field)} must be between ${said(low)} and ${said(high)}, received ${said(number)}`;
  };
  // with all digits, because a rounded number might look allowed
  const said = (number) => String(number).replaceAll("-", "−");
  // called before Streamlit takes over what stands in the field
  const enter = (field) => {
    if (!held.has(field)) return;
    const before = held.get(field);
    held.delete(field);
    entered();
    if (field.value.trim() === "") {
      write(field, before.stored);
      if (before.shown !== "") note.say(field, `${nameOf(field)} was left empty, and is still ${before.shown}.`);
      return;
    }
    const { number, problem } = read(field.value);
    const refused = problem ?? notAllowed(field, Number(number));
    if (refused) {
      write(field, before.stored);
      note.say(field, before.shown === "" ? `${refused}.` : `${refused}. It is still ${before.shown}.`);
      return;
    }
    if (number !== field.value) write(field, number);
    note.hush();
  };

  const on = {
    focusin: (field) => {
      field.type = "text";
      field.inputMode = "decimal";
      field.setAttribute("role", "spinbutton");
      if (pressed !== field) field.select(); // as the browser does for whom comes by the keyboard
    },
    beforeinput: (field) => {
      if (!held.has(field)) held.set(field, { shown: field.value, stored: stored(field) });
    },
    input: (field) => {
      if (writing) return;
      const { begun, problem } = read(field.value);
      if (problem && !begun && field.value.trim() !== "") note.say(field, `${problem}.`);
      else note.hush();
    },
    keydown: (field, event) => {
      if (["Enter", "ArrowUp", "ArrowDown"].includes(event.key)) enter(field);
      if (event.key !== "Escape") return;
      event.stopImmediatePropagation(); // Streamlit would empty the field
      if (held.has(field)) write(field, held.get(field).stored);
      held.delete(field);
      note.hush();
    },
    focusout: (field) => {
      enter(field);
      setTimeout(() => {
        if (document.activeElement !== field) field.type = "number";
      });
    },
  };
  for (const [name, act] of Object.entries(on)) {
    const hear = (event) => event.target.matches?.(FIELD) && act(event.target, event);
    addEventListener(name, hear, true);
  }
  addEventListener("pointerdown", (event) => (pressed = event.target), true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (pressed = null), true);
  // what is set in another way makes the sentence old
  addEventListener("click", (event) => event.target.closest?.("button, a, label") && note.hush(), true);
}

// One sentence below a field, read aloud when it comes, in the colours of the page.
function noteAtField() {
  const note = document.createElement("div");
  note.id = "note-at-field";
  note.setAttribute("aria-live", "polite");
  document.body.append(note);
  let at = null;
  const place = () => {
    if (!at) return;
    if (!at.isConnected) {
      hush();
      return;
    }
    const box = at.closest("[data-testid=stNumberInputContainer]").getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = note;
    const below = box.bottom + 4 + height <= innerHeight;
    note.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    note.style.top = `${below ? box.bottom + 4 : box.top - 4 - height}px`;
    requestAnimationFrame(place);
  };
  const say = (field, sentence) => {
    const waiting = at !== null;
    const { color, backgroundColor, fontFamily } = getComputedStyle(document.querySelector("[data-testid=stApp]"));
    const size = 14 * (field.currentCSSZoom ?? 1);
    Object.assign(note.style, { color, backgroundColor, fontFamily, fontSize: `${size}px` });
    note.textContent = sentence;
    field.setAttribute("aria-describedby", note.id);
    at = field;
    if (!waiting) place();
  };
  const hush = () => {
    if (!at) return;
    at.removeAttribute("aria-describedby");
    at = null;
    note.textContent = "";
  };
  return { say, hush };
}

// ---- One action after the other
//
// With every action Streamlit's client sends the values of all widgets as it knows them, and the server takes them for the
// viewer's: what a button has set (a preset: nine cells), or the next button itself, is lost if they come before the answer.
// And a number is sent from a timer that starts when its field is left; the click that left the field may come before it. Here
// a click waits for the answer to the button before, for the number, and for the clicks that wait already. Can go when the
// server knows what the browser has not seen yet.

const APART = 100; // ms between a number and a click, that they are two actions; and in which an answer reaches all widgets
const UNSEEN = 2000; // ms without a message; a busy browser may draw the end of an answer with its beginning, and show neither
const LONGEST_WAIT = 10000; // ms; a button has no answer when its server is gone
// A message that a run has ended begins with its metadata and ends with how the run did. A callback may end its run for another,
// which answers; on a busy server that one begins late.
const [METADATA, SCRIPT_FINISHED, EARLY_FOR_RERUN] = [(2 << 3) | 2, 6 << 3, 2]; // as bytes of ForwardMsg

// Gives the clicks that wait, and what is to be called when a number is entered.
function oneAfterTheOther() {
  const waiting = [];
  let going = false; // a click that has waited is being made
  let sending = 0; // numbers that have been left and are not with the server yet
  let unanswered = null; // when a button was pressed last, until its answer is here
  let begun = false; // its answer has been seen to begin
  let goesOn = false; // its answer is one of several runs, and not the last
  let end = 0; // the timer of an answer that seems to be at its end

  // the second timer ends after the one that Streamlit starts in between
  const entered = () => {
    sending += 1;
    setTimeout(() => setTimeout(() => (sending -= 1), APART));
  };
  const isRunning = () =>
    goesOn || document.querySelector("[data-test-script-state]")?.dataset.testScriptState !== "notRunning";
  const isAnswered = () => unanswered === null || performance.now() - unanswered > LONGEST_WAIT;
  const waits = (wanted) => sending > 0 || !(wanted.href || isAnswered());
  const click = (event) => {
    const wanted = event.target.closest?.("a, button, label, summary");
    if (!wanted) return;
    if (!going && (waiting.length > 0 || waits(wanted))) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const last = waiting.at(-1);
      // Streamlit's buttons and switches make a click of their own if none has reached them
      if (!event.isTrusted && last?.isTrusted && last.wanted === wanted) return;
      if (waiting.push({ wanted, isTrusted: event.isTrusted }) === 1) next();
    } else if (wanted.closest(".stButton")) {
      clearTimeout(end);
      [unanswered, begun] = [event.timeStamp, false];
    }
  };
  const next = () => {
    const [{ wanted }] = waiting;
    if (!waits(wanted)) {
      going = true;
      wanted.click();
      going = false;
      waiting.shift();
    }
    if (waiting.length > 0) setTimeout(next);
  };
  addEventListener("click", click, true);
  const hear = () => {
    clearTimeout(end); // the server goes on with what was sent meanwhile
    begun ||= isRunning();
    end = setTimeout(() => (unanswered = isRunning() ? unanswered : null), begun ? APART : UNSEEN);
  };
  new MutationObserver(hear).observe(document.body, { subtree: true, attributeFilter: ["data-test-script-state"] });
  hearMessages(({ data }) => {
    const bytes = new Uint8Array(data);
    if (bytes[0] === METADATA && bytes.at(-2) === SCRIPT_FINISHED) goesOn = bytes.at(-1) === EARLY_FOR_RERUN;
    hear();
  });
  return { waiting, entered };
}

function hearMessages(hear) {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (message) {
    this.addEventListener("message", hear); // which does nothing the second time
    send.call(this, message);
  };
}

// ---- Undo and redo by their keys
//
// A shortcut of st.button that has Ctrl in it is heard within fields that take text too, where it undoes what is typed. Here
// the keys press the buttons only elsewhere. Can go when a shortcut can be told to leave such fields alone.

function undoByKey() {
  const press = (event) => {
    const key = event.key.toLowerCase();
    if (event.altKey || !(event.ctrlKey || event.metaKey) || !(key === "z" || (key === "y" && !event.shiftKey))) return;
    if (takesText(event.composedPath()[0])) return;
    const button = document.querySelector(`.st-key-${key === "y" || event.shiftKey ? "redo" : "undo"} button`);
    if (!button) return;
    event.preventDefault();
    button.click();
  };
  addEventListener("keydown", press, true);
}

if (!window.streamlitGaps) {
  const { waiting, entered } = oneAfterTheOther(); // first, for a click that has to wait must reach nothing else
  window.streamlitGaps = waiting;
  numbersAsWritten(entered);
  oneEntryForEachPage();
  undoByKey();
}

export default function () {}
