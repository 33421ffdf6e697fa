import { frameMessages } from './frame-messages.ts';
import type { Scene } from './scene.ts';
import type { CheckInput, Template } from './template.ts';

/** JSON values as code tests carry them. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A function to be written: what it does, what it gives for which arguments, and how it looks in both languages of code. */
export type CodeTask = {
  /** In snake case; JavaScript gets it in camel case. */
  name: string;
  parameters: readonly string[];
  /** What it does with its parameters and what it returns, in the scene's language. */
  does: string;
  /** Code to mend instead of a function to write; by language of code. */
  given?: Readonly<Record<CodeLanguage, string>> | undefined;
  calls: readonly (readonly Json[])[];
  /** What the function returns: where the expected values come from. */
  solve(...args: readonly Json[]): Json;
  /** The body of the function, in both languages; Python indented by four spaces. */
  bodies: Readonly<Record<CodeLanguage, string>>;
  /** A piece of the body and what a mistaken one has in its place. */
  mistake: Readonly<Record<CodeLanguage, readonly [right: string, wrong: string]>>;
};

export type CodeLanguage = 'javascript' | 'python';

/** A template of functions to write, in JavaScript or Python as chance has it, tested by calling them. */
export const codeTemplate = (name: string, draftTask: (scene: Scene) => CodeTask): Template => ({
  name,
  task: 'code',
  draft(scene) {
    const language = scene.pick(['javascript', 'python'] as const);
    const task = draftTask(scene);
    const call = language === 'python' ? task.name : camelCase(task.name);
    const [right, wrong] = task.mistake[language];
    const body = task.bodies[language];
    const source = (content: string) =>
      fenced(language, functionText(language, { call, parameters: task.parameters, body: content }));
    const given =
      task.given === undefined
        ? undefined
        : fenced(language, functionText(language, { call, parameters: task.parameters, body: task.given[language] }));
    const tests = task.calls.map((args) => ({ call, args, expected: task.solve(...args) }));
    const checks = [{ kind: 'code', language, tests } as unknown as CheckInput];
    return {
      messages: frameMessages(scene, {
        request: `${requestText(scene, { language, call, task })}`,
        data: given,
        format: codeForm(scene, language),
      }),
      reference: source(body),
      nearMiss: source(body.replace(right, () => wrong)),
      checks,
    };
  },
});

const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const fenced = (language: CodeLanguage, code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;

const functionText = (
  language: CodeLanguage,
  { call, parameters, body }: { call: string; parameters: readonly string[]; body: string },
): string =>
  language === 'python'
    ? `def ${call}(${parameters.join(', ')}):\n${body}`
    : `function ${call}(${parameters.join(', ')}) {\n${body}\n}`;

function requestText(
  scene: Scene,
  { language, call, task }: { language: CodeLanguage; call: string; task: CodeTask },
): string {
  const spoken = { javascript: 'JavaScript', python: 'Python' }[language];
  const signature = `${call}(${task.parameters.join(', ')})`;
  if (task.given !== undefined)
    return scene.say({
      en: [
        `This ${spoken} function has a bug. ${task.does} Mend it without changing its name or parameters.`,
        `The function ${signature} below (${spoken}) gives wrong results. ${task.does} Return the corrected function.`,
      ],
      fr: [
        `Cette fonction ${spoken} contient une erreur. ${task.does} Corrigez-la sans changer son nom ni ses paramètres.`,
        `La fonction ${signature} ci-dessous (${spoken}) donne des résultats faux. ${task.does} Renvoyez la fonction corrigée.`,
      ],
    });
  return scene.say({
    en: [
      `Write a ${spoken} function ${signature}. ${task.does}`,
      `I need ${signature} in ${spoken}. ${task.does}`,
      `Implement ${signature} (${spoken}). ${task.does}`,
    ],
    fr: [
      `Écrivez une fonction ${spoken} ${signature}. ${task.does}`,
      `Il me faut ${signature} en ${spoken}. ${task.does}`,
      `Implémente ${signature} (${spoken}). ${task.does}`,
    ],
  });
}

const codeForm = (scene: Scene, language: CodeLanguage): string =>
  scene.say({
    en: [
      `Standard ${language === 'python' ? 'library' : 'language'} only. Give the code in one block.`,
      'One code block, no example calls, no input or output.',
    ],
    fr: [
      `${language === 'python' ? 'Bibliothèque standard' : 'Langage standard'} uniquement. Donnez le code en un seul bloc.`,
      "Un seul bloc de code, sans appel d'exemple, sans entrée ni sortie.",
    ],
  });
