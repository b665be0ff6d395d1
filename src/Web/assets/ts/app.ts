import "@hotwired/turbo";
import { Application } from "@hotwired/stimulus";
import { CopyController } from "./controllers/copy";
import { KeysController } from "./controllers/keys";
import { LanguageController } from "./controllers/language";
import { MoreController } from "./controllers/more";
import { PasswordController } from "./controllers/password";
import { ThemeController } from "./controllers/theme";
import { startDrafts } from "./drafts";
import { startForms } from "./forms";
import { startLazy } from "./lazy";
import { places, startLive } from "./live";
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
  compare: () => import("./controllers/compare").then(m => m.CompareController),
  chat: () => import("./controllers/chat").then(m => m.ChatController),
  composer: () => import("./controllers/composer").then(m => m.ComposerController),
  enhanced: () => import("./controllers/enhanced").then(m => m.EnhancedController),
  notices: () => import("./controllers/notices").then(m => m.NoticesController),
  arrange: () => import("./controllers/arrange").then(m => m.ArrangeController),
  gallery: () => import("./controllers/gallery").then(m => m.GalleryController),
  share: () => import("./controllers/share").then(m => m.ShareController),
  stage: () => import("./controllers/stage").then(m => m.StageController),
  picture: () => import("./controllers/picture").then(m => m.PictureController),
  zone: () => import("./controllers/zone").then(m => m.ZoneController),
  passkey: () => import("./controllers/passkey").then(m => m.PasskeyController),
  inputs: () => import("./controllers/inputs").then(m => m.InputsController),
  later: () => import("./controllers/later").then(m => m.LaterController),
  seed: () => import("./controllers/seed").then(m => m.SeedController),
  shortcuts: () => import("./controllers/shortcuts").then(m => m.ShortcutsController),
  template: () => import("./controllers/template").then(m => m.TemplateController),
  announcement: () => import("./controllers/announcement").then(m => m.AnnouncementController),
  reload: () => import("./controllers/reload").then(m => m.ReloadController),
  outcome: () => import("./controllers/outcome").then(m => m.OutcomeController),
  pair: () => import("./controllers/pair").then(m => m.PairController),
  select: () => import("./controllers/select").then(m => m.SelectController),
  countdown: () => import("./controllers/countdown").then(m => m.CountdownController),
  waiting: () => import("./controllers/waiting").then(m => m.waiting(places)),
  settle: () => import("./controllers/settle").then(m => m.SettleController),
  "face-picture": () => import("./controllers/face-picture").then(m => m.FacePictureController),
  usage: () => import("./controllers/usage").then(m => m.UsageController),
});

startVisits();
startForms();
startDrafts();
startMenus();
startMorphs();
startTimes();
startToasts();
startPlaceholders();
startLive();

// Turbo begins with what the document says of itself, which it may have said before the scripts came.
if (document.readyState === "complete") document.dispatchEvent(new Event("readystatechange"));

// Turbo aborts the fetches of frames that leave with their page, and their promises are held by nobody who could catch that.
addEventListener("unhandledrejection", event => {
  if ((event.reason as Error | undefined)?.name === "AbortError") event.preventDefault();
});
