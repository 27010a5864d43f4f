const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** A canvas of its size on the screen, cleared: { draw, width, height } in CSS pixels. */
function prepare(canvas) {
  const { width, height } = canvas.getBoundingClientRect();
  const scale = devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const draw = canvas.getContext('2d');
  draw.scale(scale, scale);
  draw.font = '12px system-ui, sans-serif';
  draw.lineJoin = 'round';
  return { draw, width, height };
}

function line(draw, points, style, lineWidth, dash = []) {
  draw.beginPath();
  points.forEach(([x, y], i) => i === 0 ? draw.moveTo(x, y) : draw.lineTo(x, y));
  draw.strokeStyle = style;
  draw.lineWidth = lineWidth;
  draw.setLineDash(dash);
  draw.stroke();
  draw.setLineDash([]);
}

function label(draw, text, x, y, align) {
  draw.fillStyle = colour('quiet');
  draw.textAlign = align;
  draw.fillText(text, x, y);
}

/**
 * A short stretch of signals, one over the other. A signal is { samples, name, width, alpha }, name being that of a colour.
 */
export function drawWaves(canvas, signals, from, count, rate) {
  const { draw, width, height } = prepare(canvas);
  const left = 34, bottom = height - 22, top = 8, right = width - 8;
  let largest = 0.05;
  for (const { samples } of signals) {
    for (let t = from; t < from + count; t++) largest = Math.max(largest, Math.abs(samples[t] ?? 0));
  }
  const limit = Math.ceil(largest * 10) / 10;
  const middle = (top + bottom) / 2;
  const y = value => middle - value / limit * (bottom - top) / 2;
  const x = t => left + (right - left) * t / count;
  for (const value of [-limit, 0, limit]) {
    line(draw, [[left, y(value)], [right, y(value)]], colour('grid'), 1);
    label(draw, value.toFixed(1), left - 6, y(value) + 4, 'right');
  }
  const milliseconds = 1000 * count / rate;
  for (let ms = 0; ms <= milliseconds; ms += 5) {
    label(draw, ms === 0 ? '0 ms' : String(ms), x(ms * rate / 1000), height - 6, ms === 0 ? 'left' : ms + 5 > milliseconds ? 'right' : 'center');
  }
  for (const { samples, name, width: lineWidth, alpha } of signals) {
    const points = [];
    for (let t = 0; t < count; t++) points.push([x(t), y(samples[from + t] ?? 0)]);
    draw.globalAlpha = alpha;
    line(draw, points, colour(name), lineWidth);
  }
}

/**
 * The error-to-signal ratio against time, on a logarithmic axis. A curve is { points, name, dots, dash } with points [seconds, ratio].
 */
export function drawLoss(canvas, curves, seconds) {
  const { draw, width, height } = prepare(canvas);
  const left = 52, bottom = height - 22, top = 10, right = width - 10;
  const values = curves.flatMap(({ points }) => points.map(([, esr]) => esr)).filter(esr => esr > 0);
  const least = Math.floor(Math.log10(Math.min(0.01, ...values)) + 1e-9);
  const most = Math.max(0, Math.ceil(Math.log10(Math.max(1, ...values))));
  const y = esr => bottom - (bottom - top) * (Math.log10(esr) - least) / (most - least);
  const x = time => left + (right - left) * Math.min(1, time / seconds);
  for (let power = least; power <= most; power++) {
    line(draw, [[left, y(10 ** power)], [right, y(10 ** power)]], colour('grid'), 1);
    label(draw, String(+(10 ** power).toPrecision(1)), left - 6, y(10 ** power) + 4, 'right');
  }
  label(draw, '0 s', left, height - 6, 'left');
  label(draw, `${seconds} s`, right, height - 6, 'right');
  for (const { points, name, dots, dash } of curves) {
    const places = points.filter(([, esr]) => esr > 0).map(([time, esr]) => [x(time), y(esr)]);
    line(draw, places, colour(name), 2, dash);
    if (!dots) continue;
    draw.fillStyle = colour(name);
    for (const [cx, cy] of places) {
      draw.beginPath();
      draw.arc(cx, cy, 3, 0, 2 * Math.PI);
      draw.fill();
    }
  }
}
