import { jsonBlock, jsonOnly, membersAre } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

type Item = { reference: string; amount: number; ageDays: number; site: string; isFirst: boolean };
type Rule = { text: { en: string; fr: string }; team: string; holds(item: Item): boolean };

/** Rules of which the first that holds decides: to which team each record goes. One record easy, several otherwise. */
export const routeByRules: Template = {
  name: 'route-by-rules',
  task: 'classify',
  draft(scene) {
    const teams = scene.sample(scene.pairs(scene.setting.teams), scene.byLevel(3, 4, 5));
    const sites = scene.sample(scene.pool(scene.setting.sites), 3);
    const rules = drawRules(scene, teams, sites);
    const routeOf = (item: Item) => rules.find(({ holds }) => holds(item))?.team ?? at(teams, teams.length - 1);
    const items = scene.references(scene.byLevel(1, 4, 7)).map((reference) => ({
      reference,
      amount: scene.step(50, 2_000, 10),
      ageDays: scene.int(2, 60),
      site: scene.pick(sites),
      isFirst: scene.chance(0.4),
    }));
    const fallback = scene.say({ en: `Otherwise: ${teams.at(-1)}.`, fr: `Sinon : ${teams.at(-1)}.` });
    const rulesText = [
      ...rules.map(({ text, team }) => `${scene.say(text)}${scene.language === 'fr' ? ' :' : ':'} ${team}.`),
      fallback,
    ]
      .map((rule, index) => `${index + 1}. ${rule}`)
      .join('\n');
    const data = `${rulesText}\n\n${items.map((item) => describe(scene, item)).join('\n')}`;
    const { one, many } = scene.noun(scene.setting.record);
    const request = requestText(scene, { many, one });
    const answer = Object.fromEntries(items.map((item) => [item.reference, routeOf(item)]));
    const other = (team: string | undefined) =>
      at(
        teams.filter((one) => one !== team),
        0,
      );
    const [first = ''] = Object.keys(answer);
    if (scene.level === 0) {
      const teamOnly = scene.say({
        en: ["Answer with the team's name only.", 'Just the name of the team, please.'],
        fr: ["Répondez par le nom de l'équipe, sans rien d'autre.", "Donne seulement le nom de l'équipe."],
      });
      const right = routeOf(at(items, 0));
      return {
        messages: frameMessages(scene, { request, data, format: teamOnly }),
        reference: right,
        nearMiss: other(right),
        checks: [{ kind: 'exact', expected: [right] }],
      };
    }
    const shape = scene.say({
      en: 'JSON object: number as the member, team name as the value.',
      fr: "Objet JSON : le numéro comme membre, le nom d'équipe comme valeur.",
    });
    return {
      messages: frameMessages(scene, { request, data, format: `${shape} ${jsonOnly(scene)}` }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock({ ...answer, [first]: other(answer[first]) }),
      checks: membersAre(answer),
    };
  },
};

function drawRules(scene: Scene, teams: readonly string[], sites: readonly string[]): Rule[] {
  const limit = scene.step(400, 1_500, 100);
  const age = scene.pick([7, 14, 21, 30]);
  const site = at(sites, 0);
  const most = scene.money(limit * 100);
  const possible: Omit<Rule, 'team'>[] = [
    {
      text: { en: `The amount is above ${most}`, fr: `Le montant dépasse ${most}` },
      holds: ({ amount }) => amount > limit,
    },
    {
      text: { en: `It is older than ${age} days`, fr: `L'ancienneté dépasse ${age} jours` },
      holds: ({ ageDays }) => ageDays > age,
    },
    {
      text: {
        en: `It comes from "${site}" and is a first contact`,
        fr: `Provenance « ${site} » et c'est un premier contact`,
      },
      holds: (item) => item.site === site && item.isFirst,
    },
    {
      text: {
        en: `It does not come from "${site}" and is at most ${age} days old`,
        fr: `Autre provenance que « ${site} » et ancienneté de ${age} jours au plus`,
      },
      holds: (item) => item.site !== site && item.ageDays <= age,
    },
  ];
  return scene.sample(possible, teams.length - 1).map((rule, index) => ({ ...rule, team: at(teams, index) }));
}

const describe = (scene: Scene, { reference, amount, ageDays, site, isFirst }: Item): string =>
  scene.say({
    en: [
      `${reference}: ${scene.money(amount * 100)}, ${ageDays} days old, from "${site}", ${isFirst ? 'first contact' : 'known contact'}`,
    ],
    fr: [
      `${reference} : ${scene.money(amount * 100)}, ancienneté ${ageDays} jours, provenance « ${site} », ${isFirst ? 'premier contact' : 'contact connu'}`,
    ],
  });

/** What is asked. */
const requestText = (scene: Scene, { many, one }: { many: string; one: string }): string =>
  scene.say({
    en: [
      `Sort incoming ${many} by these rules. The first rule that applies decides.`,
      `Which team gets which ${one}? Go through the rules from the top; stop at the first that fits.`,
    ],
    fr: [
      `Triez les ${many} selon ces règles. La première règle qui s'applique l'emporte.`,
      `À quelle équipe revient quoi (${one}) ? Parcourez les règles de haut en bas et arrêtez-vous à la première qui convient.`,
    ],
  });
