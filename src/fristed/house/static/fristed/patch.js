// Makes a part of the page equal to what the service sent, touching only what differs: focus, open lists, half-set
// steppers and whatever a script has written stay. Children with an id are found by it wherever they have moved.
// Scripts keep their own marks in attributes that begin with data-live and in elements with a data-…-since clock.
const CLOCKS = "[data-minutes-since], [data-stopwatch], [data-use], [data-ago], [data-countdown], [data-clock], [data-ring], .of, .of-limit, .look";

function patch(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || idOf(old) !== idOf(fresh)) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.nodeName === "TEMPLATE") {
    if (old.innerHTML !== fresh.innerHTML) old.innerHTML = fresh.innerHTML;
    return;
  }
  if (old.isEqualNode(fresh) && !fresh.querySelector("template")) return; // what is in a template is not compared
  attributes(old, fresh);
  if (old.matches(CLOCKS) || old.hasAttribute("data-answer")) return;
  patchChildren(old, fresh);
}

function attributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (!own(old, name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!own(old, name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
}

// What belongs to the script or to whoever is at the screen.
function own(element, name) {
  return name.startsWith("data-live") || name === "style" || name === "aria-busy" || name === "tabindex"
    || (name === "open" && element.nodeName === "DETAILS") || (name === "hidden" && "liveHidden" in element.dataset);
}

export function patchChildren(old, fresh) {
  const named = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const same = idOf(next) && named.get(idOf(next));
    if (same) {
      if (same !== at) old.insertBefore(same, at);
      else at = at.nextSibling;
      patch(same, next);
    } else if (at && !idOf(at) && !idOf(next) && at.nodeName === next.nodeName) {
      const after = at.nextSibling;
      patch(at, next);
      at = after;
    } else {
      old.insertBefore(next, at);
    }
  }
  while (at) {
    const after = at.nextSibling;
    at.remove();
    at = after;
  }
}

function idOf(node) {
  return node.id ?? "";
}
