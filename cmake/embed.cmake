# depeche_embed(TARGET NAME FILE): links the bytes of FILE into TARGET, read-only and without parsing.
# In C++: extern "C" const char depeche_data_NAME[]; extern "C" const char depeche_data_NAME_end[];
# FILE may be made by another rule of the same folder; the object is rebuilt when it changes. The data start at
# a 64-byte boundary and are followed by 64 zero bytes that are not part of them.
function(depeche_embed target name file)
  # Static libraries would hide a clash: the linker takes the first symbol it meets.
  get_property(taken GLOBAL PROPERTY DEPECHE_EMBEDDED)
  if(name IN_LIST taken)
    message(FATAL_ERROR "depeche_embed: the name ${name} is taken")
  endif()
  set_property(GLOBAL APPEND PROPERTY DEPECHE_EMBEDDED ${name})
  get_filename_component(path "${file}" ABSOLUTE)
  set(source "${CMAKE_CURRENT_BINARY_DIR}/embed_${name}.S")
  file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT [[
  .section .rodata
  .global depeche_data_@name@
  .global depeche_data_@name@_end
  .balign 64
depeche_data_@name@:
  .incbin "@path@"
depeche_data_@name@_end:
  .zero 64
  .section .note.GNU-stack,"",%progbits
]])
  set_property(SOURCE "${source}" APPEND PROPERTY OBJECT_DEPENDS "${path}")
  target_sources(${target} PRIVATE "${source}")
endfunction()
