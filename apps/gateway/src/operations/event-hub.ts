import { EVENT_TOPICS, type EventTopic } from '@pointsman/contracts';

/** A whole picture of a topic, as JSON. */
export type Snapshot = { topic: EventTopic; json: string };

export type Subscription = {
  /**
   * What is new since the last call: of each topic the latest only, so that a slow reader skips what is old. Empty after
   * `patienceMs` of silence; undefined once the subscription is over. One caller at a time.
   */
  next(patienceMs: number): Promise<Snapshot[] | undefined>;
  close(): void;
};

export type EventHub = {
  /** Undefined when there are as many listeners as are allowed, or the hub is closed. */
  subscribe(topics: readonly EventTopic[]): Subscription | undefined;
  /** Ends every subscription, now and later. */
  close(): void;
};

export type EventHubOptions = {
  read: Record<EventTopic, () => Promise<unknown>>;
  onError(error: unknown): void;
  everyMs?: number | undefined;
  mostListeners?: number | undefined;
};

const EVERY_MS = 2_000;
const MOST_LISTENERS = 100;

/** Looks at each topic that somebody listens to, once for all of them, and passes on what changed. */
export function createEventHub(options: EventHubOptions): EventHub {
  const { read, onError, everyMs = EVERY_MS, mostListeners = MOST_LISTENERS } = options;
  const listeners = new Set<Listener>();
  const latest = new Map<EventTopic, string>();
  const looking = new Set<EventTopic>();
  const failing = new Set<EventTopic>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const look = async (topic: EventTopic): Promise<void> => {
    if (looking.has(topic)) return;
    looking.add(topic);
    try {
      const json = JSON.stringify(await read[topic]());
      failing.delete(topic);
      if (latest.get(topic) !== json) {
        latest.set(topic, json);
        for (const listener of listeners) listener.tell(topic, json);
      }
    } catch (error) {
      // An outage is told once, not with each look.
      if (!failing.has(topic)) onError(error);
      failing.add(topic);
    } finally {
      looking.delete(topic);
    }
  };
  const lookAtAll = () => {
    for (const topic of EVENT_TOPICS) if (isHeard(listeners, topic)) void look(topic);
  };
  const leave = (listener: Listener) => {
    listeners.delete(listener);
    // What nobody watches grows old: the next listener gets it fresh.
    for (const topic of EVENT_TOPICS) if (!isHeard(listeners, topic)) latest.delete(topic);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  return {
    subscribe(topics) {
      if (closed || listeners.size >= mostListeners) return undefined;
      const listener = new Listener(topics, leave);
      listeners.add(listener);
      for (const topic of listener.topics) {
        const known = latest.get(topic);
        if (known === undefined) void look(topic);
        else listener.tell(topic, known);
      }
      timer ??= setInterval(lookAtAll, everyMs).unref();
      return listener;
    },
    close() {
      closed = true;
      for (const listener of listeners) listener.close();
    },
  };
}

const isHeard = (listeners: ReadonlySet<Listener>, topic: EventTopic) =>
  [...listeners].some(({ topics }) => topics.has(topic));

class Listener implements Subscription {
  readonly topics: ReadonlySet<EventTopic>;
  readonly #onClose: (listener: Listener) => void;
  readonly #news = new Map<EventTopic, string>();
  #isOver = false;
  #wake: (() => void) | undefined;

  constructor(topics: readonly EventTopic[], onClose: (listener: Listener) => void) {
    this.topics = new Set(topics);
    this.#onClose = onClose;
  }

  tell(topic: EventTopic, json: string): void {
    if (!this.topics.has(topic)) return;
    this.#news.set(topic, json);
    this.#wake?.();
  }

  async next(patienceMs: number): Promise<Snapshot[] | undefined> {
    if (this.#news.size === 0 && !this.#isOver) await this.#wait(patienceMs);
    if (this.#isOver) return undefined;
    const news = [...this.#news].map(([topic, json]) => ({ topic, json }));
    this.#news.clear();
    return news;
  }

  close(): void {
    this.#isOver = true;
    this.#wake?.();
    this.#onClose(this);
  }

  #wait(patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(wake, patienceMs);
      this.#wake = wake;
    });
  }
}
