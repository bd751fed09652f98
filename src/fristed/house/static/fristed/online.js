// What every page of the service starts besides its taps.
import { start as hear } from "./alarm.js";
import "./leaving.js";
import { start } from "./offline.js";

await start();
await hear();
