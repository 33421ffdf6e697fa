import { jsonBlock, jsonOnly, membersAre } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Pair } from '../setting.ts';
import type { Template } from '../template.ts';

const GRADES: readonly Pair[] = [
  ['low', 'faible'],
  ['medium', 'moyen'],
  ['high', 'élevé'],
];

type Item = { reference: string; impact: number; urgency: number; isRepeated: boolean; isVip: boolean };

/** A matrix of impact and urgency, with exceptions that raise or cap: the priority of each record. */
export const priorityMatrix: Template = {
  name: 'priority-matrix',
  task: 'classify',
  draft(scene) {
    const matrix = drawMatrix(scene);
    const lowest = 4;
    const priorityOf = ({ impact, urgency, isRepeated, isVip }: Item) => {
      const base = at(at(matrix, impact), urgency);
      const raised = scene.level > 0 && isRepeated ? Math.max(1, base - 1) : base;
      return `P${scene.level === 2 && isVip ? Math.min(raised, 2) : raised}`;
    };
    const items = scene.references(scene.byLevel(3, 4, 6)).map((reference) => ({
      reference,
      impact: scene.int(0, 2),
      urgency: scene.int(0, 2),
      isRepeated: scene.chance(0.4),
      isVip: scene.chance(0.3),
    }));
    const data = `${matrixText(scene, matrix)}\n\n${items.map((item) => describe(scene, item)).join('\n')}`;
    const exceptions = [
      {
        en: 'A repeated case moves up one level (P3 becomes P2), but never above P1.',
        fr: 'Un cas répété monte d’un niveau (P3 devient P2), sans dépasser P1.',
      },
      {
        en: 'After that, a key account is never lower than P2.',
        fr: 'Ensuite, un compte clé n’est jamais en dessous de P2.',
      },
    ].slice(0, scene.level);
    const { many } = scene.noun(scene.setting.record);
    const request = scene
      .say({
        en: [
          `Give each of these ${many} its priority (P1 is the highest, P${lowest} the lowest). ${exceptions.map(({ en }) => en).join(' ')}`,
          `Set the priorities by our matrix, P1 being the most pressing. ${exceptions.map(({ en }) => en).join(' ')}`,
        ],
        fr: [
          `Attribuez leur priorité à ces ${many} (P1 est la plus haute, P${lowest} la plus basse). ${exceptions.map(({ fr }) => fr).join(' ')}`,
          `Fixez les priorités d'après notre grille, P1 étant le plus pressant. ${exceptions.map(({ fr }) => fr).join(' ')}`,
        ],
      })
      .trim();
    const shape = scene.say({
      en: 'JSON object from number to priority, such as {"X-1": "P3"}.',
      fr: 'Objet JSON du numéro vers la priorité, comme {"X-1": "P3"}.',
    });
    const answer = Object.fromEntries(items.map((item) => [item.reference, priorityOf(item)]));
    const first = at(items, 0);
    const wrong = { ...answer, [first.reference]: priorityOf(first) === 'P1' ? 'P2' : 'P1' };
    return {
      messages: frameMessages(scene, { request, data, format: `${shape} ${jsonOnly(scene)}` }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock(wrong),
      checks: membersAre(answer),
    };
  },
};

/** Rows by impact, columns by urgency; more of either never lowers the priority. */
function drawMatrix(scene: Scene): number[][] {
  const shift = scene.pick([0, 1]);
  return [0, 1, 2].map((impact) =>
    [0, 1, 2].map((urgency) =>
      Math.max(1, Math.min(4, 5 - impact - urgency - (shift === 1 && impact > urgency ? 1 : 0))),
    ),
  );
}

function matrixText(scene: Scene, matrix: readonly (readonly number[])[]): string {
  const grades = scene.pairs(GRADES);
  const corner = scene.say({ en: 'impact \\ urgency', fr: 'impact \\ urgence' });
  const rows = matrix.map((row, index) => [at(grades, index), ...row.map((priority) => `P${priority}`)]);
  return [[corner, ...grades], grades.concat('').map(() => '---'), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function describe(scene: Scene, { reference, impact, urgency, isRepeated, isVip }: Item): string {
  const grades = scene.pairs(GRADES);
  const step = scene.pair(scene.pick(scene.setting.steps));
  const flags = [
    ...(isRepeated ? [scene.say({ en: 'repeated', fr: 'répété' })] : []),
    ...(isVip ? [scene.say({ en: 'key account', fr: 'compte clé' })] : []),
  ];
  return scene.say({
    en: `- ${reference} (${step}): impact ${at(grades, impact)}, urgency ${at(grades, urgency)}${flags.length > 0 ? `, ${flags.join(', ')}` : ''}`,
    fr: `- ${reference} (${step}) : impact ${at(grades, impact)}, urgence ${at(grades, urgency)}${flags.length > 0 ? `, ${flags.join(', ')}` : ''}`,
  });
}
