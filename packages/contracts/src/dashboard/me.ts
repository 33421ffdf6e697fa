import { z } from 'zod';
import { ROLES } from '../clients.ts';

/** Whoever is signed in, and what every page has to know of the installation. */
export const meSchema = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  /** Absent for API keys. */
  email: z.string().optional(),
  /** The one client this person belongs to; absent for those who work for all. */
  clientId: z.string().optional(),
  clientName: z.string().optional(),
  /** Whether the models are emulated: every page then says so. */
  emulated: z.boolean(),
});
export type Me = z.infer<typeof meSchema>;
