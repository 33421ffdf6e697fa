import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { errorOutcome, outputsOf } from '../src/action/action-outcome.ts';
import { readInputs, readPublishing } from '../src/action/read-inputs.ts';

type Step = {
  id?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
  if?: string;
};
type Action = {
  inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
};
type Workflow = {
  on: unknown;
  permissions?: Record<string, string>;
  jobs: Record<string, { permissions?: Record<string, string>; steps: Step[] }>;
};

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const action = parse(read('apps/evaluator/action/action.yml')) as Action;
const [evaluate, ...others] = action.runs.steps;

/** Names that code reads out of an environment. */
function namesRead(work: (env: Record<string, string>) => unknown): string[] {
  const names = new Set<string>();
  const given = { INPUT_BENCHMARK: 'b', INPUT_MODELS: 'm' };
  const noted: ProxyHandler<typeof given> = {
    get(target, name) {
      names.add(String(name));
      return Reflect.get(target, name);
    },
  };
  work(new Proxy(given, noted));
  return [...names].filter((name) => name.startsWith('INPUT_'));
}

describe('action.yml', () => {
  it('hands every input that the code reads to it, and no other', () => {
    const read = new Set([...namesRead(readInputs), ...namesRead(readPublishing)]);
    expect(Object.keys(evaluate?.env ?? {}).toSorted()).toEqual([...read].toSorted());
    for (const [name, value] of Object.entries(evaluate?.env ?? {})) {
      const input = name.replace('INPUT_', '').toLowerCase().replaceAll('_', '-');
      expect(value).toBe(`\${{ inputs.${input} }}`);
      expect(action.inputs).toHaveProperty(input);
    }
  });

  it('declares no input that nothing uses', () => {
    const used = JSON.stringify(action.runs.steps);
    expect(Object.keys(action.inputs).filter((name) => !used.includes(`inputs.${name} `))).toEqual([]);
  });

  it('has an output for each that the code sets; what set none could not run', () => {
    const set = Object.keys(outputsOf(errorOutcome('why'), '/r'));
    expect(Object.keys(action.outputs).toSorted()).toEqual(set.toSorted());
    for (const name of set) expect(action.outputs[name]?.value).toContain(`steps.${evaluate?.id}.outputs.${name}`);
    expect(action.outputs.verdict?.value).toMatch(/ \|\| 'error' \}\}$/);
  });

  it('puts nothing of an event into a script', () => {
    for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{');
  });

  it('runs an entry that is there', () => {
    const [, script = '', entry = ''] = /\/\.\.\/\.\.\/\.\.\/(\S+)" \w+ (\S+)$/.exec(evaluate?.run ?? '') ?? [];
    expect([script, entry].map((path) => path !== '' && existsSync(new URL(path, root)))).toEqual([true, true]);
  });

  it('uploads the reports after a failed verdict too', () => {
    expect(others).toHaveLength(1);
    expect(others[0]?.if).toMatch(/^always\(\)/);
  });
});

describe.each(['new-model', 'prompt-changed'])('the workflow %s', (name) => {
  const workflow = parse(read(`docs/how-to/workflows/${name}.yml`)) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  const ours = steps.filter(({ uses }) => uses?.includes('apps/evaluator/action'));

  it('gives our action inputs that it has, all that it needs among them', () => {
    expect(ours.length).toBeGreaterThan(0);
    for (const step of ours) {
      const given = Object.keys(step.with ?? {});
      expect(given.filter((input) => !(input in action.inputs))).toEqual([]);
      const needed = Object.entries(action.inputs).filter(([, { required }]) => required === true);
      expect(needed.filter(([input]) => !given.includes(input))).toEqual([]);
    }
  });

  it('reads outputs that the action has', () => {
    const named = [...JSON.stringify(workflow).matchAll(/evaluation\.outputs\.([\w-]+)/g)].map(
      ([, output = '']) => output,
    );
    expect(named.filter((output) => !(output in action.outputs))).toEqual([]);
  });

  it('may write its comment and nothing else', () => {
    expect(workflow.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
    expect(JSON.stringify(workflow.on)).not.toContain('pull_request_target');
  });
});

it('every foreign action is pinned to a commit', () => {
  const files = [
    'apps/evaluator/action/action.yml',
    'docs/how-to/workflows/new-model.yml',
    'docs/how-to/workflows/prompt-changed.yml',
  ];
  const used = files.flatMap((file) =>
    [...read(file).matchAll(/uses: (\S+)(.*)/g)].map(([, name = '', note]) => ({ name, note })),
  );
  const foreign = used.filter(({ name }) => !name.startsWith('OWNER/REPO/'));
  expect(foreign.length).toBeGreaterThan(0);
  expect(
    foreign.filter(({ name, note }) => !/@[0-9a-f]{40}$/.test(name) || !/ # v\d+\.\d+\.\d+$/.test(note ?? '')),
  ).toEqual([]);
});
