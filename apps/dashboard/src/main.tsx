import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { reloadWhenOutdated } from './app/reload-when-outdated.ts';
import { startMessages } from './messages/start-messages.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
reloadWhenOutdated();
await startMessages();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
