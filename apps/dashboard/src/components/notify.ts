import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import type { ApiError } from '../api/index.ts';

const closeButton = () => ({ closeButtonProps: { 'aria-label': i18next.t('shell:action.close') } });

export const notifyDone = (message: string) => notifications.show({ message, color: 'green', ...closeButton() });

/** What the server said was wrong and how to mend it. */
export const notifyFailed = (title: string) => (error: ApiError | Error) =>
  notifications.show({ title, message: error.message, color: 'red', autoClose: 10_000, ...closeButton() });
