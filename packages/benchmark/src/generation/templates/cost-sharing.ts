import { jsonBlock, jsonOnly } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import { tableText } from '../tables.ts';
import type { Template } from '../template.ts';

/** A bill that teams share by what they used, after a fixed part: what each pays. */
export const costSharing: Template = {
  name: 'cost-sharing',
  task: 'reason',
  draft(scene) {
    const teams = scene.sample(scene.pairs(scene.setting.teams), scene.byLevel(2, 3, 4));
    const unit = scene.step(2, 18, 1);
    const uses = teams.map(() => scene.step(20, 240, 10));
    const fixed = scene.level === 0 ? 0 : teams.length * scene.step(50, 400, 25);
    const exempt = scene.level === 2 ? at(teams, teams.length - 1) : undefined;
    const payers = teams.filter((team) => team !== exempt);
    const total = uses.reduce((sum, use) => sum + use, 0) * unit + fixed;
    const shareOf = (team: string, index: number) => {
      const fixedShare = team === exempt ? 0 : fixed / payers.length;
      return Math.round((at(uses, index) * unit + fixedShare) * 100) / 100;
    };
    const { many } = scene.noun(scene.setting.record);
    const fixedText =
      fixed === 0
        ? { en: '', fr: '' }
        : {
            en: ` Of the bill, ${scene.money(fixed * 100)} are a base fee, which the teams bear in equal parts${exempt === undefined ? '' : ` (not ${exempt}, which is exempt from the fee)`}; the rest goes by usage.`,
            fr: ` Sur cette facture, ${scene.money(fixed * 100)} sont un abonnement, réparti à parts égales entre les équipes${exempt === undefined ? '' : ` (sauf ${exempt}, qui en est dispensée)`} ; le reste se répartit selon l'usage.`,
          };
    const request = scene.say({
      en: [
        `A bill of ${scene.money(total * 100)} is shared between teams in proportion to the ${many} that each handled.${fixedText.en} How much does each team pay?`,
        `${scene.organisation} received a bill of ${scene.money(total * 100)}. Teams pay by the number of ${many} they handled.${fixedText.en} Compute the share of each.`,
      ],
      fr: [
        `Une facture de ${scene.money(total * 100)} est répartie entre les équipes au prorata du nombre de ${many} que chacune a pris en charge.${fixedText.fr} Combien paie chaque équipe ?`,
        `${scene.organisation} a reçu une facture de ${scene.money(total * 100)}. Les équipes paient selon le nombre de ${many} pris en charge.${fixedText.fr} Calculez la part de chacune.`,
      ],
    });
    const head = scene.language === 'fr' ? ['Équipe', many] : ['Team', many];
    const data = tableText(scene, { head, rows: teams.map((team, index) => [team, String(at(uses, index))]) });
    const shape = scene.say({
      en: 'Give a JSON object: team names as members, amounts as numbers with a decimal point, rounded to the cent.',
      fr: "Donnez un objet JSON : noms d'équipe comme membres, montants en nombres avec un point décimal, arrondis au centime.",
    });
    const answer = Object.fromEntries(teams.map((team, index) => [team, shareOf(team, index)]));
    const equal = Object.fromEntries(teams.map((team) => [team, Math.round((total / teams.length) * 100) / 100 + 1]));
    return {
      messages: frameMessages(scene, { request, data, format: `${shape} ${jsonOnly(scene)}` }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock(equal),
      checks: [{ kind: 'json-value', path: '$', expected: answer, tolerance: 0.011 }],
    };
  },
};
