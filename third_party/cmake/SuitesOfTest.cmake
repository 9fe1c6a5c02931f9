# Run by ctest: a test for each suite of the GoogleTest program `program`, which sets `properties`.
# Its list of suites is kept in `list_file` until the program is newer.
if(NOT EXISTS "${program}")
  add_test(${name}_NOT_BUILT ${name}_NOT_BUILT)
  return()
endif()
if("${program}" IS_NEWER_THAN "${list_file}")
  execute_process(COMMAND "${program}" --gtest_list_tests OUTPUT_VARIABLE listed
                  RESULT_VARIABLE result ERROR_VARIABLE error)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${program} --gtest_list_tests failed: ${error}${listed}")
  endif()
  # A suite's line begins at its first column and ends with a dot, which a comment may follow.
  string(REGEX MATCHALL "(^|\n)[A-Za-z_][A-Za-z0-9_/]*\\." suites "${listed}")
  string(REGEX REPLACE "[\n.]" "" suites "${suites}")
  file(WRITE "${list_file}" "${suites}")
endif()
file(READ "${list_file}" suites)
foreach(suite IN LISTS suites)
  add_test(${suite} "${program}" "--gtest_filter=${suite}.*")
  set_tests_properties(${suite} PROPERTIES SKIP_RETURN_CODE 77 ${properties})
endforeach()
