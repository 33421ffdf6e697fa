import { isMainThread } from 'node:worker_threads';

// Preloaded by launch.mjs: a launcher killed with -9 cannot pass anything on, so its child watches for it instead of
// serving on as an orphan. Worker threads and grandchildren inherit the preload and must not watch.
const launcher = Number(process.env.POINTSMAN_LAUNCHER_PID);
const CHECK_EVERY_MS = 500;

if (isMainThread && process.ppid === launcher) {
  const timer = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_EVERY_MS);
  timer.unref();
}
