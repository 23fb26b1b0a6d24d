-- Opens a file, waits for the diagnostics, fixes all, saves: what is on the
-- disk afterwards, and what was shown, is for the test to judge.
local server, program, file, out = unpack(vim.split(os.getenv('DRIVE'), '\n'))
local cmd = server == 'lsp' and { program, 'lsp' } or { program, '--log=error' }
local plugin = require('clang_consolidate')
plugin.setup { server = server, cmd = cmd }
vim.cmd('edit ' .. file)
vim.cmd('setfiletype cpp')

local function shown()
  local result = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    table.insert(result, { line = d.lnum + 1, column = d.col + 1, message = d.message })
  end
  return result
end

local seen = vim.wait(30000, function() return #shown() > 0 end, 50)
local before = shown()
vim.cmd('ConsolidateFixAll')
vim.cmd('write')
local clean = vim.wait(30000, function() return #shown() == 0 end, 50)
local report = io.open(out, 'w')
report:write(vim.fn.json_encode { seen = seen, before = before, clean = clean })
report:close()
vim.cmd('qall!')
