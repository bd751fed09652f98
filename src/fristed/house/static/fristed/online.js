// What every page of the service starts besides its taps.
import { start } from "./offline.js";

await start();
