// Imported first for its effect: the other scripts use what came with Node 20, and fail unclearly on older ones.
const [major] = process.versions.node.split('.');

if (Number(major) < 20) {
  process.stderr.write(
    `Pointsman needs Node 20 or newer to start, this is Node ${process.versions.node}. ` +
      'Install Node 24 from https://nodejs.org or with fnm, nvm or mise, then run the same command again.\n',
  );
  process.exit(1);
}
