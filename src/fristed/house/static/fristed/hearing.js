// How a screen hears: the bell's stream; while that is silent, the floor is asked every two seconds.
import { me } from "./me.js";
import { ask } from "./send.js";

const SILENCE = 10_000; // ms without a word after which the bell counts as gone; it beats every four seconds
const POLL = 2000;
const AGAIN = 3000;

export class Hearing {
  #stream = null;
  #heard = -Infinity;
  #opened = -Infinity;
  #sounding = false;

  constructor(tell) {
    this.tell = tell; // is given all that is true, whenever it changes
    setInterval(() => this.#watch(), POLL);
  }

  get deaf() {
    return performance.now() - Math.max(this.#heard, this.#opened) > SILENCE || this.#stream === null;
  }

  // Opens the stream anew; the bell tells others whether this screen has a voice.
  async listen(sounding) {
    this.#stream?.close();
    this.#stream = null;
    this.#sounding = sounding;
    const { bell } = await me();
    if (!bell || this.#stream) return;
    const stream = new EventSource(`${bell}&sounding=${sounding ? 1 : 0}`);
    this.#stream = stream;
    this.#opened = performance.now();
    stream.addEventListener("beat", () => (this.#heard = performance.now()));
    stream.addEventListener("alarms", ({ data }) => {
      this.#heard = performance.now();
      this.tell(JSON.parse(data));
    });
    stream.addEventListener("error", () => (this.#opened = -Infinity));
  }

  async #watch() {
    const { bell } = await me();
    if (!bell || !this.deaf) return; // without a bell there is nobody here whom an alarm may reach
    if (performance.now() - this.#opened > AGAIN + SILENCE) this.listen(this.#sounding);
    const said = await ask("/alarms", POLL).catch(() => null);
    if (said?.emergencies) this.tell(said);
  }
}
