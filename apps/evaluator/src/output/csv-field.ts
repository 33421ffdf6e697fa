/** A field of a CSV line, quoted where it must be; a text that a spreadsheet would take for a formula is made plain text. */
export function csvField(value: string | number | undefined): string {
  const text = String(value ?? '');
  const plain = /^[=@+\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
