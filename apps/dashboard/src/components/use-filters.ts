import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

type Value = string | number | boolean | undefined;
type Widened<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends number
      ? number
      : T[K] extends boolean
        ? boolean
        : string | undefined;
};

/** A text of the address bar as the type of its default; nonsense becomes the default. */
function read(text: unknown, fallback: Value): Value {
  if (text === undefined || text === null) return fallback;
  if (typeof fallback === 'number') return Number.isFinite(Number(text)) ? Number(text) : fallback;
  if (typeof fallback === 'boolean') return text === true || text === 'true';
  return String(text);
}

/**
 * The filters of a page, kept in its address: `useFilters({ model: undefined, page: 1, by: 'model' })` gives the values
 * and a setter that merges. What equals its default is left out of the address; changing anything but `page` goes back to page 1.
 */
export function useFilters<T extends Record<string, Value>>(defaults: T) {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  // Written anew by each render of the page, equal in content.
  const key = JSON.stringify(defaults, (_, value) => (value === undefined ? null : value));
  const filters = useMemo(
    () => Object.fromEntries(Object.entries(defaults).map(([name, fallback]) => [name, read(search[name], fallback)])),
    [search, key],
  ) as Widened<T>;
  const setFilters = useCallback(
    (change: Partial<Widened<T>>) =>
      navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: (before: Record<string, unknown>) => {
          const next: Record<string, unknown> = { ...before, ...change };
          if ('page' in defaults && !('page' in change)) next.page = undefined;
          for (const [name, fallback] of Object.entries(defaults)) {
            if (next[name] === fallback || next[name] === '' || next[name] === null) next[name] = undefined;
          }
          return next;
        },
      } as never),
    [navigate, key],
  );
  return [filters, setFilters] as const;
}
