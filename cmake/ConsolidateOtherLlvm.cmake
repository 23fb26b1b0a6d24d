# The clang-tidy plugin once more, from the same sources, for the clang-tidy of
# another LLVM: a plugin only loads into the major it was built for. A build of
# its own in llvm-19/, because two LLVMs cannot be imported into one. Not part of
# `all`: it doubles what a change costs. scripts/test builds `other-llvms`.
include(ExternalProject)
set(CONSOLIDATE_OTHER_LLVM 19)
add_custom_target(other-llvms)

set(OtherPrefix /usr/lib/llvm-${CONSOLIDATE_OTHER_LLVM})
set(OtherMissing "")
foreach(File lib/cmake/llvm/LLVMConfig.cmake lib/cmake/clang/ClangConfig.cmake
             include/clang-tidy/ClangTidyCheck.h)
  if(NOT EXISTS ${OtherPrefix}/${File})
    list(APPEND OtherMissing ${OtherPrefix}/${File})
  endif()
endforeach()
if(CONSOLIDATE_SANITIZE)
  list(APPEND OtherMissing "(a build without sanitizers)")
endif()
if(OtherMissing)
  message(STATUS "no plugin for LLVM ${CONSOLIDATE_OTHER_LLVM}, its tests are "
    "skipped; missing: ${OtherMissing}")
  return()
endif()

message(STATUS "a plugin for LLVM ${CONSOLIDATE_OTHER_LLVM}: target other-llvms")
set(CONSOLIDATE_OTHER_DIR ${CMAKE_BINARY_DIR}/llvm-${CONSOLIDATE_OTHER_LLVM})
set(CONSOLIDATE_OTHER_PLUGIN
  ${CONSOLIDATE_OTHER_DIR}/lib/libClangConsolidateTidy.so)
ExternalProject_Add(plugin-llvm-${CONSOLIDATE_OTHER_LLVM}
  SOURCE_DIR ${CMAKE_SOURCE_DIR}
  BINARY_DIR ${CONSOLIDATE_OTHER_DIR}
  PREFIX ${CONSOLIDATE_OTHER_DIR}/external
  CMAKE_ARGS
    -DCONSOLIDATE_PLUGIN_ONLY=ON
    -DCONSOLIDATE_LLVM_MAJOR=${CONSOLIDATE_OTHER_LLVM}
    -DCMAKE_C_COMPILER=${CMAKE_C_COMPILER}
    -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}
    -DCMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE}
    -DCMAKE_CXX_FLAGS_RELWITHDEBINFO=${CMAKE_CXX_FLAGS_RELWITHDEBINFO}
  BUILD_COMMAND ${CMAKE_COMMAND} --build <BINARY_DIR>
    --target ClangConsolidateTidy
  BUILD_ALWAYS ON EXCLUDE_FROM_ALL ON
  INSTALL_COMMAND "" TEST_COMMAND ""
  USES_TERMINAL_BUILD ON)
add_dependencies(other-llvms plugin-llvm-${CONSOLIDATE_OTHER_LLVM})
