/* Arrow keys of a meeting: told to the page as they are pressed, wherever the focus is, but not while somebody types. */

const KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", Home: "first", End: "last", Escape: "end" };
const listening = new WeakMap();

function typing(target) {
  const inner = target.shadowRoot?.activeElement ?? target;
  return inner.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(inner.tagName);
}

export default function (component) {
  const { parentElement, setTriggerValue } = component;
  listening.get(parentElement)?.();
  const press = (event) => {
    if (typing(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "f" || event.key === "F") {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen?.();
      return;
    }
    const pressed = KEYS[event.key];
    if (!pressed || document.querySelector("[role=dialog]")) return;
    event.preventDefault();
    setTriggerValue("pressed", pressed);
  };
  document.addEventListener("keydown", press, true);
  const stop = () => document.removeEventListener("keydown", press, true);
  listening.set(parentElement, stop);
  return stop;
}
