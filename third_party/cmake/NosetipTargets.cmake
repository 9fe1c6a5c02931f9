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

# nosetip_library(NAME SOURCES... [PUBLIC libs...] [PRIVATE libs...])
function(nosetip_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC nosetip_settings ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# nosetip_test(NAME SOURCES... LIBS libs... [LABELS labels...]): a GoogleTest program whose cases
# ctest lists one by one.
function(nosetip_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE nosetip_settings ${ARG_LIBS} GTest::gtest GTest::gmock
                                        GTest::gtest_main)
  set(properties TIMEOUT 600)
  if(ARG_LABELS)
    list(APPEND properties LABELS "${ARG_LABELS}")
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES ${properties})
endfunction()
