# depeche_library(NAME [SOURCES …] [LINKS folders…] [PACKAGES targets…])
# The static library of one folder. LINKS are the folders below it: together these calls are the link graph of
# ARCHITECTURE.md, and tests/walls checks every #include against them.
function(depeche_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS;PACKAGES" ${ARGN})
  add_library(depeche_${name} STATIC ${arg_SOURCES})
  target_link_libraries(depeche_${name} PUBLIC depeche_warnings)
  set_property(GLOBAL APPEND PROPERTY DEPECHE_LIBRARIES "${name}=$<TARGET_FILE:depeche_${name}>")
  set_property(GLOBAL APPEND PROPERTY DEPECHE_LINK_GRAPH "${name}:")
  foreach(below IN LISTS arg_LINKS)
    target_link_libraries(depeche_${name} PUBLIC depeche_${below})
    set_property(GLOBAL APPEND PROPERTY DEPECHE_LINK_GRAPH "${name}:${below}")
  endforeach()
  target_link_libraries(depeche_${name} PUBLIC ${arg_PACKAGES})
endfunction()

# depeche_tests(FOLDER LABEL SOURCES… [LINKS folders…] [PACKAGES targets…])
# One GoogleTest program for a folder's tests of a kind, and one ctest test that runs it. LABEL is the ctest label
# (unit, integration, golden, docs). A single case: build/release/text_unit_tests --gtest_filter=…
function(depeche_tests folder label)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS;PACKAGES" ${ARGN})
  set(target ${folder}_${label}_tests)
  add_executable(${target} ${arg_SOURCES})
  foreach(below IN LISTS arg_LINKS)
    target_link_libraries(${target} PRIVATE depeche_${below})
  endforeach()
  target_link_libraries(${target} PRIVATE depeche_warnings ${arg_PACKAGES} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${target} PRIVATE
    DEPECHE_SOURCE_DIR="${CMAKE_SOURCE_DIR}" DEPECHE_BINARY="$<TARGET_FILE:depeche>")
  add_dependencies(${target} depeche)
  # One process for all cases: thousands of table rows would cost a start of the program each.
  add_test(NAME ${folder}.${label} COMMAND ${target})
  set_tests_properties(${folder}.${label} PROPERTIES LABELS ${label} TIMEOUT 900)
endfunction()
