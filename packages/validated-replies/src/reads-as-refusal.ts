/** Longer texts say more than no. */
const LONGEST_REFUSAL = 600;

const OPENINGS =
  /^\W*((i'?m|i am) (very |really |so )?(sorry|afraid|unable|not able)|sorry\b|(i )?apologi[sz]e|i (cannot|can'?t|can not|won'?t|will not|must decline|decline)\b|(je suis |nous sommes )?(vraiment )?(désolé|navré)|je (ne (peux|puis|suis pas en mesure)|refuse)|je m'excuse)/i;

/** Whether prose opens as models do that decline, in English or French. A guess: use it only where nothing else was found. */
export function readsAsRefusal(text: string): boolean {
  return text.length <= LONGEST_REFUSAL && OPENINGS.test(text.trim().replaceAll('’', "'"));
}
