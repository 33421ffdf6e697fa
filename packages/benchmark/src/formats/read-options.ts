import type { BenchmarkCase } from '@pointsman/contracts';

/** What cases get that do not say it themselves. */
export type CaseDefaults = Partial<Pick<BenchmarkCase, 'domain' | 'task' | 'language' | 'difficulty' | 'licence'>>;

export type ReadOptions = {
  /** As the user named it: places begin with it. */
  file: string;
  defaults: CaseDefaults;
  /** What the ids of cases without one begin with; default `case`. */
  idPrefix?: string | undefined;
  /** The file's name of a column or field, and ours. It wins over the names that are recognised. */
  map?: Readonly<Record<string, string>> | undefined;
  /**
   * Opens a file that this one names, by a path relative to it; undefined when there is none. Where the caller gives no
   * such function, rows that need one are bad.
   */
  open?: ((path: string) => Promise<Uint8Array | undefined>) | undefined;
};

/** Text, or bytes as they are on disk. */
export type Content = string | Uint8Array;

/** The last part of a path. */
export const baseName = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;
