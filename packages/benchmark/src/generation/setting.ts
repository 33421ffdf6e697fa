import type { Domain } from '@pointsman/contracts';

/** The same in English and in French. */
export type Pair = readonly [en: string, fr: string];

/** Pools of each language that need not mean the same. */
export type Pools = { readonly en: readonly string[]; readonly fr: readonly string[] };

/** A noun: singular and plural in both languages, and its gender in French. */
export type Noun = {
  readonly en: readonly [one: string, many: string];
  readonly fr: readonly [one: string, many: string];
  readonly gender: 'm' | 'f';
};

/** What is bought, billed or counted; `price` is a range in whole units of currency. */
export type Article = Noun & { readonly price: readonly [least: number, most: number] };

/** A kind of message: its label, and sentences that belong to it and to no other of its domain. */
export type Subject = { readonly label: Pair; readonly cues: readonly Pair[] };

/** A sentence with a gap `{}`, the wording that the house avoids there, and the one that it wants. */
export type Replacement = { readonly sentence: Pair; readonly avoid: Pair; readonly prefer: Pair };

/** A sentence and its translation, with a term that a glossary fixes. */
export type Phrase = { readonly text: Pair; readonly term: Pair };

/** What a domain is furnished with: the vocabulary and the entities that templates draw from. */
export type Setting = {
  readonly domain: Domain;
  readonly organisations: Pools;
  /** English with its article: `a ward clerk`; French without. */
  readonly roles: Pools;
  readonly sites: Pools;
  /** Names as after 'the ... team' and 'l'équipe ...'. */
  readonly teams: readonly Pair[];
  readonly articles: readonly Article[];
  /** A piece of work, the prefix of its numbers, and its states from new to closed. */
  readonly record: Noun & { readonly prefix: string; readonly states: readonly [Pair, Pair, Pair, Pair] };
  readonly subjects: readonly Subject[];
  /** Activities that are planned: noun phrases in lower case, French without article. */
  readonly steps: readonly Pair[];
  /** Sentences of a report that say nothing in figures. */
  readonly remarks: readonly Pair[];
  readonly replacements: readonly Replacement[];
  readonly phrases: readonly Phrase[];
  /** What records are called in code: of which, by what grouped, what added up. */
  readonly code: {
    readonly records: string;
    readonly group: string;
    readonly amount: string;
    readonly groups: readonly string[];
  };
};

/** Compact rows for the settings' files. */
export const article = (en: Noun['en'], fr: Noun['fr'], gender: 'm' | 'f', price: Article['price']): Article => ({
  en,
  fr,
  gender,
  price,
});
export const subject = (label: Pair, ...cues: Pair[]): Subject => ({ label, cues });
export const replacement = (sentence: Pair, avoid: Pair, prefer: Pair): Replacement => ({ sentence, avoid, prefer });
export const phrase = (term: Pair, text: Pair): Phrase => ({ term, text });
