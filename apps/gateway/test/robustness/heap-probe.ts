// Loaded into a gateway process before its own code (`--import`, with --expose-gc): tells its parent, when asked, how much
// memory is in use after everything that nobody refers to is gone.
process.on('message', () => {
  if (globalThis.gc === undefined) throw new Error('start node with --expose-gc');
  globalThis.gc();
  process.send?.(process.memoryUsage().heapUsed);
});
