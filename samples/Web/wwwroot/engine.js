/** The worker, as functions that give promises. */
const worker = new Worker('worker.js', { type: 'module' });
const waiting = new Map();
let last = 0;

worker.onmessage = ({ data: { id, progress, result, error } }) => {
  const job = waiting.get(id);
  if (progress !== undefined) return job.progress?.(progress);
  waiting.delete(id);
  if (error === undefined) job.resolve(result);
  else job.reject(new Error(error));
};
worker.onerror = event => {
  for (const job of waiting.values()) job.reject(new Error(event.message || 'The worker cannot be loaded.'));
  waiting.clear();
};

const call = (name, args, progress) => new Promise((resolve, reject) => {
  const id = ++last;
  waiting.set(id, { resolve, reject, progress });
  worker.postMessage({ id, name, args });
});

export const engine = {
  open: () => call('open'),
  play: (samples, learned, progress) => call('play', { samples, learned }, progress),
  compare: (prediction, target) => call('compare', { prediction, target }),
  train: (args, progress) => call('train', args, progress),
  stop: () => worker.postMessage({ name: 'stop' }),
};
