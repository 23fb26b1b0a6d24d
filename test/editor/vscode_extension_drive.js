// Runs the extension as it is packaged, with vscode-languageclient and all, on a
// VS Code that is only pretended. What it did is printed as JSON; the test judges.
//
//   node vscode_extension_drive.js EXTENSION_DIR ROOT SERVER SCENE
'use strict';
const fs = require('fs');
const Module = require('module');
const path = require('path');
const { makeVscode, Document } = require('./vscode_stub.js');
const [extensionDir, root, program, scene] = process.argv.slice(2);

const file = path.join(root, 'src/two.cpp');
const settings = { path: program, buildDirectories: ['build'], rules: '', unsafe: false };
const answers = scene === 'preview-and-apply' ? ['Apply'] : [];
const stub = makeVscode({ root, settings, documents: [new Document(file)], answers });
const load = Module._load;
Module._load = (name, ...more) => (name === 'vscode' ? stub.vscode : load(name, ...more));

const manifest = JSON.parse(fs.readFileSync(path.join(extensionDir, 'package.json'), 'utf8'));
const extension = require(path.join(extensionDir, manifest.main));

function until(done) {
  return new Promise((resolve, reject) => {
    const end = Date.now() + 60000;
    const look = () => {
      if (done()) resolve();
      else if (Date.now() > end) reject(new Error('nothing happened: ' + JSON.stringify(stub.said)));
      else setTimeout(look, 20);
    };
    look();
  });
}

const shown = () => stub.diagnostics(file);
const run = (name) => stub.vscode.commands.executeCommand(`clangConsolidate.${name}`);
const changed = () => stub.events.onDidChangeConfiguration.fire(
  { affectsConfiguration: (section) => section === 'clangConsolidate' });
const plain = (d) => ({ line: d.range.start.line + 1, column: d.range.start.character + 1,
  code: d.code && d.code.value || d.code, message: d.message });

const scenes = {
  async diagnostics(report) {
    await until(() => shown().length > 0);
    report.diagnostics = shown().map(plain);
    report.links = shown().map((d) => String(d.code.target));
    const made = shown().find((d) => plain(d).code === 'consolidate-legacy-construction');
    const source = new stub.vscode.CancellationTokenSource();
    const lists = await Promise.all(stub.codeActions.map((provider) =>
      provider.provideCodeActions(new Document(file), made.range,
        { diagnostics: [made], triggerKind: 1 }, source.token)));
    const fix = lists.flat().find((a) => a.kind.value === 'quickfix');
    report.fix = fix.title;
    await stub.vscode.workspace.applyEdit(fix.edit);
    report.watched = stub.said.watched;
  },
  async preview() { await run('preview'); },
  async 'preview-and-apply'() {
    await run('preview');
    await until(() => stub.said.applied.length === 2);
  },
  async apply() {
    await run('apply');
    await until(() => stub.said.applied.length === 2);
  },
  async check() { await run('check'); },
  async restart(report) {
    await until(() => shown().length > 0);
    settings.unsafe = true;
    changed();
    await until(() => fs.readFileSync(path.join(root, 'calls'), 'utf8').trim().split('\n').length === 2);
    await until(() => shown().length > 0);
    await run('restart');
    await until(() => shown().length > 0);
    report.diagnostics = shown().map(plain);
  },
  async missing(report) {
    await until(() => stub.said.errors.length > 0);
    settings.path = path.join(root, 'server');
    changed();
    await until(() => shown().length > 0);
    report.diagnostics = shown().map(plain);
  },
};

async function main() {
  const report = {};
  const context = { subscriptions: [] };
  await extension.activate(context);
  report.commands = [...stub.commands.keys()].sort();
  report.contributed = manifest.contributes.commands.map((c) => c.command).sort();
  report.settings = Object.keys(manifest.contributes.configuration.properties).sort();
  await scenes[scene](report);
  Object.assign(report, stub.said);
  await extension.deactivate();
  process.stdout.write(JSON.stringify(report), () => process.exit(0));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
