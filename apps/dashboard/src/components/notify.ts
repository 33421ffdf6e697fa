import { notifications } from '@mantine/notifications';
import type { ApiError } from '../api/index.ts';

export const notifyDone = (message: string) => notifications.show({ message, color: 'green' });

/** What the server said was wrong and how to mend it. */
export const notifyFailed = (title: string) => (error: ApiError | Error) =>
  notifications.show({ title, message: error.message, color: 'red', autoClose: 10_000 });
