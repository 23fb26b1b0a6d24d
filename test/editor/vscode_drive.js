// VS Code's own protocol layer, driving the server as the extension does.
'use strict';
const fs = require('fs');
const path = require('path');
const { spawn } = require('child_process');
const { pathToFileURL } = require('url');
const [program, root, extension] = process.argv.slice(2);
const protocol = require(path.join(extension, 'node_modules/vscode-languageserver-protocol/node'));
const { serverArguments, migrationRequest, summary } = require(path.join(extension, 'commands.js'));

async function main() {
  const server = spawn(program, serverArguments({}), { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(server.stdout),
    new protocol.StreamMessageWriter(server.stdin));
  const report = { progress: [] };
  let published;
  const arrived = new Promise((resolve) => { published = resolve; });
  connection.onNotification(protocol.PublishDiagnosticsNotification.type, published);
  const edited = new Promise((resolve) => {
    connection.onRequest(protocol.ApplyWorkspaceEditRequest.type, (params) => {
      resolve(params.edit);
      return { applied: true };
    });
  });
  connection.onProgress(protocol.WorkDoneProgress.type, 'drive',
    (value) => report.progress.push(value.kind));
  connection.listen();

  const rootUri = pathToFileURL(root).toString();
  const file = path.join(root, 'src/two.cpp');
  const uri = pathToFileURL(file).toString();
  await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid, rootUri, capabilities: {},
    workspaceFolders: [{ uri: rootUri, name: 'root' }],
  });
  connection.sendNotification(protocol.InitializedNotification.type, {});
  connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'cpp', version: 1, text: fs.readFileSync(file, 'utf8') },
  });
  report.diagnostics = (await arrived).diagnostics;
  report.actions = await connection.sendRequest(protocol.CodeActionRequest.type, {
    textDocument: { uri }, range: report.diagnostics[1].range,
    context: { diagnostics: [report.diagnostics[1]] },
  });
  const request = (name) => connection.sendRequest(protocol.ExecuteCommandRequest.type,
    { ...migrationRequest(name, rootUri), workDoneToken: 'drive' });
  report.preview = summary(await request('previewMigration'));
  await request('applyMigration');
  report.edit = await edited;
  await connection.sendRequest(protocol.ShutdownRequest.type);
  const ended = new Promise((resolve) => server.on('exit', resolve));
  connection.sendNotification(protocol.ExitNotification.type);
  report.status = await ended;
  process.stdout.write(JSON.stringify(report));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
