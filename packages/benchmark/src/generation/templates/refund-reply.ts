import { amountPattern, has, hasNo, wholeText } from '../answer-forms.ts';
import { addWorkingDays, fullDate, longDate } from '../calendar.ts';
import { datePattern } from '../date-pattern.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** An answer to a customer with a refund and a date that must be worked out first. */
export const refundReply: Template = {
  name: 'refund-reply',
  task: 'write',
  draft(scene) {
    const { language } = scene;
    const { name, last } = at(scene.people(1), 0);
    const reference = at(scene.references(1), 0);
    const {
      one,
      many,
      price: [least, most],
    } = at(scene.articles(1), 0);
    const quantity = scene.int(2, 9);
    // Never a whole amount, which a date could pass for.
    const unit = scene.step(least * 100, most * 100, 100) + 95;
    const kept = scene.level === 0 ? 0 : scene.pick([10, 15, 20]);
    const fee = scene.level === 2 ? scene.step(200, 900, 50) : 0;
    const refund = Math.round((quantity * unit * (100 - kept)) / 100) + fee;
    const today = scene.workingDay();
    const days = scene.int(3, 9);
    const paid = addWorkingDays(today, days);
    const limit = scene.pick([70, 80, 90]);
    const rules = {
      en: [
        `Paid: ${quantity} ${many} at ${scene.money(unit)} per ${one}.`,
        kept === 0 ? 'Everything is refunded.' : `We refund the price less ${kept}%.`,
        ...(fee === 0 ? [] : [`The delivery fee of ${scene.money(fee)} is refunded in full on top.`]),
        `Today is ${fullDate(today, language)}; the money arrives ${days} working days after today (Monday to Friday).`,
      ],
      fr: [
        `Payé : ${quantity} ${many} à ${scene.money(unit)} l'unité.`,
        kept === 0 ? 'Le tout est remboursé.' : `Nous remboursons le prix moins ${kept} %.`,
        ...(fee === 0 ? [] : [`S'y ajoutent les frais de livraison de ${scene.money(fee)}, remboursés en totalité.`]),
        `Nous sommes le ${fullDate(today, language)} ; l'argent arrive ${days} jours ouvrés après aujourd'hui (du lundi au vendredi).`,
      ],
    };
    const request = requestText(scene, { limit, name, reference });
    const format = scene.say({
      en: [`Sign for the ${scene.team} team.`, `Close with "${scene.organisation}".`],
      fr: [`Signez pour l'équipe ${scene.team}.`, `Terminez par « ${scene.organisation} ».`],
    });
    const letter = (cents: number) =>
      scene.say({
        en: `Dear ${name},\n\nthank you for your patience with ${reference}. We are refunding ${scene.money(cents)}; the money will be in your account on ${longDate(paid, language)}.\n\nWith kind regards\nThe ${scene.team} team, ${scene.organisation}`,
        fr: `Bonjour ${name},\n\nmerci de votre patience au sujet de ${reference}. Nous vous remboursons ${scene.money(cents)} ; la somme sera sur votre compte le ${longDate(paid, language)}.\n\nBien cordialement,\nL'équipe ${scene.team}, ${scene.organisation}`,
      });
    return {
      messages: frameMessages(scene, { request, data: rules[language].join('\n'), format }),
      reference: letter(refund),
      nearMiss: letter(quantity * unit + fee + (kept === 0 ? unit : 0)),
      checks: [
        has(amountPattern(refund / 100, 2), { weight: 2 }),
        has(datePattern(paid, language)),
        has(wholeText(reference), { dimension: 'completeness' }),
        has(wholeText(last), { dimension: 'completeness' }),
        hasNo('%|percent|pour cent', { dimension: 'relevance' }),
        { kind: 'words', most: limit, dimension: 'relevance' },
      ],
    };
  },
};

/** What is asked. */
const requestText = (
  scene: Scene,
  { limit, name, reference }: { limit: number; name: string; reference: string },
): string =>
  scene.say({
    en: [
      `Write the reply to ${name} about ${reference}: friendly, at most ${limit} words, with the number, the exact sum refunded and the date on which the money arrives. No percentages.`,
      `Answer ${name} (${reference}) in no more than ${limit} words. State the sum they get back and the day the money arrives, both worked out from the facts; quote the number; mention no percentage.`,
    ],
    fr: [
      `Rédigez la réponse à ${name} au sujet de ${reference} : aimable, ${limit} mots au plus, avec le numéro, la somme exacte remboursée et la date d'arrivée de l'argent. Aucun pourcentage.`,
      `Répondez à ${name} (${reference}) en ${limit} mots maximum. Indiquez la somme rendue et le jour où l'argent arrive, calculés d'après les éléments ; rappelez le numéro ; ne citez aucun pourcentage.`,
    ],
  });
