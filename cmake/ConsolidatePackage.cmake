# `cmake --install` and a .deb by CPack. The installed tool runs from anywhere:
# it brings the compiler's own headers (stddef.h and friends), which must match
# the libclang-cpp it is linked with, not whichever clang is on the machine.
include(GNUInstallDirs)

foreach(Program clang-consolidate clang-consolidate-clangd)
  if(TARGET ${Program})
    install(TARGETS ${Program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
endforeach()
# Not for the linker, so not among the libraries: `clang-tidy -load` names it.
if(TARGET ClangConsolidateTidy)
  install(TARGETS ClangConsolidateTidy
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/clang-consolidate)
endif()
if(CONSOLIDATE_OTHER_PLUGIN)
  install(PROGRAMS ${CONSOLIDATE_OTHER_PLUGIN} OPTIONAL DESTINATION
    ${CMAKE_INSTALL_LIBDIR}/clang-consolidate/llvm-${CONSOLIDATE_OTHER_LLVM})
endif()

# Where resourceDirectory() (lib/Database) looks: ../lib from the program,
# whatever the library directory of this system is called.
set(ConsolidateHeaders
  "${LLVM_LIBRARY_DIR}/clang/${LLVM_VERSION_MAJOR}/include")
if(NOT EXISTS "${ConsolidateHeaders}/stddef.h")
  message(FATAL_ERROR "Clang's own headers are not in ${ConsolidateHeaders}; "
    "install libclang-common-${LLVM_VERSION_MAJOR}-dev or its equivalent")
endif()
install(DIRECTORY "${ConsolidateHeaders}/"
  DESTINATION lib/clang-consolidate/clang/${LLVM_VERSION_MAJOR}/include)

install(DIRECTORY docs/schema rules
  DESTINATION ${CMAKE_INSTALL_DATADIR}/clang-consolidate)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
# consolidate_install(FILE DESTINATION [RENAME NAME]): nothing, not even the
# directory, where the source tree has no such file.
function(consolidate_install File Destination)
  if(EXISTS ${CMAKE_SOURCE_DIR}/${File})
    install(FILES ${File} DESTINATION ${Destination} ${ARGN})
  endif()
endfunction()
consolidate_install(README.md ${CMAKE_INSTALL_DOCDIR})
consolidate_install(CHANGELOG.md ${CMAKE_INSTALL_DOCDIR})
# Diagnostics of the language server link to it.
consolidate_install(docs/messages.md ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY editors/neovim editors/emacs editors/helix editors/kate
  DESTINATION ${CMAKE_INSTALL_DATADIR}/clang-consolidate/editors)
consolidate_install(docs/clang-consolidate.1 ${CMAKE_INSTALL_MANDIR}/man1)
consolidate_install(tools/completions/clang-consolidate.bash
  ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME clang-consolidate)
consolidate_install(tools/completions/_clang-consolidate
  ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
consolidate_install(tools/completions/clang-consolidate.fish
  ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME clang-consolidate)
set(CPACK_PACKAGE_VENDOR "clang-consolidate")
set(CPACK_PACKAGE_CONTACT "clang-consolidate maintainers <maintainers@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
# The shared libraries of LLVM, Clang and the rest, by dpkg-shlibdeps.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
include(CPack)
