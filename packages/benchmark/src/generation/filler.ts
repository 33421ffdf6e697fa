import { at } from './draw.ts';
import type { Scene } from './scene.ts';

/** Sentences of a report that nobody will ask about, some with figures; the same remark does not come twice in a row. */
export function fillerSentences(scene: Scene): () => string {
  let deck: string[] = [];
  return () => {
    if (scene.chance(0.55)) return factSentence(scene);
    if (deck.length === 0) deck = scene.shuffle(scene.pairs(scene.setting.remarks));
    return deck.pop() ?? '';
  };
}

function factSentence(scene: Scene): string {
  const { many, e } = scene.noun(scene.setting.record);
  const [team = '', otherTeam = ''] = scene.sample(scene.pairs(scene.setting.teams), 2);
  const [site = '', otherSite = ''] = scene.sample(scene.pool(scene.setting.sites), 2);
  const { many: goods } = at(scene.articles(1), 0);
  const step = scene.pair(scene.pick(scene.setting.steps));
  const people = scene.people(2);
  const [name, first] = [at(people, 0).name, at(people, 1).first];
  const count = scene.int(3, 95);
  return scene.say({
    en: [
      `The ${team} team counted ${count} ${many}.`,
      `${count} ${many} were passed on from ${team} to ${otherTeam}.`,
      `${name} stood in for ${first} at ${site}.`,
      `The ${step} was moved from ${site} to ${otherSite}.`,
      `${count} ${goods} were ordered for ${site}.`,
      `${team} asked ${name} for help with the ${step}.`,
      `At ${site} the ${step} took ${count} minutes longer than planned.`,
      `${name} from ${otherTeam} wants to look at the ${goods} again.`,
    ],
    fr: [
      `L'équipe ${team} a compté ${count} ${many}.`,
      `${count} ${many} sont passé${e}s de l'équipe ${team} à l'équipe ${otherTeam}.`,
      `${name} a remplacé ${first} (${site}).`,
      `Le point « ${step} » a changé de lieu : ${otherSite} au lieu de ${site}.`,
      `Commande de ${count} ${goods} pour le site suivant : ${site}.`,
      `L'équipe ${team} a demandé de l'aide à ${name} pour « ${step} ».`,
      `${site} : « ${step} » a duré ${count} minutes de plus que prévu.`,
      `${name} (${otherTeam}) veut revoir la question suivante : ${goods}.`,
    ],
  });
}
