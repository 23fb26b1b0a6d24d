;;; clang-consolidate.el --- Consolidate legacy C++ classes -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

;;; Commentary:
;; (require 'clang-consolidate)
;; (clang-consolidate-setup 'clangd)   ; clang-consolidate-clangd for clangd
;; (clang-consolidate-setup 'lsp)      ; clang-consolidate lsp alone
;; Eglot talks to one server per buffer: take clangd to keep all of clangd.

;;; Code:
(require 'cl-lib)
(require 'eglot)

(defun clang-consolidate-setup (server)
  "Let eglot start SERVER, `clangd' or `lsp', for C and C++."
  (add-to-list 'eglot-server-programs
               (cons '(c-mode c++-mode)
                     (if (eq server 'lsp)
                         '("clang-consolidate" "lsp")
                       '("clang-consolidate-clangd")))))

(defun clang-consolidate--diagnostics ()
  "The diagnostics of clang-consolidate in this buffer, as the server sent them."
  (cl-loop for diag in (flymake-diagnostics)
           for sent = (cdr (assoc 'eglot-lsp-diag (flymake-diagnostic-data diag)))
           when (string-prefix-p "consolidate-" (format "%s" (plist-get sent :code)))
           collect sent))

(defun clang-consolidate--actions (diagnostics range only)
  "Code actions of the kind ONLY for DIAGNOSTICS in RANGE."
  (append (jsonrpc-request
           (eglot--current-server-or-lose) :textDocument/codeAction
           (list :textDocument (eglot--TextDocumentIdentifier) :range range
                 :context (list :diagnostics (vconcat diagnostics)
                                :only (vector only))))
          nil))

(defun clang-consolidate-fix-all ()
  "Fix everything that clang-consolidate found in this file."
  (interactive)
  (let* ((start '(:line 0 :character 0))
         (anywhere (list :start start :end start))
         (all (cl-find "source.fixAll.consolidate"
                       (clang-consolidate--actions nil anywhere "source.fixAll.consolidate")
                       :key (lambda (a) (plist-get a :kind)) :test #'equal)))
    (if all
        (eglot--apply-workspace-edit (plist-get all :edit))
      ;; clangd offers one fix for each finding: all of them as one change.
      (eglot--apply-text-edits
       (vconcat
        (cl-remove-duplicates
         (cl-loop for diag in (clang-consolidate--diagnostics)
                  for action = (car (clang-consolidate--actions
                                     (list diag) (plist-get diag :range) "quickfix"))
                  append (clang-consolidate--edits action))
         :test #'equal))))))

(defun clang-consolidate--edits (action)
  "The text edits of ACTION, which changes this file alone."
  (let ((edit (plist-get action :edit)))
    (append (if (plist-get edit :documentChanges)
                (plist-get (aref (plist-get edit :documentChanges) 0) :edits)
              (cadr (plist-get edit :changes)))
            nil)))

(defun clang-consolidate--execute (command)
  "Run COMMAND of `clang-consolidate lsp' for this project."
  (let ((server (eglot--current-server-or-lose)))
    (jsonrpc-request
     server :workspace/executeCommand
     (list :command command
           :arguments (vector (list :uri (eglot--path-to-uri
                                          (project-root (eglot--project server))))))
     :timeout 3600)))

(defun clang-consolidate-preview ()
  "Show the migration of the whole project as a patch."
  (interactive)
  (let ((result (clang-consolidate--execute "clang-consolidate.previewMigration")))
    (with-current-buffer (get-buffer-create "*consolidate*")
      (erase-buffer)
      (insert (plist-get result :diff))
      (diff-mode)
      (display-buffer (current-buffer)))))

(defun clang-consolidate-apply ()
  "Change the whole project; the buffers are not saved."
  (interactive)
  (message "consolidated %d files"
           (plist-get (clang-consolidate--execute "clang-consolidate.applyMigration")
                      :files)))

(provide 'clang-consolidate)
;;; clang-consolidate.el ends here
