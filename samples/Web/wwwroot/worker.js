// Runs .NET in a thread of its own, so that the page stays free. A job is { id, name, args }. What comes back is { id, progress }, any number of
// times, and then { id, result } or { id, error }. { name: 'stop' } ends the training that is running.
import { dotnet } from './_framework/dotnet.js';

const chunkSamples = 16384;
const sliceMilliseconds = 40;
const listenSeconds = 2; // a training is listened to so often, or more rarely where that would take a quarter of the time

const engine = start();
let stopped = false;
let jobs = Promise.resolve();

async function start() {
  const { getAssemblyExports, getConfig } = await dotnet.create();
  const exports = await getAssemblyExports(getConfig().mainAssemblyName);
  return exports.WebSample.Engine;
}

const bytes = samples => new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
const floats = content => new Float32Array(content.slice().buffer);
const nextTurn = () => new Promise(resolve => setTimeout(resolve));

async function fetchBytes(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file} cannot be loaded (${response.status}).`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Plays samples through a pedal, from rest. Calls turn(done) after each chunk; false ends it early with null. */
async function play(net, samples, learned, turn) {
  const wet = new Float32Array(samples.length);
  net.Rewind(learned);
  for (let from = 0; from < samples.length; from += chunkSamples) {
    const to = Math.min(from + chunkSamples, samples.length);
    wet.set(floats(net.Play(bytes(samples.subarray(from, to)))), from);
    if (await turn(to / samples.length) === false) return null;
  }
  return wet;
}

const work = {
  /** The pair that comes with the page. */
  async open(net) {
    const [dry, wet] = await Promise.all([fetchBytes('dry.wav'), fetchBytes('wet.wav')]);
    net.Open(dry, wet);
    return { dry: floats(net.Recording(false)), wet: floats(net.Recording(true)), testStart: net.TestStart() };
  },

  /** A recording through the trained pedal, or the learned one. */
  async play(net, { samples, learned }, progress) {
    const started = performance.now();
    const wet = await play(net, samples, learned, done => progress({ done }));
    const nanoseconds = 1e6 * (performance.now() - started) / samples.length;
    return { wet, fingerprint: net.Fingerprint(bytes(wet)), nanoseconds };
  },

  /** How far a signal is from its target. */
  async compare(net, { prediction, target }) {
    return net.ErrorToSignal(bytes(prediction), bytes(target));
  },

  /** Trains for some seconds, and plays the test part now and then. */
  async train(net, { seconds, seed, test, testTarget }, progress) {
    stopped = false;
    net.StartTraining(seed);
    const started = performance.now();
    const elapsed = () => (performance.now() - started) / 1000;
    let updates = 0, sum = 0, count = 0, interval = listenSeconds, listened = 0;
    const listen = async () => {
      const begun = elapsed();
      const heard = await play(net, test, true, nextTurn);
      interval = Math.max(listenSeconds, 3 * (elapsed() - begun));
      listened = elapsed();
      const esr = net.ErrorToSignal(bytes(heard), bytes(testTarget));
      progress({ seconds: begun, done: Math.min(1, begun / seconds), updates, trainEsr: count ? sum / count : NaN, heard, esr });
      [sum, count] = [0, 0];
    };
    await listen();
    while (!stopped && elapsed() < seconds) {
      const slice = performance.now();
      while (performance.now() - slice < sliceMilliseconds) {
        sum += net.Update(Math.min(1, elapsed() / seconds));
        count++;
        updates++;
      }
      await nextTurn();
      if (elapsed() - listened >= interval) await listen();
      else progress({ seconds: elapsed(), done: Math.min(1, elapsed() / seconds), updates });
    }
    await listen();
    return { stopped, updates, seconds: elapsed() };
  },
};

async function run({ id, name, args }) {
  try {
    const progress = content => postMessage({ id, progress: content });
    postMessage({ id, result: await work[name](await engine, args, progress) });
  } catch (error) {
    postMessage({ id, error: error.message ?? String(error) });
  }
}

onmessage = ({ data }) => {
  if (data.name === 'stop') stopped = true;
  else jobs = jobs.then(() => run(data));
};
