// What the map pages share: a canvas with a camera that is dragged and zoomed, a histogram, lists of buttons. A page
// gives $, fit() and draw().
const canvas = $('map');
let pen = canvas.getContext('2d');
const camera = { x: 0, y: 0, zoom: 1 };  // zoom: pixels a metre
let width = 1, height = 1, pending = false, drag = null;
const toScreen = (x, y) => [width / 2 + (x - camera.x) * camera.zoom, height / 2 - (y - camera.y) * camera.zoom];
const toMap = (px, py) => [camera.x + (px - width / 2) / camera.zoom, camera.y - (py - height / 2) / camera.zoom];
const place = event => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
function setSize(box, ratio) {
  width = Math.max(1, box.width);
  height = Math.max(1, box.height);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
}
function redraw() {
  if (pending) return;
  pending = true;
  requestAnimationFrame(() => { pending = false; draw(); });
}
canvas.onpointerdown = event => { drag = { at: place(event), moved: false }; canvas.setPointerCapture(event.pointerId); };
// Whether the map is being dragged.
function dragTo(at) {
  if (!drag) return false;
  const dx = at[0] - drag.at[0], dy = at[1] - drag.at[1];
  if (drag.moved || Math.hypot(dx, dy) > 4) {
    drag.moved = true;
    camera.x -= dx / camera.zoom;
    camera.y += dy / camera.zoom;
    drag.at = at;
    redraw();
  }
  return true;
}
// Whether it has been.
function endDrag() {
  const moved = drag?.moved;
  drag = null;
  return moved;
}
function zoomAt(px, py, factor) {
  const [x, y] = toMap(px, py);
  camera.zoom = Math.min(50, Math.max(1e-5, camera.zoom * factor));
  const [nx, ny] = toMap(px, py);
  camera.x += x - nx;
  camera.y += y - ny;
  redraw();
}
canvas.addEventListener('wheel', event => { event.preventDefault(); zoomAt(...place(event), Math.exp(-event.deltaY / 400)); }, { passive: false });
canvas.onkeydown = event => {
  const pan = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  if (pan) { camera.x += pan[0] * 60 / camera.zoom; camera.y += pan[1] * 60 / camera.zoom; redraw(); event.preventDefault(); }
  if (event.key === '+' || event.key === '=') zoomAt(width / 2, height / 2, 1.3);
  if (event.key === '-') zoomAt(width / 2, height / 2, 1 / 1.3);
};
// How often each value stands; where bars are many, a label for every so many of them, and no counts.
function showHistogram(values, labelEvery, mostCounts) {
  const svg = $('histogram'), counts = new Map();
  svg.textContent = '';
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const keys = [...counts.keys()].sort((a, b) => a - b);
  if (!keys.length) return;
  const first = keys[0], last = keys[keys.length - 1], per = Math.ceil((last - first + 1) / 40);
  const bars = new Array(Math.ceil((last - first + 1) / per)).fill(0);
  for (const [value, count] of counts) bars[Math.floor((value - first) / per)] += count;
  const top = Math.max(...bars), slot = 300 / bars.length;
  svg.setAttribute('viewBox', '0 0 300 130');
  const add = (parent, name, attributes, text) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    parent.append(node);
    return node;
  };
  bars.forEach((count, k) => {
    const tall = 92 * count / top;
    const bar = add(svg, 'rect', { x: k * slot + 1, y: 112 - tall, width: Math.max(1, slot - 2), height: tall, 'data-count': count });
    add(bar, 'title', {}, `${first + k * per}: ${count}`);
    if (bars.length <= 16 || k % labelEvery === 0) add(svg, 'text', { x: (k + 0.5) * slot, y: 125 }, first + k * per);
    if (bars.length <= mostCounts) add(svg, 'text', { x: (k + 0.5) * slot, y: 108 - tall }, count);
  });
}
function addButton(list, texts, onclick) {
  const item = document.createElement('li'), button = document.createElement('button');
  for (const text of texts) {
    const span = document.createElement('span');
    span.textContent = text;
    button.append(span);
  }
  button.type = 'button';
  button.onclick = onclick;
  item.append(button);
  list.append(item);
}
