// What a tablet shows of a page when the network is away: the page it has kept, or a sentence. Back by itself.
import { missed } from "./contact.js";
import { start } from "./offline.js";
import { restorePage } from "./page.js";

missed();
const restored = await restorePage(location.pathname);
document.getElementById("not-kept").hidden = restored;
await start({ shell: true });
document.addEventListener("fristed:online", () => setTimeout(() => location.reload(), 1500));
