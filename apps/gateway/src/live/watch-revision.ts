export type RevisionWatch = { stop(): void };

/**
 * Polls the one row that every change of configuration moves, and calls `onChange` when it did. Cheap enough for twice a
 * second, works through connection poolers, and needs no connection of its own. While the database is down nothing is
 * called: what is cached goes on serving.
 */
export function watchRevision(options: {
  read(): Promise<number>;
  onChange(revision: number): Promise<void> | void;
  /** Told once of each new trouble; while it lasts the change is tried again at every look. */
  onError(error: unknown): void;
  everyMs?: number;
}): RevisionWatch {
  let last: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let trouble: string | undefined;

  const look = async () => {
    try {
      const revision = await options.read();
      if (last !== undefined && revision !== last) await options.onChange(revision);
      last = revision;
      trouble = undefined;
    } catch (error) {
      if (String(error) !== trouble) options.onError(error);
      trouble = String(error);
    }
    if (!stopped) timer = setTimeout(look, options.everyMs ?? 500).unref();
  };
  void look();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
