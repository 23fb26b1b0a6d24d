// What the extension asks of the server: apart from VS Code, so that a test can
// run it in Node.
'use strict';

/** The command line of the server for the settings of the extension. */
function serverArguments(settings) {
  const words = ['lsp'];
  for (const directory of settings.buildDirectories || []) words.push('-p', directory);
  if (settings.rules) words.push('--rules', settings.rules);
  if (settings.unsafe) words.push('--unsafe');
  return words;
}

/** The command line of `check` for the same settings. */
function checkArguments(settings) {
  return ['check', ...serverArguments({ ...settings, unsafe: false }).slice(1)];
}

/** The request that runs `name` for the project around `uri`. */
function migrationRequest(name, uri) {
  return { command: `clang-consolidate.${name}`, arguments: uri ? [{ uri }] : [] };
}

/** One line about what a migration does. */
function summary(result) {
  const left = result.left ? `, ${result.left} uses left` : '';
  const dropped = result.dropped ? `, ${result.dropped} dropped by verification` : '';
  const unparsed = result.unparsed ? `, ${result.unparsed} translation units do not parse` : '';
  return `${result.files} files change${left}${dropped}${unparsed}`;
}

module.exports = { serverArguments, checkArguments, migrationRequest, summary };
