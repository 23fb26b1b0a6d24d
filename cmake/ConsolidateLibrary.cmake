# consolidate_library(Name [CLANG] SOURCES a.cpp ... LINKS Other ...)
#
# One static library per step of the flow. LINKS are the steps it may use; a
# step that is not linked cannot be included (scripts/check-layers). CLANG adds
# Clang's headers, precompiled once and shared.
add_library(consolidate-flags INTERFACE)
target_include_directories(consolidate-flags INTERFACE
  $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/include>)
target_include_directories(consolidate-flags SYSTEM INTERFACE
  ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
target_compile_definitions(consolidate-flags INTERFACE
  __STDC_CONSTANT_MACROS __STDC_FORMAT_MACROS __STDC_LIMIT_MACROS _GNU_SOURCE)
target_compile_options(consolidate-flags INTERFACE
  -fno-rtti -Wall -Wextra -Wno-unused-parameter)

# The precompiled Clang headers; every CLANG library reuses this one.
add_library(consolidate-pch OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
target_link_libraries(consolidate-pch PRIVATE consolidate-flags)
target_precompile_headers(consolidate-pch PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch.h)

function(consolidate_library Name)
  cmake_parse_arguments(ARG "CLANG" "" "SOURCES;LINKS" ${ARGN})
  add_library(consolidate${Name} STATIC ${ARG_SOURCES})
  target_link_libraries(consolidate${Name} PUBLIC consolidate-flags)
  foreach(Link ${ARG_LINKS})
    target_link_libraries(consolidate${Name} PUBLIC consolidate${Link})
  endforeach()
  if(ARG_CLANG)
    target_link_libraries(consolidate${Name} PUBLIC clang-cpp LLVM)
    target_precompile_headers(consolidate${Name} REUSE_FROM consolidate-pch)
  else()
    target_link_libraries(consolidate${Name} PUBLIC LLVM)
  endif()
endfunction()

# consolidate_unit_test(Name SOURCES a.cpp ... LINKS Step ... [CLANG])
function(consolidate_unit_test Name)
  cmake_parse_arguments(ARG "CLANG" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${Name} ${ARG_SOURCES})
  foreach(Link ${ARG_LINKS})
    target_link_libraries(${Name} PRIVATE consolidate${Link})
  endforeach()
  target_include_directories(${Name} PRIVATE ${CMAKE_SOURCE_DIR}/test/support)
  target_compile_definitions(${Name} PRIVATE CONSOLIDATE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  # Where libc++abi is installed beside LLVM, LLVM's include directory holds a
  # <cxxabi.h> that libstdc++ does not go with; gtest only demangles with it.
  target_compile_definitions(${Name} PRIVATE GTEST_HAS_CXXABI_H_=0)
  target_link_libraries(${Name} PRIVATE GTest::gtest GTest::gmock GTest::gtest_main)
  if(ARG_CLANG)
    # An executable gets -fPIE, and the shared header was precompiled as PIC.
    target_compile_options(${Name} PRIVATE -fPIC)
    target_precompile_headers(${Name} REUSE_FROM consolidate-pch)
  endif()
  add_test(NAME ${Name} COMMAND ${Name})
endfunction()
