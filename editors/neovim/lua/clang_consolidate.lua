-- clang-consolidate in Neovim 0.7 and later, with nothing but its own client.
--
--   require('clang_consolidate').setup {}                      -- beside clangd
--   require('clang_consolidate').setup { server = 'clangd' }   -- instead of clangd
--
-- Options: server ('lsp' or 'clangd'), cmd (a list, instead of the usual one).
-- Commands: ConsolidateFix (at the cursor), ConsolidateFixAll (in this file),
-- ConsolidatePreview and ConsolidateApply (the whole project; 'lsp' only).
local M = {}

local commands = {
  lsp = { 'clang-consolidate', 'lsp' },
  clangd = { 'clang-consolidate-clangd' },
}
local markers = { '.clang-consolidate.yaml', 'compile_commands.json', '.git' }
local clients = {} -- by root

local function root_of(path)
  local dir = vim.fn.fnamemodify(path, ':p:h')
  for _, marker in ipairs(markers) do
    local at = dir
    while true do
      if vim.fn.glob(at .. '/' .. marker) ~= '' then return at end
      local up = vim.fn.fnamemodify(at, ':h')
      if up == at then break end
      at = up
    end
  end
  return dir
end

-- Every finding has its place in the capabilities, also where this Neovim does
-- not ask for it by itself.
local function capabilities()
  local result = vim.lsp.protocol.make_client_capabilities()
  result.workspace.workspaceEdit = { documentChanges = true }
  return result
end

function M.attach(buffer)
  local root = root_of(vim.api.nvim_buf_get_name(buffer))
  if not clients[root] then
    clients[root] = vim.lsp.start_client {
      name = 'clang-consolidate',
      cmd = M.cmd,
      root_dir = root,
      capabilities = capabilities(),
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
      on_exit = function() clients[root] = nil end,
    }
  end
  if clients[root] then vim.lsp.buf_attach_client(buffer, clients[root]) end
end

local function client_of(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  return vim.lsp.get_client_by_id(clients[root_of(path)] or -1)
end

-- The diagnostics of clang-consolidate in a buffer, as the server sent them.
local function diagnostics(buffer, line)
  local result = {}
  for _, d in ipairs(vim.diagnostic.get(buffer, line and { lnum = line } or nil)) do
    local sent = d.user_data and d.user_data.lsp or {}
    local code = tostring(d.code or sent.code or '')
    if code:find('^consolidate%-') then
      table.insert(result, {
        range = { start = { line = d.lnum, character = d.col },
                  ['end'] = { line = d.end_lnum, character = d.end_col } },
        severity = d.severity, message = d.message, code = code, source = d.source,
      })
    end
  end
  return result
end

local function actions(buffer, found, only)
  local client = client_of(buffer)
  if not client then return {} end
  local range = found[1] and found[1].range
    or { start = { line = 0, character = 0 }, ['end'] = { line = 0, character = 0 } }
  local answer = client.request_sync('textDocument/codeAction', {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    range = range,
    context = { diagnostics = found, only = only },
  }, 10000, buffer)
  return answer and answer.result or {}
end

local function apply(action, client)
  local edit = action.edit
  -- clangd hides the edit in the command of clients that do not ask for more.
  if not edit and type(action.command) == 'string' then edit = action.arguments[1] end
  if not edit and action.command then edit = action.command.arguments[1] end
  if edit then vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding or 'utf-16') end
end

-- Applies the first fix at the cursor.
function M.fix()
  local buffer = vim.api.nvim_get_current_buf()
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local found = diagnostics(buffer, line)
  local first = found[1] and actions(buffer, { found[1] }, { 'quickfix' })[1]
  if first then apply(first, client_of(buffer)) end
end

-- Fixes everything in this file.
function M.fix_all()
  local buffer = vim.api.nvim_get_current_buf()
  for _, action in ipairs(actions(buffer, {}, { 'source.fixAll.consolidate' })) do
    if action.kind == 'source.fixAll.consolidate' then
      return apply(action, client_of(buffer))
    end
  end
  -- clangd has no such action: its fixes, one after the other, from the end.
  local seen = {}
  local found = diagnostics(buffer)
  table.sort(found, function(a, b)
    local x, y = a.range.start, b.range.start
    return x.line > y.line or x.line == y.line and x.character > y.character
  end)
  for _, d in ipairs(found) do
    local action = actions(buffer, { d }, { 'quickfix' })[1]
    local text = action and vim.fn.json_encode(action.edit or action.arguments or action.command)
    if action and not seen[text] then
      seen[text] = true
      table.insert(seen, action)
    end
  end
  for _, action in ipairs(seen) do apply(action, client_of(buffer)) end
end

local function execute(name, handler)
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if not client then return vim.notify('clang-consolidate does not run here') end
  client.request('workspace/executeCommand', {
    command = 'clang-consolidate.' .. name,
    arguments = { { uri = vim.uri_from_fname(client.config.root_dir) } },
  }, function(err, result)
    if err then return vim.notify(err.message, vim.log.levels.ERROR) end
    handler(result)
  end, buffer)
end

-- Shows the migration of the project as a patch.
function M.preview()
  execute('previewMigration', function(result)
    vim.cmd('new')
    vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(result.diff, '\n'))
    vim.bo.buftype, vim.bo.filetype, vim.bo.modified = 'nofile', 'diff', false
  end)
end

-- Changes the buffers of the whole project; `:wall` writes them.
function M.apply()
  execute('applyMigration', function(result)
    vim.notify(('consolidated %d files'):format(result.files))
  end)
end

function M.setup(options)
  options = options or {}
  M.cmd = options.cmd or commands[options.server or 'lsp']
  local group = vim.api.nvim_create_augroup('clang_consolidate', {})
  vim.api.nvim_create_autocmd('FileType', {
    group = group, pattern = { 'c', 'cpp', 'objc', 'objcpp' },
    callback = function(event) M.attach(event.buf) end,
  })
  for name, run in pairs { Fix = M.fix, FixAll = M.fix_all,
                           Preview = M.preview, Apply = M.apply } do
    vim.api.nvim_create_user_command('Consolidate' .. name, run, {})
  end
end

return M
