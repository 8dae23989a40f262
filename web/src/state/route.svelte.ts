/** Where the reader is: the part after `#/` as segments, and its query. Plain links move about. */

export const route = $state({ path: [] as string[], query: new URLSearchParams() });

function read(): void {
  const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  route.path = path.split("/").filter(Boolean).map(decode);
  route.query = new URLSearchParams(query);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place on this page. */
export function to(...path: string[]): string {
  return "#/" + path.map(encodeURIComponent).join("/");
}

export function go(...path: string[]): void {
  location.hash = to(...path);
}

addEventListener("hashchange", read);
read();
