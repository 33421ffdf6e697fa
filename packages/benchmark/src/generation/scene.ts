import type { Random } from '@pointsman/statistics';
import { addDays, type Day, isWeekend } from './calendar.ts';
import { type Draw, drawFrom } from './draw.ts';
import { elided, type Language, moneyText, numberText, type Sayings } from './language.ts';
import { drawPeople, type Person } from './people.ts';
import type { Article, Noun, Pair, Pools, Setting } from './setting.ts';

/** 0 easy, 1 medium, 2 hard. */
export type Level = 0 | 1 | 2;

export type LocalArticle = { one: string; many: string; e: string; price: Article['price'] };

/** All that a template draws from: the setting of the domain in one language, and chance. */
export type Scene = Draw & {
  language: Language;
  level: Level;
  setting: Setting;
  /** Drawn once for the whole case. */
  organisation: string;
  role: string;
  team: string;
  currency: string;
  /** One of the wordings in the scene's language. */
  say(sayings: Sayings): string;
  /** By level: easy, medium, hard. */
  byLevel<T>(easy: T, medium: T, hard: T): T;
  pair(pair: Pair): string;
  pairs(pairs: readonly Pair[]): string[];
  pool(pools: Pools): readonly string[];
  /** `e` is what a French participle takes for its gender. */
  noun(noun: Noun): { one: string; many: string; e: string };
  articles(size: number): LocalArticle[];
  people(size: number): Person[];
  /** Numbers of records, all different: TCK-4821. */
  references(size: number): string[];
  /** A working day in 2026 or 2027. */
  workingDay(): Day;
  money(cents: number): string;
  number(value: number, decimals?: number): string;
};

export type SceneOptions = { setting: Setting; language: Language; level: Level; random: Random };

export function openScene({ setting, language, level, random }: SceneOptions): Scene {
  const draw = drawFrom(random);
  const currency = language === 'fr' ? '€' : draw.pick(['€', '£', '$']);
  const noun = ({ [language]: [one, many], gender }: Noun) => ({ one, many, e: gender === 'f' ? 'e' : '' });
  const pair = ([en, fr]: Pair) => (language === 'en' ? en : fr);
  return {
    ...draw,
    language,
    level,
    setting,
    currency,
    organisation: draw.pick(setting.organisations[language]),
    role: draw.pick(setting.roles[language]),
    team: pair(draw.pick(setting.teams)),
    say({ [language]: wordings }) {
      const wording = typeof wordings === 'string' ? wordings : draw.pick(wordings);
      return language === 'fr' ? elided(wording) : wording;
    },
    byLevel: (...values) => values[level],
    pair,
    pairs: (pairs) => pairs.map(pair),
    pool: (pools) => pools[language],
    noun,
    articles: (size) => draw.sample(setting.articles, size).map((one) => ({ ...noun(one), price: one.price })),
    people: (size) => drawPeople(draw, language, size),
    references(size) {
      const found = new Set<number>();
      while (found.size < size) found.add(draw.int(1_000, 9_999));
      return [...found].map((number) => `${setting.record.prefix}-${number}`);
    },
    workingDay() {
      const day = addDays('2026-01-05', draw.int(0, 700));
      return isWeekend(day) ? addDays(day, 2) : day;
    },
    money: (cents) => moneyText(cents, language, currency),
    number: (value, decimals = 0) => numberText(value, language, decimals),
  };
}
