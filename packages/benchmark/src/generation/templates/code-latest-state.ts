import { addDays } from '../calendar.ts';
import { type CodeTask, codeTemplate } from '../code-template.ts';
import { at } from '../draw.ts';

/** A journal of changes of state: each record's last state, or how many are in each. */
export const codeLatestState = codeTemplate('code-latest-state', (scene) => {
  const { records, groups } = scene.setting.code;
  const states = ['new', 'active', 'paused', 'closed'];
  const start = scene.workingDay();
  const skipsClosed = scene.level > 0;
  const counts = scene.level === 2;
  const drawEvents = (size: number) =>
    scene.shuffle(
      Array.from({ length: size }, (_, index) => ({
        id: `${scene.pick(groups)}-${scene.int(1, 3)}`,
        state: scene.pick(states),
        day: addDays(start, index),
      })),
    );
  const left = skipsClosed
    ? {
        en: ' Leave out those whose last state is "closed".',
        fr: ' Laissez de côté ceux dont le dernier état est "closed".',
      }
    : { en: '', fr: '' };
  const result = counts
    ? {
        en: 'Return an object (dictionary) from state to the number of ids that are in it last.',
        fr: "Renvoyez un objet (dictionnaire) de l'état vers le nombre d'identifiants qui s'y trouvent en dernier.",
      }
    : {
        en: 'Return an object (dictionary) from id to its last state.',
        fr: "Renvoyez un objet (dictionnaire) de l'identifiant vers son dernier état.",
      };
  return {
    name: counts ? `count_${records}_by_state` : `last_state_of_${records}`,
    parameters: ['events'],
    does: scene.say({
      en: `"events" is the journal of our ${records} in no particular order: {"id": "${at(groups, 0)}-1", "state": "active", "day": "${start}"}. Days of one id never repeat; the latest day decides. ${result.en}${left.en}`,
      fr: `« events » est le journal de nos ${records}, sans ordre particulier : {"id": "${at(groups, 0)}-1", "state": "active", "day": "${start}"}. Les jours d'un identifiant ne se répètent pas ; le plus récent l'emporte. ${result.fr}${left.fr}`,
    }),
    calls: [
      [[]],
      [drawEvents(2)],
      [drawEvents(6)],
      [drawEvents(12)],
      [drawEvents(20)],
      [
        [
          { id: 'x-1', state: 'closed', day: addDays(start, 1) },
          { id: 'x-1', state: 'paused', day: start },
          { id: 'y-1', state: 'active', day: start },
        ],
      ],
    ],
    solve: (events) => lastStates(events as StateEvent[], { skipsClosed, counts }),
    bodies: bodiesOf({ skipsClosed, counts }),
    mistake: {
      javascript: ['event.day > last[event.id].day', 'event.day < last[event.id].day'],
      python: ['event["day"] > known["day"]', 'event["day"] < known["day"]'],
    },
  };
});

const bodiesOf = ({ skipsClosed, counts }: { skipsClosed: boolean; counts: boolean }): CodeTask['bodies'] => ({
  javascript: `  const last = {};
  for (const event of events) {
    if (!(event.id in last) || event.day > last[event.id].day) last[event.id] = event;
  }
  const result = {};
  for (const { id, state } of Object.values(last)) {
${skipsClosed ? "    if (state === 'closed') continue;\n" : ''}    ${counts ? 'result[state] = (result[state] ?? 0) + 1;' : 'result[id] = state;'}
  }
  return result;`,
  python: `    last = {}
    for event in events:
        known = last.get(event["id"])
        if known is None or event["day"] > known["day"]:
            last[event["id"]] = event
    result = {}
    for event in last.values():
${skipsClosed ? '        if event["state"] == "closed":\n            continue\n' : ''}        ${counts ? 'result[event["state"]] = result.get(event["state"], 0) + 1' : 'result[event["id"]] = event["state"]'}
    return result`,
});

type StateEvent = { id: string; state: string; day: string };

function lastStates(
  events: readonly StateEvent[],
  { skipsClosed, counts }: { skipsClosed: boolean; counts: boolean },
): Record<string, number | string> {
  const last = new Map<string, StateEvent>();
  for (const event of events) {
    const known = last.get(event.id);
    if (known === undefined || event.day > known.day) last.set(event.id, event);
  }
  const kept = [...last.values()].filter(({ state }) => !skipsClosed || state !== 'closed');
  if (!counts) return Object.fromEntries(kept.map(({ id, state }) => [id, state]));
  const totals: Record<string, number> = {};
  for (const { state } of kept) totals[state] = (totals[state] ?? 0) + 1;
  return totals;
}
