import { jsonBlock, jsonOnly, membersAre } from '../answer-forms.ts';
import { addDays, clock, fullDate, weekdayName } from '../calendar.ts';
import { conversation } from '../conversation.ts';
import type { Language } from '../language.ts';
import type { Person } from '../people.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

type Booking = { day: string; time: number; site: string; people: number };

/** An appointment that is moved several times: when and where it is at the end. */
export const bookingOverTurns: Template = {
  name: 'booking-over-turns',
  task: 'converse',
  draft(scene) {
    const { language } = scene;
    const [who, other] = scene.people(2);
    const [site = '', otherSite = ''] = scene.sample(scene.pool(scene.setting.sites), 2);
    const step = scene.pair(scene.pick(scene.setting.steps));
    const first: Booking = {
      day: scene.workingDay(),
      time: scene.step(9 * 60, 15 * 60, 15),
      site,
      people: scene.int(2, 9),
    };
    const moves = scene.shuffle(movesOf(scene, otherSite)).slice(0, scene.byLevel(1, 2, 4));
    const state = moves.reduce((booking, { move }) => move(booking), first);
    const told = moves.map((move) => move.told);
    const aside =
      scene.level === 2
        ? [
            scene.say({
              en: `By the way, ${other?.name} has a meeting on ${weekdayName(addDays(first.day, 3), language)} at ${clock(first.time - 60)}, but that is another matter.`,
              fr: `Au fait, ${other?.name} a un rendez-vous ${weekdayName(addDays(first.day, 3), language)} à ${clock(first.time - 60)}, mais c'est une autre affaire.`,
            }),
          ]
        : [];
    const opening = openingText(scene, { first, language, step, who });
    const question = scene.say({
      en: 'Confirm the booking as it stands now: JSON object with "name", "place", "date" (YYYY-MM-DD), "time" (HH:MM), "people" (number).',
      fr: 'Confirmez la réservation telle qu’elle est maintenant : objet JSON avec "name", "place", "date" (AAAA-MM-JJ), "time" (HH:MM), "people" (nombre).',
    });
    const answerOf = ({ day, time, site: place, people }: Booking) => ({
      name: who?.name,
      place,
      date: day,
      time: clock(time),
      people,
    });
    const acknowledge = (turn: number) =>
      scene.say({
        en:
          turn === 0
            ? ['That is booked.', 'Booked, thank you.']
            : ['Changed.', 'No problem.', 'I have adapted the booking.'],
        fr:
          turn === 0
            ? ["C'est réservé.", 'La réservation est faite.']
            : ["C'est modifié.", 'Pas de problème.', 'La réservation est adaptée.'],
      });
    return {
      messages: conversation(scene, [opening, ...told, ...aside, `${question} ${jsonOnly(scene)}`], acknowledge),
      reference: jsonBlock(answerOf(state)),
      nearMiss: jsonBlock(answerOf(first)),
      checks: membersAre(answerOf(state)),
    };
  },
};

/** The first turn. */
const openingText = (
  scene: Scene,
  { first, language, step, who }: { first: Booking; language: Language; step: string; who: Person | undefined },
): string =>
  scene.say({
    en: [
      `Please book ${first.site} for ${step} on ${fullDate(first.day, language)} at ${clock(first.time)}, ${first.people} people, in the name of ${who?.name}.`,
      `${who?.name} here. I need ${first.site} on ${fullDate(first.day, language)}, ${clock(first.time)}, for ${first.people} people (${step}).`,
    ],
    fr: [
      `Merci de réserver : ${first.site}, pour « ${step} », le ${fullDate(first.day, language)} à ${clock(first.time)}, ${first.people} personnes, au nom de ${who?.name}.`,
      `Ici ${who?.name}. Il me faut ce lieu : ${first.site}, le ${fullDate(first.day, language)}, ${clock(first.time)}, pour ${first.people} personnes (${step}).`,
    ],
  });

type Move = { told: string; move(booking: Booking): Booking };

/** Changes that may come in any order. */
function movesOf(scene: Scene, otherSite: string): Move[] {
  const later = scene.pick([1, 2, 7]);
  const delay = scene.pick([15, 30, 45, 60, 90]);
  const more = scene.int(1, 4);
  return [
    {
      move: (booking) => ({ ...booking, day: addDays(booking.day, later) }),
      told: scene.say({
        en: `It has to be ${later === 7 ? 'one week' : later === 1 ? 'one day' : `${later} days`} later, same time.`,
        fr: `Il faut décaler ${later === 7 ? "d'une semaine" : later === 1 ? "d'un jour" : `de ${later} jours`}, même heure.`,
      }),
    },
    {
      move: (booking) => ({ ...booking, time: booking.time + delay }),
      told: scene.say({
        en: `Could we begin ${delay} minutes later than planned so far?`,
        fr: `Peut-on commencer ${delay} minutes plus tard que prévu jusqu'ici ?`,
      }),
    },
    {
      move: (booking) => ({ ...booking, site: otherSite }),
      told: scene.say({
        en: `The room is taken: we meet at ${otherSite} instead.`,
        fr: `La salle est prise : on se retrouve plutôt ici : ${otherSite}.`,
      }),
    },
    {
      move: (booking) => ({ ...booking, people: booking.people + more }),
      told: scene.say({
        en: `${more} more ${more === 1 ? 'person' : 'people'} will come along.`,
        fr: `${more} personne${more === 1 ? '' : 's'} de plus ${more === 1 ? 'viendra' : 'viendront'}.`,
      }),
    },
  ];
}
