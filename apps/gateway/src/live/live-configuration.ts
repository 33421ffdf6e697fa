import {
  buildModelDirectory,
  type Configuration,
  chosenArtefact,
  type ModelDirectory,
  type ModelSource,
  showShadowRouter,
} from '@pointsman/administration';
import { hashKey, type Repositories } from '@pointsman/db';
import { shippedCatalog } from '@pointsman/model-catalog';
import { shippedArtefactDir } from '@pointsman/router-model';
import { errorText, type Log } from '../logging/create-log.ts';
import type { Authentication } from '../pipeline/authenticate.ts';
import { buildCertificateDirectory, type CertificateDirectory } from './certificate-directory.ts';
import { createKeyDirectory } from './key-directory.ts';
import { createLiveRouter, type LiveRouter } from './live-router.ts';
import type { LiveShadow } from './shadow-router.ts';
import { watchRevision } from './watch-revision.ts';

/** Everything that an operator changes while the gateway runs: keys, clients, policies, the catalogue, the router, certificates. */
export type LiveConfiguration = {
  findCaller: Authentication['findCaller'];
  directory(): ModelDirectory;
  router: LiveRouter;
  findCertificate: CertificateDirectory['find'];
  stop(): void;
};

export type LiveConfigurationOptions = {
  configuration: Configuration;
  repositories: Repositories;
  source: ModelSource;
  /** Told which artefact predicts beside the one in use. */
  shadow: Pick<LiveShadow, 'use'>;
  log: Log;
};

/** Loads it, and loads it anew within a second of a change; what does not load leaves the old in place. */
export async function openLiveConfiguration(options: LiveConfigurationOptions): Promise<LiveConfiguration> {
  const { configuration, repositories, source, shadow, log } = options;
  const readDirectory = async () =>
    buildModelDirectory((await repositories.catalogs.active()) ?? shippedCatalog(), configuration, source.emulated);
  let directory = await readDirectory();
  const readCertificates = async () => buildCertificateDirectory(await repositories.certificates.latest());
  let certificates = await readCertificates();
  const keys = createKeyDirectory({ hash: hashKey, find: (hash) => repositories.keys.findByHash(hash) });
  const router = createLiveRouter({
    onLoaded: (manifest) => log.info('router model loaded', { version: manifest.version }),
    onFailure: (artefactDir, error) =>
      log.error('router artefact does not load', { artefactDir, error: errorText(error) }),
  });
  const useActiveRouter = async () => {
    await router.use((await chosenArtefact(repositories, configuration)) ?? { artefactDir: shippedArtefactDir() });
  };
  const useShadowRouter = async () => shadow.use(await showShadowRouter(repositories));
  await useActiveRouter();
  await useShadowRouter();
  const watch = watchRevision({
    read: () => repositories.configRevision(),
    onChange: async () => {
      keys.drop();
      directory = await readDirectory();
      certificates = await readCertificates();
      await useActiveRouter();
      await useShadowRouter();
    },
    onError: (error) => log.warn('configuration changes are not seen', { error: errorText(error) }),
  });
  return {
    findCaller: keys.findCaller,
    directory: () => directory,
    router,
    findCertificate: (clientId, policy) => certificates.find(clientId, policy),
    stop: watch.stop,
  };
}
