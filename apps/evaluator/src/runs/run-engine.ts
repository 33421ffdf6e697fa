import { randomUUID } from 'node:crypto';
import type { BenchmarkCase } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';
import type { ProviderClient } from '@pointsman/providers';
import { RunStopped } from './calls/call-errors.ts';
import type { ModelCall } from './calls/call-key.ts';
import { LEASE_MS, type LedgerDependencies, type LedgeredReply, ledgeredCall } from './calls/ledgered-calls.ts';
import { type Patience, patiently } from './calls/patiently.ts';
import type { ReplyJournal } from './calls/reply-journal.ts';
import {
  type CallableContestant,
  type CheckReply,
  evaluateItem,
  type ItemPlan,
  type RunJudge,
} from './evaluate-item.ts';
import { type GovernorState, RateGovernor } from './limits/rate-governor.ts';
import type { ItemJob, RunQueue } from './queue/run-queue.ts';

/** What a run needs besides its row: read once, when a worker takes it up. */
export type RunMaterial = {
  contestants: readonly CallableContestant[];
  judge: RunJudge;
  /** The cases of the benchmark version, by id. */
  cases: ReadonlyMap<string, { case: BenchmarkCase; hash: string }>;
};

export type EngineOptions = {
  repositories: Pick<Repositories, 'evaluationRuns' | 'evaluationCalls'>;
  queue: RunQueue;
  providers: ProviderClient;
  /** @throws {RunStopped} when a model, the benchmark or the judge of the run is not what it was. */
  materialOf(run: StoredRun): Promise<RunMaterial>;
  check: CheckReply;
  /** Looked at after each item of a sequential or an onboarding run: why the run may end, if it may. */
  mayEnd?: ((run: StoredRun) => Promise<string | undefined>) | undefined;
  now(): number;
  /** Items under way at once. */
  concurrency: number;
  /** How long the database may be away, and how long refusals of providers are waited out. */
  storagePatienceMs: number;
  callPatienceMs: number;
  /** Opens the journal of this worker, by the name it goes by in the ledger. */
  openJournal?: ((holder: string) => ReplyJournal) | undefined;
  /** What the engine lives through and a person may want to know. */
  onTrouble(message: string): void;
};

/** How soon a run that somebody cancelled stops. */
const WATCH_MS = 1_000;

/** A run that this process works on. */
type Work = {
  run: StoredRun;
  material: RunMaterial;
  over: AbortController;
  stopTaking(): Promise<void>;
  watch: NodeJS.Timeout;
};

/** Works on evaluation runs: jobs of a run in, items in the database out; whatever dies on the way is taken up again. */
export class RunEngine {
  readonly #options: EngineOptions;
  readonly #ledger: LedgerDependencies;
  readonly #patience: Patience;
  readonly #governors = new Map<string, RateGovernor>();
  readonly #works = new Map<string, Work>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#patience = { storageMs: options.storagePatienceMs, onTrouble: options.onTrouble };
    const holder = randomUUID();
    const { evaluationCalls: calls, evaluationRuns: runs } = options.repositories;
    this.#ledger = {
      calls,
      runs,
      holder,
      providers: options.providers,
      journal: options.openJournal?.(holder),
      governorFor: (modelId) => this.#governorFor(modelId),
      now: options.now,
      patience: this.#patience,
      callPatienceMs: options.callPatienceMs,
    };
    // A claim that could not be extended is made again by whoever comes next; nothing else is to be done about it here.
    this.#heartbeat = setInterval(() => void calls.extend(holder, LEASE_MS).catch(() => undefined), LEASE_MS / 3);
  }

  /**
   * Puts the open items of a run on the queue, as a new generation, for whoever works on it.
   * @returns undefined when there is no such run or it is over.
   */
  async enqueue(runId: string): Promise<StoredRun | undefined> {
    const { evaluationRuns: runs, evaluationCalls: calls } = this.#options.repositories;
    const run = await runs.start(runId);
    if (run === undefined) return undefined;
    try {
      await calls.sweep();
      const { queue } = this.#options;
      await queue.drop({ runId, generation: run.generation - 1 });
      await queue.enqueue({ runId, generation: run.generation }, await runs.openItems(runId));
      return run;
    } catch (error) {
      await runs.end(runId, 'stopped', error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** Works on a run that is on the queue until it is over; false when it does so already. */
  async join(run: StoredRun): Promise<boolean> {
    const known = this.#works.get(run.id);
    if (known?.run.generation === run.generation) return false;
    if (known !== undefined) await this.#leave(known);
    this.#take(run, await this.#options.materialOf(run));
    return true;
  }

  /**
   * One paid call of a running run that has no items on the queue: the same ledger, limits and patience.
   * @throws as `ledgeredCall`.
   */
  call(call: ModelCall, run: { id: string; signal: AbortSignal }): Promise<LedgeredReply> {
    return ledgeredCall(call, run, this.#ledger);
  }

  /** What is known of the providers' limits, for people. */
  limits(): (GovernorState & { modelId: string })[] {
    return [...this.#governors].map(([modelId, governor]) => ({ modelId, ...governor.describe() }));
  }

  /** The runs it works on, and the calls to models under way and waiting for providers' limits. */
  load(): { runs: string[]; calls: { running: number; waiting: number } } {
    const calls = { running: 0, waiting: 0 };
    for (const { running, waiting } of this.limits()) {
      calls.running += running;
      calls.waiting += waiting;
    }
    return { runs: [...this.#works.keys()], calls };
  }

  /** Stops taking work, waits for the calls under way and writes them down. */
  async close(): Promise<void> {
    await Promise.all([...this.#works.values()].map((work) => this.#leave(work)));
    clearInterval(this.#heartbeat);
    await this.#ledger.journal?.close();
  }

  #governorFor(modelId: string): RateGovernor {
    const governor = this.#governors.get(modelId) ?? new RateGovernor({ now: this.#options.now });
    this.#governors.set(modelId, governor);
    return governor;
  }

  #take(run: StoredRun, material: RunMaterial): void {
    const over = new AbortController();
    const handlers = {
      item: (job: ItemJob) => this.#doItem(work, job),
      finish: () => this.#finish(work),
    };
    const work: Work = {
      run,
      material,
      over,
      stopTaking: this.#options.queue.work(
        { runId: run.id, generation: run.generation },
        handlers,
        this.#options.concurrency,
      ),
      // While the database is away nobody can cancel anything either.
      watch: setInterval(() => void this.#watch(work).catch(() => undefined), WATCH_MS),
    };
    this.#works.set(run.id, work);
  }

  async #doItem(work: Work, job: ItemJob): Promise<void> {
    const { run, over } = work;
    if (over.signal.aborted) return;
    try {
      const item = await evaluateItem(planOf(work, job), {
        call: (call) => ledgeredCall(call, { id: run.id, signal: over.signal }, this.#ledger),
        check: this.#options.check,
      });
      const { evaluationRuns: runs } = this.#options.repositories;
      await patiently(() => runs.finishItem(run.id, job.contestant, item), this.#patience);
      const { sequential, onboarding } = run.spec;
      const why = sequential || onboarding ? await this.#options.mayEnd?.(run) : undefined;
      if (why !== undefined) await this.#end(work, 'finished', why);
    } catch (error) {
      if (over.signal.aborted) return;
      if (!(error instanceof RunStopped)) throw error;
      await this.#end(work, 'stopped', error.message);
    }
  }

  async #finish(work: Work): Promise<void> {
    const { run, over } = work;
    if (over.signal.aborted) return;
    const { evaluationRuns: runs } = this.#options.repositories;
    const { total, done } = await patiently(() => runs.progress(run.id), this.#patience);
    if (done === total) await this.#end(work, 'finished');
    else
      await this.#end(work, 'failed', `${total - done} of ${total} items met a fault of ours whenever they were tried`);
  }

  async #end(work: Work, status: 'stopped' | 'finished' | 'failed', why?: string): Promise<void> {
    const { evaluationRuns: runs } = this.#options.repositories;
    work.over.abort(new RunStopped('ended', why ?? `the run is ${status}`));
    await patiently(() => runs.end(work.run.id, status, why), this.#patience);
  }

  async #watch(work: Work): Promise<void> {
    const { id, generation } = work.run;
    const stored = await this.#options.repositories.evaluationRuns.get(id);
    if (stored?.status === 'running' && stored.generation === generation) return;
    work.over.abort(new RunStopped('ended', `the run is ${stored?.status ?? 'gone'}`));
    await this.#leave(work);
  }

  /** What is still under way ends by itself: its signal was aborted. */
  async #leave(work: Work): Promise<void> {
    clearInterval(work.watch);
    this.#works.delete(work.run.id);
    await work.stopTaking();
  }
}

function planOf({ run, material }: Work, job: ItemJob): ItemPlan {
  const contestant = material.contestants[job.contestant];
  const subject = material.cases.get(job.caseId);
  if (contestant === undefined || subject === undefined) {
    throw new Error(`run ${job.runId} has no contestant ${job.contestant} or no case ${job.caseId}`);
  }
  const { maxOutputTokens, replicate } = run.spec;
  const { judge } = material;
  const { emulated } = run;
  return { contestant, judge, case: subject.case, caseHash: subject.hash, maxOutputTokens, replicate, emulated };
}
