import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainInstallFailure, isNetworkFailure } from './explain-install-failure.mjs';
import { requireRecentHost } from './find-node.mjs';
import { withInstallLock } from './install-lock.mjs';
import { readStamp, wantedInstall, writeStamp } from './wanted-install.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pointsman-install-'));
  mkdirSync(join(root, 'packages', 'contracts'), { recursive: true });
  mkdirSync(join(root, 'node_modules'));
  for (const path of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'packages/contracts/package.json']) {
    writeFileSync(join(root, path), path);
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('wantedInstall', () => {
  it.each(['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'packages/contracts/package.json'])(
    'changes with %s',
    (path) => {
      const before = wantedInstall(root);
      writeFileSync(join(root, path), 'changed');
      expect(wantedInstall(root)).not.toBe(before);
    },
  );

  it('does not change with anything else', () => {
    const before = wantedInstall(root);
    writeFileSync(join(root, 'packages', 'contracts', 'index.ts'), 'changed');
    expect(wantedInstall(root)).toBe(before);
  });
});

describe('readStamp', () => {
  it('gives back what was written', () => {
    writeStamp(root, { hash: 'abc', node: 'host' });
    expect(readStamp(root)).toEqual({ hash: 'abc', node: 'host' });
  });

  it.each(['', '{"hash":', '{"hash":1}'])('takes a damaged stamp %j for none', (text) => {
    writeFileSync(join(root, 'node_modules', '.pointsman-install'), text);
    expect(readStamp(root)).toBeUndefined();
  });
});

describe('withInstallLock', () => {
  const lock = () => join(root, 'node_modules', 'lock');
  const quiet = { onWait: () => undefined };

  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const enter = () =>
      withInstallLock(lock(), quiet, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
      });
    await Promise.all([enter(), enter(), enter()]);
    expect(most).toBe(1);
  });

  it('takes over the lock of a process that died', async () => {
    const neverAPid = 2 ** 22 + 1;
    const { hostname } = await import('node:os');
    writeFileSync(lock(), JSON.stringify({ pid: neverAPid, host: hostname() }));
    await expect(withInstallLock(lock(), quiet, async () => 'in')).resolves.toBe('in');
  });

  it('says whom it waits for', async () => {
    const waitedFor: string[] = [];
    await withInstallLock(lock(), quiet, async () => {
      const second = withInstallLock(lock(), { onWait: (pid) => waitedFor.push(pid) }, async () => undefined);
      await expect.poll(() => waitedFor).toEqual([String(process.pid)]);
      rmSync(lock());
      await second;
    });
  });

  it('is free again after a failure', async () => {
    await expect(withInstallLock(lock(), quiet, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
    await expect(withInstallLock(lock(), quiet, async () => 'in')).resolves.toBe('in');
  });
});

describe('requireRecentHost', () => {
  it.each(['22.19.0', '24.0.0', '26.1.2'])('accepts Node %s', (version) => {
    expect(() => requireRecentHost(version)).not.toThrow();
  });

  it.each(['20.20.2', '22.18.9'])('refuses Node %s and says how to get a newer one', (version) => {
    expect(() => requireRecentHost(version)).toThrow(/Node 24/);
  });
});

describe('explainInstallFailure', () => {
  it.each([
    ['getaddrinfo ENOTFOUND host', /connection/],
    ['ERR_PNPM_OUTDATED_LOCKFILE', /disagree/],
    ['ENOSPC: no space left on device', /disk is full/],
    ['something new', /delete node_modules/],
  ])('shows %j and what to try', (output, advice) => {
    expect(explainInstallFailure(output)).toContain(output);
    expect(explainInstallFailure(output)).toMatch(advice);
  });

  it('tells an unreachable registry from one that answered', () => {
    expect(isNetworkFailure('connect ECONNREFUSED')).toBe(true);
    expect(isNetworkFailure('ERR_PNPM_OUTDATED_LOCKFILE')).toBe(false);
  });
});
