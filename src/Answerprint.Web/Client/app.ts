// Everything on every page: htmx, the islands' loader, and the small behaviours of the shell.
import htmx from "htmx.org";
import { startIslands } from "./islands";
import { startShell } from "./shell";
import { rememberFollowed, startImpressions } from "./impressions";
import { startRequests } from "./requests";

htmx.config.includeIndicatorCSS = false;
startShell();
startRequests();
startIslands();
startImpressions();
rememberFollowed();
