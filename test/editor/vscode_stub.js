// What VS Code would be to the extension and to vscode-languageclient: the parts
// of the module `vscode` that they touch, without a window. Edits go to the disk.
'use strict';
const fs = require('fs');
const { fileURLToPath, pathToFileURL } = require('url');

class Disposable {
  constructor(dispose = () => {}) { this.dispose = dispose; }
  static from(...all) { return new Disposable(() => all.forEach((one) => one.dispose())); }
}

class EventEmitter {
  constructor() {
    this.listeners = [];
    this.event = (listener, self) => {
      const bound = self ? listener.bind(self) : listener;
      this.listeners.push(bound);
      return new Disposable(() => {
        this.listeners = this.listeners.filter((one) => one !== bound);
      });
    };
  }
  fire(value) { for (const listener of [...this.listeners]) listener(value); }
  dispose() { this.listeners = []; }
}

class Position {
  constructor(line, character) { Object.assign(this, { line, character }); }
}
class Range {
  constructor(start, end, endLine, endCharacter) {
    const numbers = endLine !== undefined;
    this.start = numbers ? new Position(start, end) : start;
    this.end = numbers ? new Position(endLine, endCharacter) : end;
  }
}
class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.split(':')[0];
    this.fsPath = this.scheme === 'file' ? fileURLToPath(text) : text;
    this.path = this.fsPath;
  }
  static parse(text) { return new Uri(text); }
  static file(path) { return new Uri(pathToFileURL(path).toString()); }
  toString() { return this.text; }
}
class TextEdit {
  constructor(range, newText) { Object.assign(this, { range, newText }); }
}
class Diagnostic {
  constructor(range, message, severity) { Object.assign(this, { range, message, severity }); }
}
class CodeActionKind {
  constructor(value) { this.value = value; }
  append(part) { return new CodeActionKind(this.value ? `${this.value}.${part}` : part); }
}
CodeActionKind.Empty = new CodeActionKind('');
CodeActionKind.QuickFix = new CodeActionKind('quickfix');
CodeActionKind.Refactor = new CodeActionKind('refactor');
CodeActionKind.Source = new CodeActionKind('source');
CodeActionKind.RefactorExtract = CodeActionKind.Refactor.append('extract');
CodeActionKind.RefactorInline = CodeActionKind.Refactor.append('inline');
CodeActionKind.RefactorRewrite = CodeActionKind.Refactor.append('rewrite');
CodeActionKind.SourceOrganizeImports = CodeActionKind.Source.append('organizeImports');
class CodeAction {
  constructor(title, kind) { Object.assign(this, { title, kind }); }
}
class WorkspaceEdit {
  constructor() { this.files = new Map(); }
  set(uri, edits) {
    const known = this.files.get(uri.toString()) || [];
    this.files.set(uri.toString(), known.concat(edits));
  }
  replace(uri, range, newText) { this.set(uri, [new TextEdit(range, newText)]); }
}
class CancellationTokenSource {
  constructor() {
    const emitter = new EventEmitter();
    this.token = { isCancellationRequested: false, onCancellationRequested: emitter.event };
    this.cancel = () => { this.token.isCancellationRequested = true; emitter.fire(); };
    this.dispose = () => {};
  }
}

class Document {
  constructor(path, languageId = 'cpp') {
    Object.assign(this, { uri: Uri.file(path), fileName: path, languageId, version: 1,
      isClosed: false });
  }
  getText() { return fs.readFileSync(this.fileName, 'utf8'); }
}

function offsetOf(text, position) {
  const lines = text.split('\n');
  return lines.slice(0, position.line).reduce((sum, line) => sum + line.length + 1, 0) +
    position.character;
}

/** Edits of one text, which stand in it as it is. */
function applied(text, edits) {
  const spans = edits.map((e) => [offsetOf(text, e.range.start), offsetOf(text, e.range.end),
    e.newText]);
  spans.sort((a, b) => b[0] - a[0]);
  for (const [begin, end, added] of spans) text = text.slice(0, begin) + added + text.slice(end);
  return text;
}

/**
 * The module, for one folder with `settings` of the section clangConsolidate.
 * `said` records what the user would see; `answers` are the buttons pressed.
 */
function makeVscode({ root, settings, documents, answers }) {
  const events = {};
  const event = (name) => (events[name] = new EventEmitter()).event;
  const said = { messages: [], errors: [], opened: [], terminals: [], progress: [],
    applied: [], watched: [], output: [] };
  const commands = new Map();
  const collections = [];
  const codeActions = [];
  const message = (list) => (text, ...buttons) => {
    said[list].push(text);
    const pressed = buttons.find((b) => answers.includes(b));
    return Promise.resolve(pressed);
  };
  const folder = { uri: Uri.file(root), name: 'root', index: 0 };
  // As VS Code has it: the settings are properties, too.
  const configuration = (section) => ({
    ...(section === 'clangConsolidate' ? settings : {}),
    get: (key, fallback) => (section === 'clangConsolidate' && key in settings
      ? settings[key] : fallback),
    has: () => false, inspect: () => undefined,
  });
  const nothing = () => new Disposable();
  const known = {
    version: '1.90.0', Disposable, EventEmitter, Position, Range, Uri, TextEdit, Diagnostic,
    CodeAction, CodeActionKind, WorkspaceEdit, CancellationTokenSource,
    CancellationError: class extends Error {},
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
    DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
    ProgressLocation: { SourceControl: 1, Window: 10, Notification: 15 },
    env: { appName: 'stub', language: 'en' },
    commands: {
      registerCommand: (name, run) => {
        if (commands.has(name)) throw new Error(`command '${name}' already exists`);
        commands.set(name, run);
        return new Disposable(() => commands.delete(name));
      },
      executeCommand: (name, ...words) => commands.get(name)(...words),
    },
    languages: {
      match: (selector, document) => [].concat(selector).some((one) =>
        one.language === document.languageId && one.scheme === document.uri.scheme) ? 10 : 0,
      createDiagnosticCollection: () => {
        const collection = new Map();
        collections.push(collection);
        return { set: (uri, list) => { collection.set(uri.toString(), list);
          events.diagnostics.fire(); },
        delete: (uri) => collection.delete(uri.toString()),
        clear: () => collection.clear(), dispose: () => collection.clear() };
      },
      registerCodeActionsProvider: (_, provider) => {
        codeActions.push(provider);
        return new Disposable(() => codeActions.splice(codeActions.indexOf(provider), 1));
      },
    },
    window: {
      tabGroups: { all: [], onDidChangeTabs: nothing, onDidChangeTabGroups: nothing },
      createOutputChannel: () => ({ append: (t) => said.output.push(t),
        appendLine: (t) => said.output.push(t), show() {}, dispose() {} }),
      showInformationMessage: message('messages'), showWarningMessage: message('errors'),
      showErrorMessage: message('errors'),
      showTextDocument: (document) => Promise.resolve({ document }),
      createTerminal: (options) => { said.terminals.push(options); return { show() {} }; },
      withProgress: (_, run) => {
        const source = new CancellationTokenSource();
        return run({ report: (value) => said.progress.push(value) }, source.token);
      },
    },
    workspace: {
      textDocuments: documents, workspaceFolders: [folder],
      getConfiguration: configuration, getWorkspaceFolder: () => folder,
      createFileSystemWatcher: (pattern) => {
        said.watched.push(pattern.pattern || pattern);
        return { onDidCreate: nothing, onDidChange: nothing, onDidDelete: nothing, dispose() {} };
      },
      openTextDocument: (what) => { said.opened.push(what); return Promise.resolve(what); },
      applyEdit: (edit) => {
        for (const [uri, edits] of edit.files) {
          const path = fileURLToPath(uri);
          fs.writeFileSync(path, applied(fs.readFileSync(path, 'utf8'), edits));
          said.applied.push(path);
        }
        return Promise.resolve(true);
      },
    },
  };
  event('diagnostics');
  // Events that nobody here fires, and classes that are only derived from.
  const open = (object, make) => new Proxy(object, {
    get: (target, key) => {
      if (!(key in target) && typeof key === 'string') target[key] = make(key);
      return target[key];
    },
  });
  const listenable = (key) => (/^on[A-Z]/.test(key) ? event(key) :
    /^register/.test(key) ? nothing : undefined);
  for (const part of ['commands', 'languages', 'window', 'workspace'])
    known[part] = open(known[part], listenable);
  const vscode = open(known, (key) => (/^[A-Z]/.test(key) ? class {} : undefined));
  return { vscode, said, commands, events, codeActions,
    diagnostics: (path) => collections.flatMap((c) => c.get(Uri.file(path).toString()) || []) };
}

module.exports = { makeVscode, Document };
