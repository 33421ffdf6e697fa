import { linesAre, linesOnly } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

type Entry = { name: string; quantity: number; reference: string };

/** A list written by several hands: one form for all lines, sorted, doubles merged. */
export const tidyList: Template = {
  name: 'tidy-list',
  task: 'rewrite',
  draft(scene) {
    const articles = scene.articles(scene.byLevel(3, 4, 6)).map(({ many }) => many);
    const references = scene.references(articles.length);
    const entries: Entry[] = articles.map((name, index) => ({
      name,
      quantity: scene.int(2, 95),
      reference: at(references, index),
    }));
    const doubled =
      scene.level === 0
        ? []
        : scene.sample(entries, scene.level).map((entry) => ({ ...entry, quantity: scene.int(2, 20) }));
    const messy = scene.shuffle([...entries, ...doubled]).map((entry) => messyLine(scene, entry));
    const totals = entries.map(({ name, reference, quantity }) => ({
      name,
      reference,
      quantity:
        quantity + doubled.filter((one) => one.reference === reference).reduce((sum, one) => sum + one.quantity, 0),
    }));
    const isByNumber = scene.chance(0.5);
    const sorted = totals.toSorted((a, b) =>
      isByNumber
        ? a.reference.localeCompare(b.reference, 'en')
        : b.quantity - a.quantity || a.reference.localeCompare(b.reference, 'en'),
    );
    const line = ({ name, quantity, reference }: Entry) => `${reference} | ${quantity} | ${name}`;
    const example = `${scene.setting.record.prefix}-0000 | 12 | ${scene.say({ en: 'name of the item', fr: "nom de l'article" })}`;
    const merge =
      scene.level === 0
        ? { en: '', fr: '' }
        : {
            en: ' Merge lines with the same number by adding their quantities.',
            fr: ' Fusionnez les lignes de même numéro en additionnant les quantités.',
          };
    const order = isByNumber
      ? { en: 'ascending by number', fr: 'par numéro croissant' }
      : {
          en: 'largest quantity first (the smaller number first where quantities are equal)',
          fr: 'de la plus grande quantité à la plus petite (à égalité, le plus petit numéro d’abord)',
        };
    const request = scene.say({
      en: [
        `Bring these notes into one form, "${example}", ${order.en}.${merge.en} Names in lower case.`,
        `Tidy up the list of ${scene.organisation}. Each line like "${example}", names in lower case, ${order.en}.${merge.en}`,
      ],
      fr: [
        `Mettez ces notes sous une seule forme, « ${example} », ${order.fr}.${merge.fr} Noms en minuscules.`,
        `Remettez au propre cette liste (${scene.organisation}). Chaque ligne comme « ${example} », noms en minuscules, ${order.fr}.${merge.fr}`,
      ],
    });
    const right = sorted.map(lowered).map(line);
    return {
      messages: frameMessages(scene, { request, data: messy.join('\n'), format: linesOnly(scene) }),
      reference: right.join('\n'),
      nearMiss: [at(right, 1), at(right, 0), ...right.slice(2)].join('\n'),
      checks: [linesAre(right)],
    };
  },
};

const lowered = (entry: Entry): Entry => ({ ...entry, name: entry.name.toLowerCase() });

const messyLine = (scene: Scene, { name, quantity, reference }: Entry): string =>
  scene.pick([
    `${quantity} x ${name.toUpperCase()} (${reference})`,
    `${reference}: ${name}, ${quantity}`,
    `* ${name} - ${quantity} - ${reference}`,
    `${reference} ${quantity} ${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  ]);
