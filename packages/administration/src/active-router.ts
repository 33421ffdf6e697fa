import { GatewayError } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { z } from 'zod';

type Storage = Pick<Repositories, 'settings'>;

const SETTING = 'router';

const activeRouterSchema = z.object({
  /** Absolute folder of the artefact, as the gateways see it. */
  artefactDir: z.string(),
  version: z.string(),
  /** In which it may serve; absent when nobody judged it. */
  mode: z.string().optional(),
});
export type ActiveRouter = z.infer<typeof activeRouterSchema>;

const changeSchema = z.object({
  at: z.iso.datetime(),
  /** Who did it. */
  by: z.string(),
  /** `forced`: promoted although the gate held it. */
  action: z.enum(['used', 'promoted', 'forced', 'rolled-back']),
  /** What serves since; null: the shipped artefact. */
  router: activeRouterSchema.nullable(),
  reasons: z.array(z.string()),
});
export type RouterChange = z.infer<typeof changeSchema>;

const settingSchema = z.object({
  /** What served one after the other, the last serves now; null: the shipped artefact. What was rolled back is gone. */
  served: z.array(activeRouterSchema.nullable()),
  /** Oldest first. */
  history: z.array(changeSchema),
});
type Setting = z.infer<typeof settingSchema>;

/** How far one can go back, and how much is remembered. */
const MOST_SERVED = 20;
const MOST_CHANGES = 200;

/** Makes gateways serve this artefact (they reload within a second); undefined returns to the shipped one. */
export async function setActiveRouter(
  repositories: Storage,
  router: ActiveRouter | undefined,
  note: Omit<RouterChange, 'router'>,
): Promise<void> {
  await repositories.settings.change(SETTING, (value): Setting => {
    const { served, history } = settingFrom(value);
    const next = router ?? null;
    const isSame = JSON.stringify(served.at(-1) ?? null) === JSON.stringify(next);
    return {
      served: isSame ? served : [...served, next].slice(-MOST_SERVED),
      history: remembered(history, { ...note, router: next }),
    };
  });
}

/**
 * Makes gateways serve again what served before; returns the change.
 * @throws {GatewayError} `conflict` when nothing but the shipped artefact has served.
 */
export async function rollBackRouter(
  repositories: Storage,
  note: Pick<RouterChange, 'at' | 'by' | 'reasons'>,
): Promise<RouterChange> {
  const { history } = await repositories.settings.change(SETTING, (value): Setting => {
    const { served, history: before } = settingFrom(value);
    if (served.length === 0)
      throw new GatewayError('conflict', 'There is nothing to roll back: the shipped artefact has served all along.');
    const router = served.at(-2) ?? null;
    return {
      served: served.slice(0, -1),
      history: remembered(before, { ...note, action: 'rolled-back', router }),
    };
  });
  const change = history.at(-1);
  if (change === undefined) throw new Error('the change was not remembered');
  return change;
}

/** The artefact chosen by an operator; undefined while the shipped one serves. */
export async function showRouter(repositories: Storage): Promise<ActiveRouter | undefined> {
  return (await readSetting(repositories)).served.at(-1) ?? undefined;
}

/** What would serve after a roll-back: null for the shipped artefact, undefined when there is nothing to roll back. */
export async function previousRouter(repositories: Storage): Promise<ActiveRouter | null | undefined> {
  const { served } = await readSetting(repositories);
  return served.length === 0 ? undefined : (served.at(-2) ?? null);
}

/** Every change of the artefact in use, newest first. */
export async function routerHistory(repositories: Storage): Promise<RouterChange[]> {
  return (await readSetting(repositories)).history.toReversed();
}

const readSetting = async ({ settings }: Storage): Promise<Setting> => settingFrom(await settings.get(SETTING));

/** Earlier versions kept the artefact alone. */
function settingFrom(value: unknown): Setting {
  if (value === undefined || value === null) return { served: [], history: [] };
  const alone = activeRouterSchema.safeParse(value);
  return alone.success ? { served: [alone.data], history: [] } : settingSchema.parse(value);
}

const remembered = (history: readonly RouterChange[], change: RouterChange): RouterChange[] =>
  [...history, change].slice(-MOST_CHANGES);
