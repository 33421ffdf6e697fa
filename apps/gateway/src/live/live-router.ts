import { type Manifest, openPredictor, type Predictor } from '@pointsman/router-model';

export type LiveRouter = {
  predictor(): Predictor | undefined;
  manifest(): Manifest | undefined;
  /** Serves the artefact in this folder from now on; a folder that does not load leaves what is served in place. */
  use(artefactDir: string): Promise<void>;
  close(): Promise<void>;
};

/** The router model being served. A gateway without one serves on benchmark averages and priors, and says so. */
export function createLiveRouter(options: { onLoaded(manifest: Manifest): void; onFailure(artefactDir: string, error: unknown): void }): LiveRouter {
  let predictor: Predictor | undefined;
  let loaded: string | undefined;
  return {
    predictor: () => predictor,
    manifest: () => predictor?.manifest,
    async use(artefactDir) {
      if (artefactDir === loaded) return;
      try {
        if (predictor === undefined) predictor = await openPredictor({ artefactDir });
        else await predictor.reload(artefactDir);
        loaded = artefactDir;
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
