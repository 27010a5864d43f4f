const fade = 0.008; // seconds: short enough for a switch, long enough not to click
const lead = 0.03; // seconds: tracks start so much later, all at one time

/**
 * Plays tracks of one recording in step, in a loop, and lets one of them be heard. A switch is a cross-fade, and a track may be replaced while it
 * plays.
 */
export class Player {
  #context = null;
  #rate;
  #tracks = new Map();
  #selected = '';
  #from = 0;
  #to = 0;
  #position = 0; // while paused: where play goes on
  #started = 0; // while playing: the context's time at which position 0 would have been played
  #playing = false;

  constructor(rate) { this.#rate = rate; }

  get playing() { return this.#playing; }

  /** In seconds. */
  get position() {
    return this.#playing ? this.#wrapped(this.#context.currentTime - this.#started) : this.#position;
  }

  /** Forgets all tracks. */
  clear() {
    this.pause();
    this.#tracks.clear();
    this.#position = 0;
  }

  /** The part that is repeated, in seconds. Playing goes on inside it. */
  loop(from, to) {
    const at = this.position;
    [this.#from, this.#to] = [from, to];
    this.seek(at >= from && at < to ? at : from);
  }

  /** Adds a track, or replaces it. */
  set(name, samples) {
    const before = this.#tracks.get(name);
    const track = { samples, gain: null, source: null };
    this.#tracks.set(name, track);
    if (!this.#playing) return;
    const when = this.#context.currentTime + lead;
    this.#start(track, name, when, fade);
    if (before) this.#end(before, when);
  }

  remove(name) {
    const track = this.#tracks.get(name);
    this.#tracks.delete(name);
    if (this.#playing && track) this.#end(track, this.#context.currentTime);
  }

  /** Lets this track be heard. */
  select(name) {
    this.#selected = name;
    if (!this.#playing) return;
    const now = this.#context.currentTime;
    for (const [key, { gain }] of this.#tracks) gain.gain.setTargetAtTime(key === name ? 1 : 0, now, fade);
  }

  async play() {
    if (this.#playing) return;
    this.#context ??= new AudioContext({ sampleRate: this.#rate });
    await this.#context.resume();
    const when = this.#context.currentTime + lead;
    this.#started = when - this.#position;
    this.#playing = true;
    for (const [name, track] of this.#tracks) this.#start(track, name, when, 0);
  }

  pause() {
    if (!this.#playing) return;
    this.#position = this.position;
    this.#playing = false;
    for (const track of this.#tracks.values()) this.#end(track, this.#context.currentTime);
  }

  seek(seconds) {
    const position = Math.min(Math.max(seconds, this.#from), Math.max(this.#from, this.#to - 0.01));
    if (!this.#playing) {
      this.#position = position;
      return;
    }
    const when = this.#context.currentTime + lead;
    for (const track of this.#tracks.values()) this.#end(track, when);
    this.#started = when - position;
    for (const [name, track] of this.#tracks) this.#start(track, name, when, fade);
  }

  #wrapped(position) {
    const length = this.#to - this.#from;
    return position < this.#to ? Math.max(position, this.#from) : this.#from + (position - this.#from) % length;
  }

  #start(track, name, when, time) {
    track.buffer ??= this.#buffer(track.samples);
    const gain = track.gain = new GainNode(this.#context, { gain: 0 });
    const source = track.source = new AudioBufferSourceNode(this.#context, {
      buffer: track.buffer, loop: true, loopStart: this.#from, loopEnd: this.#to,
    });
    const level = name === this.#selected ? 1 : 0;
    if (time > 0) gain.gain.setTargetAtTime(level, when, time);
    else gain.gain.setValueAtTime(level, when);
    source.connect(gain).connect(this.#context.destination);
    source.start(when, this.#wrapped(when - this.#started));
  }

  #end({ source, gain }, when) {
    gain.gain.setTargetAtTime(0, when, fade);
    source.stop(when + 10 * fade);
  }

  #buffer(samples) {
    const buffer = new AudioBuffer({ length: samples.length, sampleRate: this.#rate });
    buffer.copyToChannel(samples, 0);
    return buffer;
  }
}

/** What is in a file, as one channel at a rate. */
export async function decode(file, rate, longest) {
  const audio = await new OfflineAudioContext(1, 1, rate).decodeAudioData(await file.arrayBuffer());
  const length = Math.min(audio.length, longest * rate);
  const mono = new Float32Array(length);
  for (let channel = 0; channel < audio.numberOfChannels; channel++) {
    const samples = audio.getChannelData(channel);
    for (let t = 0; t < length; t++) mono[t] += samples[t] / audio.numberOfChannels;
  }
  return mono;
}
