/** What the reader has chosen, kept in this browser: light or dark, an access token for this session. */

export type Theme = "auto" | "light" | "dark";

function held(store: () => Storage, key: string): string | null {
  try {
    return store().getItem(key);
  } catch {
    return null; // a browser may refuse storage altogether
  }
}

export function keep(store: () => Storage, key: string, value: string | null): void {
  try {
    if (value === null) store().removeItem(key);
    else store().setItem(key, value);
  } catch {
    // not kept, and the page works all the same
  }
}

export const recall = held;
export const lasting = (): Storage => localStorage;
export const passing = (): Storage => sessionStorage;

export const settings = $state({
  theme: (held(lasting, "claimspine-theme") ?? "auto") as Theme,
  token: held(passing, "claimspine-token") ?? "",
  toured: held(lasting, "claimspine-toured") === "yes",
});

export function setTheme(theme: Theme): void {
  settings.theme = theme;
  keep(lasting, "claimspine-theme", theme === "auto" ? null : theme);
  showTheme();
}

export function setToken(token: string): void {
  settings.token = token.trim();
  keep(passing, "claimspine-token", settings.token || null);
}

export function setToured(): void {
  settings.toured = true;
  keep(lasting, "claimspine-toured", "yes");
}

export function showTheme(): void {
  if (settings.theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = settings.theme;
}
