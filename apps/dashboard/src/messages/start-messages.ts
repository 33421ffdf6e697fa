import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { remember } from './remember.ts';

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED_AS = 'pointsman.language';

type Messages = { default: Record<string, unknown> };

// One file for each feature and language: fetched when the feature is first opened.
const ofFeatures = import.meta.glob<Messages>('../features/*/messages/*.json');
const ofShell = import.meta.glob<Messages>('./*.json');

function fileOf(language: string, namespace: string): (() => Promise<Messages>) | undefined {
  if (namespace === 'shell') return ofShell[`./${language}.json`];
  return ofFeatures[`../features/${namespace}/messages/${language}.json`];
}

const messageFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const load = fileOf(language, namespace);
    if (load === undefined) return done(new Error(`there are no messages ${namespace}/${language}.json`), false);
    load().then(
      (messages) => done(null, messages.default),
      (error: Error) => done(error, false),
    );
  },
};

const isLanguage = (text: string): text is Language => (LANGUAGES as readonly string[]).includes(text);

/** The language the page was opened in: the one chosen last, else the browser's, else English. */
const openedIn = (): Language => (isLanguage(document.documentElement.lang) ? document.documentElement.lang : 'en');

/** Resolves once the shell's messages are there; those of a feature come with the feature. */
export async function startMessages(): Promise<void> {
  await i18next
    .use(messageFiles)
    .use(initReactI18next)
    .init({
      lng: openedIn(),
      fallbackLng: 'en',
      supportedLngs: LANGUAGES,
      ns: ['shell'],
      defaultNS: 'shell',
      // React escapes what it renders.
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
}

/** Switches the language of everything at once, and remembers it. */
export async function chooseLanguage(language: Language): Promise<void> {
  document.documentElement.lang = language;
  remember(STORED_AS, language);
  await i18next.changeLanguage(language);
}
