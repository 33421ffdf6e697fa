import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayDependencies } from '../dependencies.ts';

export type Readiness = {
  status: 'ready' | 'degraded' | 'unavailable';
  emulated: boolean;
  dependencies: Record<string, { status: 'up' | 'down' | 'off'; detail?: string }>;
};

/** Orchestrators give a probe one second: a database that takes longer than this to answer is as good as down. */
const DATABASE_PATIENCE_MS = 500;

/**
 * What the gateway stands on. A database that is down degrades it (decisions are spooled, cached keys go on working); it
 * is unavailable only while it drains. Neither this nor `/livez` ever calls a model.
 */
export async function readiness(deps: GatewayDependencies): Promise<Readiness> {
  const answers = await Promise.race([
    deps.pingDatabase().then(
      () => true,
      () => false,
    ),
    sleep(DATABASE_PATIENCE_MS, false, { ref: false }),
  ]);
  const database = answers
    ? { status: 'up' as const }
    : { status: 'down' as const, detail: 'decisions are kept in memory and on disk until it is back' };
  const manifest = deps.pipeline.manifest();
  const router =
    manifest === undefined
      ? { status: 'off' as const, detail: 'no artefact is loaded: every model is judged by its prior' }
      : { status: 'up' as const, detail: manifest.version };
  const models = deps.pipeline.directory().chatModels.length;
  const providers = { status: models > 0 ? ('up' as const) : ('down' as const), detail: `${models} chat models` };
  const well = database.status === 'up' && models > 0;
  return {
    status: deps.isDraining() ? 'unavailable' : well ? 'ready' : 'degraded',
    emulated: deps.pipeline.emulated,
    dependencies: { database, router, providers },
  };
}
