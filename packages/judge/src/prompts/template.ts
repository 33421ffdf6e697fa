import { z } from 'zod';

/** Lines of text with slots such as `{{reply}}`. */
export type Template = readonly string[];

const SLOT = /\{\{(\w+)\}\}/g;

/** A template in a data file: it has the slots named, each at least once, and no other. */
export function templateSchema(slots: readonly string[]): z.ZodType<string[]> {
  return z.array(z.string()).superRefine((lines, context) => {
    const found = new Set([...lines.join('\n').matchAll(SLOT)].map(([, slot]) => slot));
    for (const slot of slots) {
      if (!found.has(slot)) context.addIssue({ code: 'custom', message: `has no slot {{${slot}}}` });
    }
    for (const slot of found) {
      if (slot !== undefined && !slots.includes(slot))
        context.addIssue({
          code: 'custom',
          message: `{{${slot}}} is no slot here; there are ${slots.join(', ') || 'none'}`,
        });
    }
  });
}

/** The text with its slots filled, in one pass: what looks like a slot inside a filling stays as it is. */
export function fillTemplate(template: Template, fillings: Readonly<Record<string, string>>): string {
  return template.join('\n').replaceAll(SLOT, (slot, name: string) => fillings[name] ?? slot);
}
