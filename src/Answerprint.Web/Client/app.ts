// Everything on every page: htmx, the islands' loader, and the small behaviours of the shell.
import htmx from "htmx.org";
import { startIslands } from "./islands";
import { startShell } from "./shell";
import { startImpressions } from "./impressions";
import { startToasts } from "./toasts";

htmx.config.includeIndicatorCSS = false;
startShell();
startToasts();
startIslands();
startImpressions();
