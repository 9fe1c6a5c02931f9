# How the project's own targets are made, so that each room's CMakeLists.txt is a list of files.

# Warnings and sanitizers for the project's own code.
add_library(nosetip_settings INTERFACE)
target_include_directories(nosetip_settings INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(nosetip_settings INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor)
if(NOSETIP_SANITIZE)
  target_compile_options(nosetip_settings INTERFACE -fsanitize=${NOSETIP_SANITIZE}
                                                    -fno-omit-frame-pointer)
  target_link_options(nosetip_settings INTERFACE -fsanitize=${NOSETIP_SANITIZE})
endif()

option(NOSETIP_UNITY "Compile several files of a library as one, which takes half the time; off for development"
       ON)

# nosetip_library(NAME SOURCES... [PUBLIC libs...] [PRIVATE libs...]). Names in the unnamed namespaces of a
# library's files must differ, since NOSETIP_UNITY compiles them together.
function(nosetip_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC nosetip_settings ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  if(NOSETIP_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
    # It is about headers, and takes a .cpp that is compiled with others for one.
    target_compile_options(${name} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()

# nosetip_test(NAME [BY_SUITE] SOURCES... LIBS libs... [LABELS labels...] [HEADERS_OF target]): a
# GoogleTest program whose cases ctest runs one by one, each in a process of its own. With BY_SUITE
# those of a suite share a process: for programs with LibTorch or OpenCV, which take up to half a
# second of processor time to load. Its precompiled headers are GoogleTest's, or those of another
# test; none for HEADERS_OF itself, for the caller to say.
function(nosetip_test name)
  cmake_parse_arguments(ARG "BY_SUITE" "HEADERS_OF" "SOURCES;LIBS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE nosetip_settings ${ARG_LIBS} GTest::gtest GTest::gmock)
  # To optimize code that runs once takes longer than to run it.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release,RelWithDebInfo>:-O0>)
  if(NOT ARG_HEADERS_OF)
    set(ARG_HEADERS_OF nosetip_test_main)
  endif()
  if(NOT ARG_HEADERS_OF STREQUAL "itself")
    target_precompile_headers(${name} REUSE_FROM ${ARG_HEADERS_OF})
  endif()
  set(properties TIMEOUT 600)
  if(ARG_BY_SUITE)
    set(properties TIMEOUT 1800)
  endif()
  if(ARG_LABELS)
    list(APPEND properties LABELS "${ARG_LABELS}")
  endif()
  if(ARG_BY_SUITE)
    target_link_libraries(${name} PRIVATE nosetip_test_main)
    set(start ${CMAKE_CURRENT_BINARY_DIR}/${name}_suites)
    file(GENERATE OUTPUT ${start}.cmake CONTENT "set(name ${name})
set(program \"$<TARGET_FILE:${name}>\")
set(list_file \"${start}.txt\")
set(properties ${properties})
include(\"${PROJECT_SOURCE_DIR}/third_party/cmake/SuitesOfTest.cmake\")
")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${start}.cmake)
  else()
    target_link_libraries(${name} PRIVATE GTest::gtest_main)
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 300
                         PROPERTIES ${properties})
  endif()
endfunction()

# nosetip_torch_units(NAME): for targets whose files all include LibTorch's headers. One such file takes
# some ten seconds to compile, nearly all of it LibTorch's templates, also where its headers are
# precompiled; twenty as one unit take thirty. Names in their unnamed namespaces must differ.
function(nosetip_torch_units name)
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
endfunction()
