// clang-consolidate in VS Code: a thin client. All it knows about rules is asked
// of `clang-consolidate lsp`.
'use strict';

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { serverArguments, checkArguments, migrationRequest, summary } = require('./commands');

let client;

function settings() {
  return vscode.workspace.getConfiguration('clangConsolidate');
}

async function start() {
  const program = settings().get('path');
  client = new LanguageClient('clang-consolidate', 'clang-consolidate',
    { command: program, args: serverArguments(settings()) },
    {
      documentSelector: ['c', 'cpp', 'objective-c', 'objective-cpp']
        .map((language) => ({ scheme: 'file', language })),
    });
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(
      `${program} does not run: ${error.message}. Set clangConsolidate.path.`);
  }
}

/** A server that never ran cannot be stopped. */
async function stop() {
  if (client && client.needsStop()) await client.stop();
}

async function restart() {
  await stop();
  await start();
}

function folderUri() {
  const active = vscode.window.activeTextEditor;
  const folder = (active && vscode.workspace.getWorkspaceFolder(active.document.uri)) ||
    (vscode.workspace.workspaceFolders || [])[0];
  return folder && folder.uri.toString();
}

async function run(name) {
  return client.sendRequest('workspace/executeCommand', migrationRequest(name, folderUri()));
}

/** Shows the patch, and offers to apply it. */
async function preview() {
  const result = await run('previewMigration');
  const document = await vscode.workspace.openTextDocument(
    { content: result.diff, language: 'diff' });
  await vscode.window.showTextDocument(document);
  const answer = await vscode.window.showInformationMessage(summary(result), 'Apply');
  if (answer === 'Apply') await apply();
}

async function apply() {
  vscode.window.showInformationMessage(summary(await run('applyMigration')));
}

/** In a terminal, where its places can be clicked. */
function check() {
  const uri = folderUri();
  const terminal = vscode.window.createTerminal({
    name: 'clang-consolidate check',
    cwd: uri && vscode.Uri.parse(uri),
    shellPath: settings().get('path'),
    shellArgs: checkArguments(settings()),
  });
  terminal.show();
}

/** What goes wrong is shown, not lost. */
async function shown(action) {
  try {
    await action();
  } catch (error) {
    vscode.window.showErrorMessage(`clang-consolidate: ${error.message}`);
  }
}

async function activate(context) {
  const add = (name, action) => context.subscriptions.push(
    vscode.commands.registerCommand(`clangConsolidate.${name}`, () => shown(action)));
  add('preview', preview);
  add('apply', apply);
  add('check', check);
  add('restart', restart);
  context.subscriptions.push(vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('clangConsolidate')) shown(restart);
  }));
  await start();
}

function deactivate() {
  return stop();
}

module.exports = { activate, deactivate };
