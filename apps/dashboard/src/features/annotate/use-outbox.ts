import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { notifyFailed } from '../../components/index.ts';
import { remember } from '../../messages/remember.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { sendLetter } from './send-letter.ts';

export type OutboxState = { waiting: number; offline: boolean };

const recall = (key: string): string | null => {
  try {
    return window.localStorage.getItem(key);
  } catch {
    // Storage may be blocked: then nothing was kept.
    return null;
  }
};

/** This person's outbox in this browser, and how much waits in it. */
export function useOutbox(): { outbox: Outbox; state: OutboxState } {
  const { t } = useTranslation('annotate');
  const me = useMe();
  const [state, setState] = useState<OutboxState>({ waiting: 0, offline: false });
  const [outbox] = useState(() => {
    const key = `pointsman.annotate.${me.email ?? me.name}`;
    return openOutbox({
      kept: recall(key),
      keep: (letters) => remember(key, letters),
      send: sendLetter,
      wait: (ms) => new Promise((resolve) => window.setTimeout(resolve, ms)),
      onChange: (waiting, offline) => setState({ waiting, offline }),
      onRefused: (_, message) => notifyFailed(t('refused'))(new Error(message)),
    });
  });
  useEffect(() => {
    outbox.retry();
    window.addEventListener('online', outbox.retry);
    return () => window.removeEventListener('online', outbox.retry);
  }, [outbox]);
  return { outbox, state };
}
