import { jsonBlock, jsonOnly, membersAre } from '../answer-forms.ts';
import { addDays, longDate, slashDate } from '../calendar.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Both } from '../language.ts';
import { listText } from '../language.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** An invoice as running text or as a form, to a JSON object of its fields. */
export const invoiceFields: Template = {
  name: 'invoice-fields',
  task: 'extract',
  draft(scene) {
    const { language } = scene;
    const issued = scene.workingDay();
    const due = addDays(issued, scene.pick([14, 15, 21, 30, 45]));
    const number = `${scene.pick(['F', 'INV', 'R', 'FA'])}${issued.slice(0, 4)}-${scene.int(1_000, 9_999)}`;
    const lines = scene.articles(scene.byLevel(1, 2, 4)).map(({ one, many, price: [least, most] }) => {
      const quantity = scene.int(1, 12);
      return { name: quantity === 1 ? one : many, quantity, cents: quantity * scene.step(least * 100, most * 100, 25) };
    });
    const net = lines.reduce((sum, { cents }) => sum + cents, 0);
    const tax = Math.round(net * scene.pick([0.055, 0.1, 0.2]));
    const customer = at(scene.people(1), 0).name;
    const orderNumber = at(scene.references(1), 0);
    const dateText = (day: string) => (scene.chance(0.5) ? longDate(day, language) : slashDate(day));
    const items = listText(
      lines.map(({ name, quantity, cents }) => `${quantity} ${name} (${scene.money(cents)})`),
      language,
    );
    const noise =
      scene.level === 2
        ? {
            en: ` An earlier quotation over ${scene.money(net + scene.step(500, 9_000, 50))} is no longer valid.`,
            fr: ` Un devis antérieur de ${scene.money(net + scene.step(500, 9_000, 50))} n'est plus valable.`,
          }
        : { en: '', fr: '' };
    const data = invoiceText(scene, { customer, dateText, due, issued, items, net, noise, number, orderNumber, tax });
    const request = scene.say({
      en: [
        'Extract the fields of this invoice as JSON.',
        'Turn the invoice below into a JSON object.',
        'Read this invoice into our system.',
      ],
      fr: [
        'Extrayez les champs de cette facture en JSON.',
        'Transforme la facture ci-dessous en objet JSON.',
        'Il faut saisir cette facture dans notre outil.',
      ],
    });
    const shape = scene.say({
      en: 'Members: "invoice_number", "order_number", "customer", "issue_date", "due_date" (both YYYY-MM-DD), "tax", "total" (numbers with a decimal point, without currency).',
      fr: 'Membres : "invoice_number", "order_number", "customer", "issue_date", "due_date" (AAAA-MM-JJ), "tax", "total" (nombres avec point décimal, sans devise).',
    });
    const answer = {
      invoice_number: number,
      order_number: orderNumber,
      customer,
      issue_date: issued,
      due_date: due,
      tax: tax / 100,
      total: (net + tax) / 100,
    };
    const wrong = { ...answer, issue_date: due, total: net / 100 };
    return {
      messages: frameMessages(scene, { request, data, format: `${shape} ${jsonOnly(scene)}` }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock(wrong),
      checks: membersAre(answer, 0.001),
    };
  },
};

/** The invoice, as a form or as a letter. */
const invoiceText = (
  scene: Scene,
  {
    customer,
    dateText,
    due,
    issued,
    items,
    net,
    noise,
    number,
    orderNumber,
    tax,
  }: {
    customer: string;
    dateText: (day: string) => string;
    due: string;
    issued: string;
    items: string;
    net: number;
    noise: Both;
    number: string;
    orderNumber: string;
    tax: number;
  },
): string =>
  scene.say({
    en: [
      `${scene.organisation}\nInvoice ${number} of ${dateText(issued)}\nTo: ${customer}\nYour order: ${orderNumber}\n\nWe charge you for ${items}.${noise.en}\nNet: ${scene.money(net)}\nTax: ${scene.money(tax)}\nTotal: ${scene.money(net + tax)}\nPayable by ${dateText(due)}.`,
      `Dear ${customer},\n\nplease find our invoice no. ${number}, dated ${dateText(issued)}, for order ${orderNumber}: ${items}.${noise.en} The total of ${scene.money(net + tax)} includes ${scene.money(tax)} tax. We kindly ask for payment by ${dateText(due)}.\n\nThe ${scene.team} team, ${scene.organisation}`,
    ],
    fr: [
      `${scene.organisation}\nFacture ${number} du ${dateText(issued)}\nClient : ${customer}\nVotre commande : ${orderNumber}\n\nNous vous facturons ${items}.${noise.fr}\nTotal HT : ${scene.money(net)}\nTVA : ${scene.money(tax)}\nTotal TTC : ${scene.money(net + tax)}\nÀ régler avant le ${dateText(due)}.`,
      `Bonjour ${customer},\n\nveuillez trouver notre facture n° ${number}, datée du ${dateText(issued)}, pour la commande ${orderNumber} : ${items}.${noise.fr} Le total de ${scene.money(net + tax)} comprend ${scene.money(tax)} de TVA. Merci de régler avant le ${dateText(due)}.\n\nL'équipe ${scene.team}, ${scene.organisation}`,
    ],
  });
