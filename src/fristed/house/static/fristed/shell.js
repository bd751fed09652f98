// What a tablet shows of a page when the network is away: the page it has kept, or a sentence. Back by itself.
import { missed } from "./contact.js";
import { start } from "./offline.js";
import { restorePage } from "./page.js";

missed();
if (!(await restorePage(location.pathname))) document.getElementById("not-kept").hidden = false;
await start({ shell: true });
document.addEventListener("fristed:online", () => setTimeout(() => location.reload(), 1500));
