import { engine } from './engine.js';
import { Player, decode } from './player.js';
import { drawLoss, drawWaves } from './plots.js';

const rate = 44100; // of the recording that the network learned from; a chosen one is brought to it
const longest = 120; // seconds of a chosen recording
const windowSamples = 882; // 20 ms
const seed = 1;
const at = id => document.getElementById(id);
const player = new Player(rate);

let guitar = null; // { dry, wet, testStart } of the pair that comes with the page
let tracks = {}; // of the recording that is open: dry, trained, learned, wet
let isGuitar = true;
let training = false;
let hasLearned = false;

const seconds = samples => `${(samples / rate).toFixed(1)} s`;
const percent = ratio => `${ratio.toPrecision(3)} (${(100 * ratio).toPrecision(2)} %)`;

/** A screen reader reads this out, so the same text is not written again. */
function say(text, failed = false) {
  if (at('status').textContent !== text) at('status').textContent = text;
  at('status').classList.toggle('failed', failed);
}

/** Runs what an event asks for, and says what went wrong. */
async function attempt(action) {
  try {
    await action();
  } catch (error) {
    say(error.message, true);
  }
}

const radios = [...document.querySelectorAll('input[name=track]')];
const selected = () => radios.find(radio => radio.checked).value;

function select(name) {
  radios.find(radio => radio.value === name).checked = true;
  player.select(name);
  draw();
}

function setTrack(name, samples) {
  tracks[name] = samples;
  player.set(name, samples);
  radios.find(radio => radio.value === name).disabled = false;
}

function removeTrack(name) {
  delete tracks[name];
  player.remove(name);
  radios.find(radio => radio.value === name).disabled = true;
}

/** Controls that would change the recording wait for work that is under way. */
function busy(isBusy) {
  for (const id of ['guitar', 'file', 'learn']) at(id).disabled = isBusy;
  at('stop').disabled = !training;
  at('seconds').disabled = training;
}

function loop(from, to) {
  player.loop(from, to);
  Object.assign(at('seek'), { min: from, max: to, value: player.position });
  showPosition();
}

function showPosition() {
  at('time').textContent = `${player.position.toFixed(1)} s`;
  at('seek').setAttribute('aria-valuetext', at('time').textContent);
}

/** The samples of the open recording through a pedal. */
async function process(learned) {
  const what = learned ? 'The learned network plays' : 'The network plays';
  const { wet, fingerprint, nanoseconds } = await engine.play(tracks.dry, learned, ({ done }) => say(`${what}: ${20 * Math.floor(5 * done)} %`));
  setTrack(learned ? 'learned' : 'trained', wet);
  if (!learned) {
    at('fingerprint').textContent = fingerprint;
    at('speed').textContent = `${(nanoseconds / 1000).toFixed(2)} µs a sample, real time × ${(1e9 / rate / nanoseconds).toFixed(0)}`;
  }
  return wet;
}

/** Opens a recording: plays it through the networks, then lets it be heard. */
async function open(name, dry, wet = null) {
  busy(true);
  pause();
  player.clear();
  for (const track of Object.keys(tracks)) removeTrack(track);
  isGuitar = wet !== null;
  at('guitar').setAttribute('aria-pressed', isGuitar);
  at('file').parentElement.classList.toggle('chosen', !isGuitar);
  at('recording').textContent = `${name}, ${seconds(dry.length)}`;
  setTrack('dry', dry);
  if (wet) setTrack('wet', wet);
  const trained = await process(false);
  if (hasLearned) await process(true);
  if (wet) at('esr-trained').textContent = percent(await compareEnd(trained));
  loop(0, dry.length / rate);
  Object.assign(at('moment'), { max: (dry.length - windowSamples) / rate, value: wet ? guitar.testStart / rate + 0.5 : 0.5 });
  select(tracks[selected()] ? selected() : 'trained');
  for (const id of ['play', 'seek', 'moment', 'tracks']) at(id).disabled = false;
  say('Ready.');
}

const compareEnd = prediction => engine.compare(prediction.slice(guitar.testStart), guitar.wet.slice(guitar.testStart));

async function openFile(file) {
  let dry;
  try {
    say(`Reading ${file.name} …`);
    dry = await decode(file, rate, longest);
  } catch {
    throw new Error(`${file.name} cannot be decoded: choose a WAV file, or another format that this browser plays.`);
  }
  if (dry.length < windowSamples) throw new Error(`${file.name} is shorter than 20 ms: choose a longer recording.`);
  try {
    await open(file.name, dry);
  } finally {
    busy(false);
  }
}

async function openGuitar() {
  try {
    guitar ??= await engine.open();
    await open('Guitar', guitar.dry, guitar.wet);
  } finally {
    busy(guitar === null);
  }
}

function pause() {
  player.pause();
  at('play').textContent = 'Play';
}

async function play() {
  if (player.playing) return pause();
  await player.play();
  at('play').textContent = 'Pause';
  const tick = () => {
    at('seek').value = player.position;
    showPosition();
    if (player.playing) requestAnimationFrame(tick);
  };
  tick();
}

let curves = { heard: [], trained: [], seconds: 20 };

function drawCurves() {
  drawLoss(at('loss'), [
    { points: curves.trained, name: 'wet', dash: [2, 3] },
    { points: curves.heard, name: 'learned', dots: true },
  ], curves.seconds);
}

/** What a training says: where it stands, and now and then what it sounds like. */
function show({ seconds: time, done, updates, trainEsr, heard, esr }) {
  at('progress').value = done;
  if (!heard) {
    const last = curves.heard.at(-1)[1];
    at('learning').textContent = `${time.toFixed(1)} s, ${updates} updates, error to signal ${last.toPrecision(3)}`;
    return;
  }
  curves.heard.push([time, esr]);
  if (trainEsr) curves.trained.push([time, trainEsr]);
  at('esr-learned').textContent = percent(esr);
  const first = curves.heard[0][1].toPrecision(3);
  at('loss').setAttribute('aria-label', `Error-to-signal ratio during training: ${first} at first, ${esr.toPrecision(3)} now.`);
  const samples = new Float32Array(guitar.dry.length);
  samples.set(heard, guitar.testStart);
  setTrack('learned', samples);
  if (curves.heard.length === 1) select('learned');
  drawCurves();
  draw();
}

async function train() {
  if (!isGuitar) await openGuitar();
  training = true;
  busy(true);
  at('stop').focus();
  try {
    curves = { heard: [], trained: [], seconds: +at('seconds').value };
    hasLearned = true;
    at('learned-note').textContent = 'at it';
    loop(guitar.testStart / rate, guitar.dry.length / rate);
    const test = guitar.dry.slice(guitar.testStart), testTarget = guitar.wet.slice(guitar.testStart);
    say('It learns. Press Play to hear it.');
    const { stopped, updates, seconds: time } = await engine.train({ seconds: curves.seconds, seed, test, testTarget }, show);
    const last = curves.heard.at(-1)[1];
    const end = stopped ? 'Stopped' : 'Trained';
    at('learned-note').textContent = `after ${time.toFixed(1)} s`;
    at('learning').textContent = `${end}: ${time.toFixed(1)} s, ${updates} updates, error to signal ${last.toPrecision(3)}`;
    await process(true);
    say('Ready.');
  } finally {
    const wasFocused = document.activeElement === at('stop') || document.activeElement === document.body;
    training = false;
    busy(false);
    if (wasFocused) at('learn').focus();
    loop(0, guitar.dry.length / rate);
    draw();
  }
}

const names = { dry: 'dry', trained: 'network as it came', learned: 'learned here', wet: 'pedal (target)' };

/** The pedal, or what went into it, below what is heard. */
function draw() {
  if (!tracks.dry) return;
  const from = Math.round(+at('moment').value * rate);
  const base = isGuitar ? 'wet' : 'dry';
  const over = selected() === base ? 'trained' : selected();
  const shown = [base, over].filter(name => tracks[name]);
  const signals = shown.map((name, i) => ({ samples: tracks[name], name, width: i === 0 ? 6 : 1.75, alpha: i === 0 ? 0.5 : 1 }));
  drawWaves(at('waves'), signals, from, windowSamples, rate);
  at('key').replaceChildren(...shown.map(name => Object.assign(document.createElement('li'), { className: name, textContent: names[name] })));
  at('at').textContent = `${(+at('moment').value).toFixed(3)} s`;
  at('moment').setAttribute('aria-valuetext', at('at').textContent);
  at('waves').setAttribute('aria-label', `Waveforms of 20 ms from ${at('at').textContent} on: ${shown.map(name => names[name]).join(', ')}.`);
}

function redraw() {
  draw();
  drawCurves();
}

at('guitar').onclick = () => attempt(openGuitar);
at('file').onchange = event => {
  const [file] = event.target.files;
  event.target.value = '';
  if (file) attempt(() => openFile(file));
};
at('play').onclick = () => attempt(play);
at('seek').oninput = event => {
  player.seek(+event.target.value);
  showPosition();
};
at('moment').oninput = draw;
at('learn').onclick = () => attempt(train);
at('stop').onclick = () => engine.stop();
for (const radio of radios) radio.onchange = () => select(radio.value);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
addEventListener('resize', redraw);

redraw();
attempt(openGuitar);
