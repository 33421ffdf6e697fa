// Before anything is painted: the theme and the language of the last visit, so that nothing flashes.
(() => {
  const read = (key) => {
    try {
      return window.localStorage.getItem(key);
    } catch {
      // Storage may be blocked: then the system's theme and the browser's language stand.
      return null;
    }
  };
  const wanted = read('pointsman.theme');
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  const scheme = wanted === 'light' || wanted === 'dark' ? wanted : dark ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
  const language = read('pointsman.language') ?? window.navigator.language;
  document.documentElement.lang = language.toLowerCase().startsWith('fr') ? 'fr' : 'en';
})();
