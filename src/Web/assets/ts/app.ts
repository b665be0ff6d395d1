import "@hotwired/turbo";
import { Application } from "@hotwired/stimulus";
import { CopyController } from "./controllers/copy";
import { KeysController } from "./controllers/keys";
import { LanguageController } from "./controllers/language";
import { MoreController } from "./controllers/more";
import { PasswordController } from "./controllers/password";
import { ThemeController } from "./controllers/theme";
import { startForms } from "./forms";
import { startLazy } from "./lazy";
import { startLive } from "./live";
import { startMenus } from "./menus";
import { startMorphs } from "./morphs";
import { startPlaceholders } from "./placeholders";
import { startTimes } from "./times";
import { startToasts } from "./toasts";
import { startVisits } from "./visits";

const stimulus = Application.start();
stimulus.register("copy", CopyController);
stimulus.register("keys", KeysController);
stimulus.register("language", LanguageController);
stimulus.register("more", MoreController);
stimulus.register("password", PasswordController);
stimulus.register("theme", ThemeController);

startLazy(stimulus, {
  composer: () => import("./controllers/composer").then(m => m.ComposerController),
  countdown: () => import("./controllers/countdown").then(m => m.CountdownController),
  settle: () => import("./controllers/settle").then(m => m.SettleController),
  usage: () => import("./controllers/usage").then(m => m.UsageController),
});

startVisits();
startForms();
startMenus();
startMorphs();
startTimes();
startToasts();
startPlaceholders();
startLive();

// Turbo aborts the fetches of frames that leave with their page, and their promises are held by nobody who could catch that.
addEventListener("unhandledrejection", event => {
  if ((event.reason as Error | undefined)?.name === "AbortError") event.preventDefault();
});
