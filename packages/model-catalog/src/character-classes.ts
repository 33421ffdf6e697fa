/** Classes of UTF-16 code units that tokenisers treat alike; letters of words come first, up to `lastLetter`. */
export const CLASSES = {
  lower: 0,
  upper: 1,
  accented: 2,
  vietnamese: 3,
  lastLetter: 3,
  digit: 4,
  space: 5,
  newline: 6,
  punctuation: 7,
  cyrillic: 8,
  greekOrCaucasian: 9,
  arabic: 10,
  hebrew: 11,
  indic: 12,
  southEastAsian: 13,
  kana: 14,
  ideograph: 15,
  hangul: 16,
  fullWidth: 17,
  symbol: 18,
  surrogate: 19,
  other: 20,
  none: 21,
} as const;

/** Inclusive ranges of Unicode blocks; a later range overrides an earlier one. */
const RANGES: readonly (readonly [first: number, last: number, kind: number])[] = [
  [0x0000, 0xffff, CLASSES.other],
  [0x0000, 0x007f, CLASSES.punctuation],
  [0x0009, 0x0009, CLASSES.space],
  [0x0020, 0x0020, CLASSES.space],
  [0x000a, 0x000a, CLASSES.newline],
  [0x000d, 0x000d, CLASSES.newline],
  [0x0030, 0x0039, CLASSES.digit],
  [0x0041, 0x005a, CLASSES.upper],
  [0x0061, 0x007a, CLASSES.lower],
  [0x0080, 0x00bf, CLASSES.symbol],
  [0x00c0, 0x024f, CLASSES.accented],
  [0x00d7, 0x00d7, CLASSES.symbol],
  [0x00f7, 0x00f7, CLASSES.symbol],
  [0x0300, 0x036f, CLASSES.accented],
  [0x0370, 0x03ff, CLASSES.greekOrCaucasian],
  [0x0400, 0x052f, CLASSES.cyrillic],
  [0x0530, 0x058f, CLASSES.greekOrCaucasian],
  [0x0590, 0x05ff, CLASSES.hebrew],
  [0x0600, 0x077f, CLASSES.arabic],
  [0x0900, 0x0dff, CLASSES.indic],
  [0x0e00, 0x109f, CLASSES.southEastAsian],
  [0x10a0, 0x10ff, CLASSES.greekOrCaucasian],
  [0x1100, 0x11ff, CLASSES.hangul],
  [0x1780, 0x17ff, CLASSES.southEastAsian],
  [0x1e00, 0x1eff, CLASSES.vietnamese],
  [0x2000, 0x2bff, CLASSES.symbol],
  [0x3000, 0x303f, CLASSES.fullWidth],
  [0x3040, 0x30ff, CLASSES.kana],
  [0x3400, 0x9fff, CLASSES.ideograph],
  [0xac00, 0xd7af, CLASSES.hangul],
  [0xd800, 0xdfff, CLASSES.surrogate],
  [0xf900, 0xfaff, CLASSES.ideograph],
  [0xff00, 0xffef, CLASSES.fullWidth],
];

/** The class of every UTF-16 code unit. */
export const CHARACTER_CLASS: Uint8Array = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [first, last, kind] of RANGES) table.fill(kind, first, last + 1);
  return table;
}
