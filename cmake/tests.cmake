# tests/unit/test_*.c: one cmocka program each, run by ctest from the source folder with $CASUS_DATA
# naming the compiled data files.
enable_testing()
pkg_check_modules(CMOCKA IMPORTED_TARGET cmocka)
if(CMOCKA_FOUND)
  file(GLOB UNIT_TESTS CONFIGURE_DEPENDS tests/unit/test_*.c)
  foreach(source ${UNIT_TESTS})
    get_filename_component(name ${source} NAME_WE)
    add_executable(${name} ${source})
    target_include_directories(${name} PRIVATE src tests)
    target_link_libraries(${name} PRIVATE casus PkgConfig::CMOCKA)
    if(name MATCHES "^test_server")
      target_link_libraries(${name} PRIVATE casus-server)
    endif()
    add_test(NAME unit/${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(unit/${name} PROPERTIES ENVIRONMENT "CASUS_DATA=${CASUS_DATA_DIR}")
  endforeach()
endif()

# tests/cli: sessions at the command line, and the examples of the manual pages.
if(TARGET casus-tool)
  add_test(NAME cli COMMAND tests/cli/run.sh $<TARGET_FILE:casus-tool> WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  # docs/recipes, as far as interpreters and data are there.
  add_test(NAME recipes COMMAND tests/recipes.sh $<TARGET_FILE:casus-tool> WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(recipes PROPERTIES ENVIRONMENT "CASUS_DATA=${CASUS_DATA_DIR}")
  # PETRARCH's unit records with their own dictionaries, where the research data are.
  find_package(Python3 COMPONENTS Interpreter)
  if(Python3_FOUND)
    add_test(NAME petrarch COMMAND ${Python3_EXECUTABLE} tests/petrarch/score_petrarch.py --casus $<TARGET_FILE:casus-tool> --require 0.8
             WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    # A running server: its description, attacks, reading while another writes, stopping.
    add_test(NAME server COMMAND ${Python3_EXECUTABLE} tests/server/test_server.py $<TARGET_FILE:casus-tool> WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(server PROPERTIES ENVIRONMENT "CASUS_DATA=${CASUS_DATA_DIR}$<$<BOOL:${CASUS_SANITIZE}>:;CASUS_SLOW=1>" TIMEOUT 900)
    set_tests_properties(petrarch PROPERTIES ENVIRONMENT "CASUS_DATA=${CASUS_DATA_DIR}")
  endif()
endif()

include(cmake/fault.cmake)
include(cmake/fuzz.cmake)
