import { type Manifest, openPredictor, type Predictor } from '@pointsman/router-model';

/**
 * A folder, and what it is expected to hold when somebody chose it: a folder may be trained anew in place, and the mode in
 * which an artefact may serve is judged anew.
 */
export type ChosenArtefact = { artefactDir: string; version?: string | undefined; mode?: string | undefined };

export type LiveRouter = {
  predictor(): Predictor | undefined;
  manifest(): Manifest | undefined;
  /** Serves this artefact from now on; one that does not load leaves what is served in place. */
  use(artefact: ChosenArtefact): Promise<void>;
  /** Serves none from now on. */
  unload(): Promise<void>;
  close(): Promise<void>;
};

/** The router model being served. A gateway without one serves on benchmark averages and priors, and says so. */
export function createLiveRouter(options: {
  onLoaded(manifest: Manifest): void;
  onFailure(artefactDir: string, error: unknown): void;
}): LiveRouter {
  let predictor: Predictor | undefined;
  let loaded: string | undefined;
  return {
    predictor: () => predictor,
    manifest: () => predictor?.manifest,
    async use({ artefactDir, version = '', mode = '' }) {
      const wanted = `${artefactDir} ${version} ${mode}`;
      if (wanted === loaded) return;
      try {
        if (predictor === undefined) predictor = await openPredictor({ artefactDir });
        else await predictor.reload(artefactDir);
        loaded = wanted;
        options.onLoaded(predictor.manifest);
      } catch (error) {
        options.onFailure(artefactDir, error);
      }
    },
    async unload() {
      const former = predictor;
      predictor = undefined;
      loaded = undefined;
      await former?.close();
    },
    async close() {
      await predictor?.close();
    },
  };
}
