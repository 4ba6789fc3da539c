# depeche_squeeze(OUT IN): IN, a style sheet or script of ours, without its comments and indentation, as OUT in the
# folder's build directory. It knows how our files are written, not the languages: a comment of a script stands on lines
# of its own.
function(depeche_squeeze out in)
  get_filename_component(path "${in}" ABSOLUTE)
  add_custom_command(OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" -DIN=${path} -DOUT=${out} -P "${CMAKE_CURRENT_FUNCTION_LIST_FILE}"
    DEPENDS "${path}" "${CMAKE_CURRENT_FUNCTION_LIST_FILE}" VERBATIM)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
  file(READ "${IN}" text)
  if(IN MATCHES "[.]css$")
    string(REGEX REPLACE "/[*][^*]*[*]+([^/*][^*]*[*]+)*/" "" text "${text}")
    string(REGEX REPLACE "[ \n]+" " " text "${text}")
    string(REGEX REPLACE " ?([{}>,]|;) ?" "\\1" text "${text}")
    string(REGEX REPLACE ": " ":" text "${text}")
    string(REPLACE ";}" "}" text "${text}")
  else()
    string(REGEX REPLACE "\n[ ]+" "\n" text "${text}")
    string(REGEX REPLACE "(^|\n)//[^\n]*" "" text "${text}")
    string(REGEX REPLACE "\n+" "\n" text "${text}")
  endif()
  file(WRITE "${OUT}" "${text}")
endif()
