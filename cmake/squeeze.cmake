# depeche_squeeze(OUT IN…): the files IN, style sheets of ours, one after the other, without comments and
# indentation, as OUT in the folder's build directory. It knows how our files are written, not the language.
function(depeche_squeeze out)
  set(paths)
  foreach(file IN LISTS ARGN)
    get_filename_component(path "${file}" ABSOLUTE)
    list(APPEND paths "${path}")
  endforeach()
  list(JOIN paths "|" joined)
  add_custom_command(OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" -DIN=${joined} -DOUT=${out} -P "${CMAKE_CURRENT_FUNCTION_LIST_FILE}"
    DEPENDS ${paths} "${CMAKE_CURRENT_FUNCTION_LIST_FILE}" VERBATIM)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
  string(REPLACE "|" ";" files "${IN}")
  set(text)
  foreach(file IN LISTS files)
    file(READ "${file}" part)
    string(APPEND text "${part}")
  endforeach()
  string(REGEX REPLACE "/[*][^*]*[*]+([^/*][^*]*[*]+)*/" "" text "${text}")
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  string(REGEX REPLACE " ?([{}>,]|;) ?" "\\1" text "${text}")
  string(REGEX REPLACE ": " ":" text "${text}")
  string(REPLACE ";}" "}" text "${text}")
  file(WRITE "${OUT}" "${text}")
endif()
