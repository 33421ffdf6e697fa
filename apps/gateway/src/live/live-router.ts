import { type Manifest, openPredictor, type Predictor } from '@pointsman/router-model';

/** A folder, and the version it is expected to hold when somebody chose it: a folder may be trained anew in place. */
export type ChosenArtefact = { artefactDir: string; version?: string | undefined };

export type LiveRouter = {
  predictor(): Predictor | undefined;
  manifest(): Manifest | undefined;
  /** Serves this artefact from now on; one that does not load leaves what is served in place. */
  use(artefact: ChosenArtefact): Promise<void>;
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
    async use({ artefactDir, version = '' }) {
      const wanted = `${artefactDir} ${version}`;
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
    async close() {
      await predictor?.close();
    },
  };
}
