# Data files, made at build time into build/<preset>/data: the compiled knowledge here; models and gazetteer beside it.
set(CASUS_DATA_DIR ${CMAKE_BINARY_DIR}/data)
file(MAKE_DIRECTORY ${CASUS_DATA_DIR})
file(GLOB_RECURSE KNOWLEDGE_FILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/knowledge/*.txt)
add_custom_command(
  OUTPUT ${CASUS_DATA_DIR}/lexicon.casus
  COMMAND casus-knowledge compile ${CASUS_DATA_DIR}/lexicon.casus ${CMAKE_SOURCE_DIR}/knowledge
  DEPENDS casus-knowledge ${KNOWLEDGE_FILES}
  COMMENT "Compiling the knowledge")
add_custom_target(lexicon ALL DEPENDS ${CASUS_DATA_DIR}/lexicon.casus)
