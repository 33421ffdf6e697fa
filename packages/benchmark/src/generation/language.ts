export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same piece of text in each language. */
export type Both = Readonly<Record<Language, string>>;

/** Ways to say the same thing in each language. */
export type Sayings = Readonly<Record<Language, readonly string[] | string>>;

// Narrow no-break space within numbers, no-break space before a unit, as French typography wants them.
const GROUP_SEPARATOR: Readonly<Record<Language, string>> = { en: ',', fr: '\u202f' };
const DECIMAL_SEPARATOR: Readonly<Record<Language, string>> = { en: '.', fr: ',' };

/** 1,234.5 or 1 234,5: exactly so many decimals. */
export function numberText(value: number, language: Language, decimals = 0): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, GROUP_SEPARATOR[language]);
  return `${value < 0 ? '-' : ''}${grouped}${fraction === undefined ? '' : DECIMAL_SEPARATOR[language]}${fraction ?? ''}`;
}

/** An amount in cents as €1,234.50 or 1 234,50 €. */
export function moneyText(cents: number, language: Language, currency = '€'): string {
  const amount = numberText(Math.abs(cents) / 100, language, 2);
  const sign = cents < 0 ? '-' : '';
  return language === 'fr' ? `${sign}${amount}\u00a0${currency}` : `${sign}${currency}${amount}`;
}

/** A share in percent: 12.5% or 12,5 %. */
export const percentText = (percent: number, language: Language, decimals = 0): string =>
  `${numberText(percent, language, decimals)}${language === 'fr' ? '\u00a0' : ''}%`;

/** French 'de' and 'que' before a vowel or a mute h: d'étagères, qu'Odile. The setting's words know no other h. */
export const elided = (text: string): string => text.replace(/\b(d|qu)e (?=[aeiouàâéèêëîïôùû]|h[eoô])/giu, "$1'");

/** a, b and c; a, b et c. */
export function listText(items: readonly string[], language: Language): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return `${items.slice(0, -1).join(', ')} ${language === 'fr' ? 'et' : 'and'} ${last}`;
}
