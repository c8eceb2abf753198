import { tokenHeaders } from "./requests";

// Where viewers' events go. A page that records any carries an element with the addresses and the profile.
const sink = (): DOMStringMap | undefined => document.getElementById("events")?.dataset;

/** The profile that the page was laid out for; none where the page records nothing. */
export const profile = (): string | undefined => sink()?.["profile"];

/** Sends a report that outlives the page. Resolves to whether the server has answered for it. */
export async function report(kind: "impressions" | "plays", body: Record<string, unknown>): Promise<boolean> {
  const url = sink()?.[`${kind}Url`];
  if (!url) return false;
  try {
    const answer = await fetch(url, {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json", ...tokenHeaders() },
      body: JSON.stringify({ profileId: profile(), ...body }),
    });
    // What the server does not take now, it will not take later.
    return answer.ok || (answer.status >= 400 && answer.status < 500);
  } catch {
    return false;
  }
}
