# The code tables of src/data: knowledge/ontology/*.tsv and knowledge/countries.tsv as constant arrays, so that nothing is parsed at run time.
set(FACTS ${CMAKE_BINARY_DIR}/generated/facts.inc)
set(FACT_TABLES ${CMAKE_SOURCE_DIR}/knowledge/ontology/cameo.tsv ${CMAKE_SOURCE_DIR}/knowledge/ontology/plover.tsv
    ${CMAKE_SOURCE_DIR}/knowledge/ontology/weis.tsv ${CMAKE_SOURCE_DIR}/knowledge/ontology/others.tsv ${CMAKE_SOURCE_DIR}/knowledge/countries.tsv)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated)
add_custom_command(OUTPUT ${FACTS} COMMAND awk -f ${CMAKE_SOURCE_DIR}/cmake/facts.awk ${FACT_TABLES} > ${FACTS}.part
                   COMMAND ${CMAKE_COMMAND} -E rename ${FACTS}.part ${FACTS}
                   DEPENDS ${FACT_TABLES} ${CMAKE_SOURCE_DIR}/cmake/facts.awk VERBATIM COMMENT "Code tables and countries")
target_sources(casus PRIVATE ${FACTS})
target_include_directories(casus PRIVATE ${CMAKE_BINARY_DIR}/generated)
