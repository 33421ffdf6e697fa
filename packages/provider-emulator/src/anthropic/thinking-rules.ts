/** What a generation of Claude takes when it comes to thinking. */
export type ThinkingRules = {
  /** `thinking.type: enabled` with a budget. */
  budget: boolean;
  /** `thinking.type: adaptive`. */
  adaptive: boolean;
  /** temperature, top_p and top_k other than their defaults. */
  sampling: boolean;
  /** Thoughts are shown unless the request says otherwise. */
  shown: boolean;
};

/**
 * The rules of a model, by its name: up to 4.5 a budget only, 4.6 either way, Opus 4.7 and everything after it adaptive
 * only and without sampling parameters. A name of no known generation may do everything.
 */
export function thinkingRules(model: string): ThinkingRules {
  if (/opus-4-[78]|(fable|mythos)|(opus|sonnet|haiku)-5/.test(model)) {
    return { budget: false, adaptive: true, sampling: false, shown: false };
  }
  const isEarly = /claude-3|(opus|sonnet|haiku)-4-([0-5]\b|\d{8})/.test(model);
  return { budget: true, adaptive: !isEarly, sampling: true, shown: true };
}
