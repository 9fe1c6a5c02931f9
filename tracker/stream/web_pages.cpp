#include "tracker/stream/web_pages.h"

#include <string_view>

#include <fmt/core.h>

namespace nosetip {
namespace {

// Both pages: `format` has the size and the lines, `faces` draws one frame's.
constexpr std::string_view kDrawing = R"(let format = {width: 1, height: 1, edges: []};
const canvas = document.querySelector('canvas'), pen = canvas.getContext('2d');
function faces(frame) {
  for (const face of frame.faces) {
    const points = face.points, unit = Math.max(face.box[2], face.box[3]) / 150;
    pen.lineWidth = Math.max(1, unit);
    pen.strokeStyle = pen.fillStyle = '#30e080';
    if (!points) { pen.strokeRect(...face.box); continue; }
    pen.beginPath();
    for (const [a, b] of format.edges) {
      pen.moveTo(...points[a]);
      pen.lineTo(...points[b]);
    }
    pen.stroke();
    for (const [x, y] of points) {
      pen.beginPath();
      pen.arc(x, y, 1.5 * pen.lineWidth, 0, 7);
      pen.fill();
    }
  }
}
const events = new EventSource('events' + location.search);
events.addEventListener('format', (event) => {
  format = JSON.parse(event.data);
  canvas.width = format.width;
  canvas.height = format.height;
});
)";

constexpr std::string_view kLiveStart = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Nosetip</title>
<style>
  body { margin: 0; background: #181818; color: #ddd; font: 14px sans-serif }
  canvas { display: block; max-width: 100vw; max-height: calc(100vh - 2.4em); margin: auto }
  p { margin: 0.6em; text-align: center }
</style></head>
<body><canvas></canvas><p>Waiting for frames</p>
<script>
)";

constexpr std::string_view kLiveEnd =
    R"(const line = document.querySelector('p'), frames = new Map(), times = [];
let busy = false;
// The picture is fetched when there are newer results, and drawn with those of its own frame.
async function draw() {
  if (busy) return;
  busy = true;
  try {
    const answer = await fetch('frame.jpg' + location.search);
    const picture = await createImageBitmap(await answer.blob());
    const frame = frames.get(answer.headers.get('Nosetip-Frame'));
    pen.drawImage(picture, 0, 0);
    if (frame) faces(frame);
  } catch (error) {}
  busy = false;
}
events.onmessage = (event) => {
  const frame = JSON.parse(event.data), now = performance.now();
  frames.set(String(frame.frame), frame);
  if (frames.size > 60) frames.delete(frames.keys().next().value);
  times.push(now);
  while (times[0] < now - 2000) times.shift();
  const rate = times.length > 1 ? 1000 * (times.length - 1) / (now - times[0]) : 0;
  const count = frame.faces.length;
  line.textContent = `${rate.toFixed(1)} frames/s, ${count} ${count == 1 ? 'face' : 'faces'}, ` +
      `frame ${frame.frame} at ${frame.timestamp.toFixed(2)} s`;
  draw();
};
events.onerror = () => { line.textContent = 'Not connected; tracking may have ended'; };
</script></body></html>
)";

constexpr std::string_view kOverlayStart = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Nosetip overlay</title>
<style>
  html, body { margin: 0; height: 100%; background: transparent; overflow: hidden }
  canvas { width: 100vw; height: 100vh; object-fit: contain }
</style></head>
<body><canvas></canvas>
<script>
)";

constexpr std::string_view kOverlayEnd =
    R"(function clear() { pen.clearRect(0, 0, canvas.width, canvas.height); }
events.onmessage = (event) => { clear(); faces(JSON.parse(event.data)); };
events.onerror = clear;
</script></body></html>
)";

}  // namespace

std::string LivePage() { return fmt::format("{}{}{}", kLiveStart, kDrawing, kLiveEnd); }

std::string OverlayPage() { return fmt::format("{}{}{}", kOverlayStart, kDrawing, kOverlayEnd); }

}  // namespace nosetip
