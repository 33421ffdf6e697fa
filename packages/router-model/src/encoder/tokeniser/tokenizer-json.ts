/** Tokens at the start of every vocabulary trained here: their place is their id, and padding must be 0. */
export const SPECIAL_TOKENS = ['[PAD]', '[UNK]', '[SEP]'] as const;
export const UNKNOWN_TOKEN = SPECIAL_TOKENS[1];
export const SEPARATOR_TOKEN = SPECIAL_TOKENS[2];
/** Before a piece that does not begin a word. */
export const CONTINUATION = '##';

/**
 * Longest word in characters; longer runs come as chunks of this length. The library looks for the longest known piece by
 * trying every length, so a word costs its length squared, and 2 in 10,000 English words are longer.
 */
export const LONGEST_WORD = 16;

// What a word is: one digit, so that numbers do not fill the vocabulary; one Han character; letters with their marks; a
// short run of ASCII punctuation, which is how code and formulas repeat themselves; any other symbol alone. White space and
// control characters (binary, halves of surrogate pairs) are in none of them. Oniguruma and JavaScript both read it.
const WORD = [
  '\\p{N}',
  '\\p{Han}',
  `(?:(?!\\p{Han})[\\p{L}\\p{M}]){1,${LONGEST_WORD}}`,
  '[\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E]{1,8}',
  '[^\\s\\p{L}\\p{M}\\p{N}\\p{C}]',
].join('|');

// Compatibility forms become plain ones (full-width and mathematical letters, ligatures), and Latin letters lose their
// accents: ASCII always has pieces, so no word of a Latin script is unknown for a rare letter. Other scripts keep theirs,
// where marks are vowels.
const NORMALISERS = [
  { type: 'NFKD' },
  { type: 'Replace', pattern: { Regex: '(?<=\\p{Latin})\\p{Mn}+' }, content: '' },
  { type: 'NFC' },
  { type: 'Lowercase' },
];

/** A WordPiece tokenizer.json in Hugging Face's format; ids are places in `pieces`, after the special tokens. */
export function tokenizerJson(pieces: readonly string[]): object {
  const tokens = [...SPECIAL_TOKENS, ...pieces];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL_TOKENS.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: { type: 'Sequence', normalizers: NORMALISERS },
    pre_tokenizer: { type: 'Split', pattern: { Regex: WORD }, behavior: 'Removed', invert: true },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: CONTINUATION, cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: UNKNOWN_TOKEN,
      continuing_subword_prefix: CONTINUATION,
      max_input_chars_per_word: LONGEST_WORD,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
    },
  };
}
