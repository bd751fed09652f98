// The sounds of a screen, made by script. A browser keeps them silent until the screen has been touched once.
const TEST = [[523, 0.18], [659, 0.18], [784, 0.35]]; // pitch in Hz, length in s
const EMERGENCY = [[880, 0.22], [660, 0.22], [880, 0.22], [660, 0.22]];
const SAFETY = [[420, 0.12], [640, 0.12], [860, 0.12], [1080, 0.4]]; // rises, so it is told from the other by ear
const LOUD = 0.5;

const context = new AudioContext();

export function sounding() {
  return context.state === "running";
}

// Calls back whenever the screen finds or loses its voice.
export function onVoice(tell) {
  context.addEventListener("statechange", tell);
}

// Must be called from a touch or a key. Answers whether sound now comes out, as far as a browser can know.
export async function wake() {
  await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 500))]);
  return sounding();
}

export function playTest() {
  play(TEST);
}

export function playAlarm(safety) {
  play(safety ? SAFETY : EMERGENCY);
}

function play(notes) {
  let at = context.currentTime + 0.02;
  for (const [pitch, length] of notes) {
    note(pitch, at, length);
    at += length;
  }
}

function note(pitch, at, length) {
  const voice = context.createOscillator();
  const volume = context.createGain();
  voice.type = "square";
  voice.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + 0.01);
  volume.gain.setValueAtTime(LOUD, at + length - 0.02);
  volume.gain.linearRampToValueAtTime(0, at + length);
  voice.connect(volume).connect(context.destination);
  voice.start(at);
  voice.stop(at + length);
}

for (const touch of ["pointerdown", "keydown"]) {
  addEventListener(touch, () => { if (!sounding()) context.resume(); }, true);
}
