import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { repositoryRoot } from './repository-root.mjs';

type Service = {
  image: string;
  restart: string;
  read_only: boolean;
  environment: Record<string, string | null>;
  volumes: string[];
  networks: string[];
  ports?: string[];
  profiles?: string[];
  build?: { context: string; dockerfile: string };
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  deploy: { resources: { limits: { cpus: string; memory: string } } };
};
type Compose = {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  networks: Record<string, unknown>;
};

const text = readFileSync(join(repositoryRoot, 'docker-compose.yml'), 'utf8');
const compose: Compose = parse(text, { merge: true });
const services = Object.entries(compose.services);
const running = services.filter(([, service]) => service.profiles === undefined);

describe('docker-compose.yml', () => {
  it('declares every volume and network that a service uses', () => {
    for (const [, { volumes, networks }] of services) {
      for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
      for (const network of networks) expect(Object.keys(compose.networks)).toContain(network);
    }
  });

  it.each(running)('watches over %s: health check, restart, limits, read-only root', (_name, service) => {
    expect(service.healthcheck?.test[0]).toMatch(/^CMD/);
    expect(service.restart).toBe('unless-stopped');
    expect(service.read_only).toBe(true);
    expect(service.deploy.resources.limits).toEqual({
      cpus: expect.any(String),
      memory: expect.stringMatching(/^\d+[mg]$/),
    });
  });

  it('waits only for services that have a health check', () => {
    for (const [, { depends_on = {} }] of services) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(condition).toBe('service_healthy');
        expect(compose.services[name]?.healthcheck).toBeDefined();
      }
    }
  });

  it('builds from Dockerfiles that exist', () => {
    for (const [, { build }] of services) {
      if (build !== undefined) expect(existsSync(join(repositoryRoot, build.context, build.dockerfile))).toBe(true);
    }
  });

  it('gives no secret a default and names each in .env.example', () => {
    const example = readFileSync(join(repositoryRoot, '.env.example'), 'utf8');
    const secrets = new Set(text.match(/\b[A-Z]+_(?:PASSWORD|API_KEY)\b/g));
    expect(secrets.size).toBeGreaterThan(2);
    for (const secret of secrets) {
      expect(text).not.toMatch(new RegExp(`\\$\\{${secret}(?::?-|\\})`));
      expect(example).toMatch(new RegExp(`^${secret}=$`, 'm'));
    }
  });

  it('publishes the gateway alone, on the loopback address unless told otherwise', () => {
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(['gateway']);
    expect(compose.services.gateway?.ports).toEqual([expect.stringContaining(':-127.0.0.1:8080}')]);
  });

  it('never lets emulated models answer because a key was forgotten', () => {
    expect(compose.services.gateway?.environment.POINTSMAN_EMULATOR).toContain(':-off');
  });

  it('checks the gateway with the same command as its image', () => {
    const dockerfile = readFileSync(join(repositoryRoot, 'apps/gateway/Dockerfile'), 'utf8');
    const [, ...words] = compose.services.gateway?.healthcheck?.test ?? [];
    expect(dockerfile).toContain(`CMD ${JSON.stringify(words).replaceAll(',', ', ')}`);
  });
});
