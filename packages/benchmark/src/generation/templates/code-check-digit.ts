import { type CodeTask, codeTemplate } from '../code-template.ts';

/** Record numbers with a check digit: whether a text is a valid one. */
export const codeCheckDigit = codeTemplate('code-check-digit', (scene) => {
  const { prefix } = scene.setting.record;
  const modulus = scene.pick([7, 9]);
  const weights = scene.level === 0 ? [1, 1, 1, 1] : scene.sample([1, 2, 3, 4, 5, 6], 4);
  const isLenient = scene.level === 2;
  const digitOf = (digits: string) =>
    [...digits].reduce((sum, digit, index) => sum + Number(digit) * (weights[index] ?? 0), 0) % modulus;
  const valid = (digits: string) => `${prefix}-${digits}-${digitOf(digits)}`;
  const drawDigits = () => String(scene.int(1_000, 9_999));
  const weighted =
    scene.level === 0
      ? { en: 'the sum of the four digits', fr: 'la somme des quatre chiffres' }
      : {
          en: `the sum of the four digits, multiplied from left to right by ${weights.join(', ')},`,
          fr: `la somme des quatre chiffres, multipliés de gauche à droite par ${weights.join(', ')},`,
        };
  const lenient = isLenient
    ? {
        en: ' Letters may be in either case and spaces around the text are ignored.',
        fr: ' La casse des lettres et les espaces autour du texte sont indifférents.',
      }
    : { en: '', fr: '' };
  const one = valid(drawDigits());
  const wrongDigit = `${one.slice(0, -1)}${(Number(one.at(-1)) + 1) % 10}`;
  const texts = [
    one,
    valid(drawDigits()),
    wrongDigit,
    '',
    `${prefix}-123-1`,
    `X${one}`,
    `${one}0`,
    one.replace('-', ''),
    one.toLowerCase(),
    ` ${valid(drawDigits())} `,
    `${prefix}-12a4-0`,
  ];
  return {
    name: `is_valid_${prefix.toLowerCase()}_number`,
    parameters: ['text'],
    does: scene.say({
      en: `A valid number reads ${prefix}-NNNN-C: four digits, then a check digit C that equals ${weighted.en} modulo ${modulus}.${lenient.en} It returns true or false for any text.`,
      fr: `Un numéro valide s'écrit ${prefix}-NNNN-C : quatre chiffres, puis une clé C égale à ${weighted.fr} modulo ${modulus}.${lenient.fr} Elle renvoie vrai ou faux pour tout texte.`,
    }),
    calls: texts.map((text) => [text]),
    solve(text) {
      const read = isLenient ? String(text).trim().toUpperCase() : String(text);
      const [, digits, check] = new RegExp(`^${prefix}-(\\d{4})-(\\d)$`).exec(read) ?? [];
      return digits !== undefined && digitOf(digits) === Number(check);
    },
    bodies: bodiesOf({ prefix, modulus, weights, isLenient }),
    mistake: { javascript: [`% ${modulus} ===`, `% ${modulus} !==`], python: [`% ${modulus} ==`, `% ${modulus} !=`] },
  };
});

const bodiesOf = ({
  prefix,
  modulus,
  weights,
  isLenient,
}: {
  prefix: string;
  modulus: number;
  weights: readonly number[];
  isLenient: boolean;
}): CodeTask['bodies'] => ({
  javascript: `  const match = /^${prefix}-(\\d{4})-(\\d)$/.exec(${isLenient ? 'text.trim().toUpperCase()' : 'text'});
  if (match === null) return false;
  const weights = [${weights.join(', ')}];
  const sum = [...match[1]].reduce((total, digit, index) => total + Number(digit) * weights[index], 0);
  return sum % ${modulus} === Number(match[2]);`,
  python: `    import re
    match = re.fullmatch(r"${prefix}-([0-9]{4})-([0-9])", ${isLenient ? 'text.strip().upper()' : 'text'})
    if match is None:
        return False
    weights = [${weights.join(', ')}]
    total = sum(int(digit) * weight for digit, weight in zip(match.group(1), weights))
    return total % ${modulus} == int(match.group(2))`,
});
