/** Keeps a choice of this browser for the next visit; where storage is blocked it lasts until the page is closed. */
export function remember(key: string, value: string): boolean {
  try {
    window.localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}
