const RELOADED_AT = 'pointsman.reloaded';
/** A second failure this soon is no new release: the page then says what went wrong. */
const SOON_MS = 10_000;

/** A page that was opened before an update asks for files that are gone: it is loaded anew, once. */
export function reloadWhenOutdated(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(window.sessionStorage.getItem(RELOADED_AT) ?? 0);
    if (Date.now() - last < SOON_MS) return;
    event.preventDefault();
    window.sessionStorage.setItem(RELOADED_AT, String(Date.now()));
    window.location.reload();
  });
}
